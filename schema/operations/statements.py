"""Queries and mutations about monthly statements of posts."""

from datetime import date
from typing import Annotated, Any

import strawberry

from casework.actions.correct_statement import correct_statement
from casework.actions.dispute_statement import dispute_statement
from casework.actions.uphold_statement import uphold_statement
from casework.rules.months import month_of
from casework.work import Work
from models.action_words import SeatAction
from resolvers.statement_parts import statements_by_disputes
from resolvers.statements import STATEMENTS, list_statements
from schema.binding import Info
from schema.changing import Intent, carry_out, given_as, intent
from schema.codes import known_area
from schema.ids import wanted_id
from schema.rules_in_words import seat_rule
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.statement import Statement, StatementConnection


async def _statements(
    info: Info,
    area: Annotated[
        str,
        strawberry.argument(
            description="Posts inside this province, amphoe or tambon, by its code; offices count by their province."
        ),
    ],
    month: Annotated[date, strawberry.argument(description="Any day of the month, by convention the first.")],
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, STATEMENTS, first, last, after, before)
    known_area(info.context, area, "area")
    return await list_statements(info.context, area, month_of(month, "month", now=info.context.now), page)


@strawberry.type
class StatementQueries:
    statements: StatementConnection | None = strawberry.field(
        resolver=_statements,
        description="What the posts of an area did in a month: the statements that you may read, of posts that existed"
        f" then, in the order of areas and posts. No figure orders them. {seat_rule(SeatAction.READ_STATEMENTS)}",
    )


@strawberry.input(description="An intent about a frozen month of a post. It takes and raises no version.")
class StatementIntent(Intent):
    seat: strawberry.ID = strawberry.field(description="Id of the post.")
    month: date = strawberry.field(description="Any day of the month. It has to have ended.")


@strawberry.input(description="Say that the last version of your post's month is wrong, and why.")
class DisputeStatementInput(StatementIntent):
    reason: str = strawberry.field(
        description="What is wrong, for those who answer; at most 10,000 characters. Write no names of citizens here."
    )


@strawberry.type(description="The dispute waits for an answer.")
class DisputeStatementPayload:
    statement: Statement = strawberry.field(description="The version that is disputed.")


@strawberry.input(description="Answer a dispute by counting the month anew.")
class CorrectStatementInput(StatementIntent):
    answer: str | None = strawberry.field(
        default=None, description="What you say to it; at most 10,000 characters. Write no names of citizens here."
    )


@strawberry.type(description="The month was counted anew; the version before stays readable in `versions`.")
class CorrectStatementPayload:
    statement: Statement = strawberry.field(description="The new version.")


@strawberry.input(description="Answer a dispute by saying why the figures stand.")
class UpholdStatementInput(StatementIntent):
    answer: str = strawberry.field(
        description="Why they stand; at most 10,000 characters. Write no names of citizens here."
    )


@strawberry.type(description="The figures stand.")
class UpholdStatementPayload:
    statement: Statement = strawberry.field(description="The version that stands.")


def _seat_id(info: Info, given: StatementIntent) -> int:
    return wanted_id(info.context, "Seat", given.seat, "input", "seat")


async def _dispute(info: Info, input: Annotated[DisputeStatementInput, given_as("Which month, and why.")]) -> Any:
    async def act(work: Work) -> int:
        return await dispute_statement(work, seat_id=_seat_id(info, input), month=input.month, reason=input.reason)

    return await carry_out(
        info, input, act, look_up=statements_by_disputes, payload=lambda row: DisputeStatementPayload(statement=row)
    )


async def _correct(info: Info, input: Annotated[CorrectStatementInput, given_as("Which month.")]) -> Any:
    async def act(work: Work) -> int:
        return await correct_statement(work, seat_id=_seat_id(info, input), month=input.month, answer=input.answer)

    return await carry_out(
        info, input, act, look_up=statements_by_disputes, payload=lambda row: CorrectStatementPayload(statement=row)
    )


async def _uphold(
    info: Info, input: Annotated[UpholdStatementInput, given_as("Which month, and why it stands.")]
) -> Any:
    async def act(work: Work) -> int:
        return await uphold_statement(work, seat_id=_seat_id(info, input), month=input.month, answer=input.answer)

    return await carry_out(
        info, input, act, look_up=statements_by_disputes, payload=lambda row: UpholdStatementPayload(statement=row)
    )


@strawberry.type
class StatementMutations:
    dispute_statement = intent(
        _dispute,
        DisputeStatementPayload,
        "Dispute a frozen statement of the own post, once for each version. Those above the post answer; until then the"
        f" figures stay. Not for heads and coordinators. {seat_rule(SeatAction.DISPUTE_STATEMENT)}",
        versioned=False,
    )
    correct_statement = intent(
        _correct,
        CorrectStatementPayload,
        "Answer a dispute with a new version, counted anew by the service: no figure can be given. What became known"
        " since, such as a visit that a phone told of late, counts in it. Whoever disputed cannot answer."
        f" {seat_rule(SeatAction.ANSWER_STATEMENT)}",
        versioned=False,
    )
    uphold_statement = intent(
        _uphold,
        UpholdStatementPayload,
        "Answer a dispute by saying why the figures stand. Whoever disputed cannot answer."
        f" {seat_rule(SeatAction.ANSWER_STATEMENT)}",
        versioned=False,
    )
