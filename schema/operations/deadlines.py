"""What is asked about the clocks of cases, and what moves them."""

from datetime import date, timedelta
from typing import Annotated, Any

import strawberry

from casework.actions.extend_deadline import extend_deadline
from casework.actions.record_key_date import record_key_date
from casework.errors import Refusal, RefusalCode
from casework.work import Work
from models.action_words import CaseAction
from models.clock_words import KeyEvent
from resolvers.cases import cases_by_ids
from resolvers.deadlines import AT_RISK, Risk, deadlines_by_ids, rights_at_risk
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, CaseRef, Intent, carry_out, given_as, intent
from schema.codes import known_area
from schema.ids import wanted_id
from schema.rules_in_words import case_rule
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.deadline import Deadline, DeadlineConnection
from schema.types.labour_case import Case

LONGEST = 366


async def _rights_at_risk(
    info: Info,
    within: Annotated[int, strawberry.argument(description="Days from now: 1 to 366.")],
    area: Annotated[
        str | None, strawberry.argument(description="Only cases taken inside this province, amphoe or tambon.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, AT_RISK, first, last, after, before)
    if not 1 <= within <= LONGEST:
        raise Refusal(RefusalCode.DAYS_OUT_OF_RANGE, "within", limit=LONGEST)
    risk = Risk(known_area(info.context, area, "area"), timedelta(days=within))
    return await rights_at_risk(info.context, risk, page)


@strawberry.type
class DeadlineQueries:
    rights_at_risk: DeadlineConnection | None = strawberry.field(
        resolver=_rights_at_risk,
        description="Rights of citizens that are lost unless somebody acts within so many days, in the cases that you"
        " see; the first to be lost first. Unconfirmed rules are there too: see `verified`.",
    )


@strawberry.input(description="The day of an event. It takes and raises no version: several may record at once.")
class RecordKeyDateInput(Intent):
    case: CaseRef = strawberry.field(description="Which case.")
    event: KeyEvent = strawberry.field(description="What happened.")
    day: date = strawberry.field(description="The day in Thailand; a Christian year, not in the future.")


@strawberry.type(description="The day is recorded, in place of an earlier one, and the clocks follow it.")
class RecordKeyDatePayload:
    case: Case = strawberry.field(description="The case as it stands now.")


async def _record_key_date(info: Info, input: Annotated[RecordKeyDateInput, given_as("The day.")]) -> Any:
    async def act(work: Work) -> int:
        case_id = await input.case.find(work, info.context)
        return await record_key_date(work, case_id=case_id, event=input.event, day=input.day)

    return await carry_out(info, input, act, look_up=cases_by_ids, payload=lambda row: RecordKeyDatePayload(case=row))


@strawberry.input(description="More time for a legal clock.")
class ExtendDeadlineInput(Intent):
    deadline: strawberry.ID = strawberry.field(description="Id of the clock.")
    expected_version: int = strawberry.field(description=f"Of its case. {EXPECTED_VERSION}")
    more: int = strawberry.field(description="How many units of its rule, mostly days; at most what the law gives.")
    reason: str = strawberry.field(description="Why, for those who read the case; at most 10000 characters.")


@strawberry.type(description="The clock ends later; the case has a new version.")
class ExtendDeadlinePayload:
    deadline: Deadline = strawberry.field(description="The clock as it stands now.")


async def _extend_deadline(info: Info, input: Annotated[ExtendDeadlineInput, given_as("Which, and why.")]) -> Any:
    async def act(work: Work) -> int:
        deadline_id = wanted_id(info.context, "Deadline", input.deadline, "input", "deadline")
        return await extend_deadline(
            work,
            deadline_id=deadline_id,
            expected_version=input.expected_version,
            more=input.more,
            reason=input.reason,
        )

    return await carry_out(
        info, input, act, look_up=deadlines_by_ids, payload=lambda row: ExtendDeadlinePayload(deadline=row)
    )


@strawberry.type
class DeadlineMutations:
    record_key_date = intent(
        _record_key_date,
        RecordKeyDatePayload,
        f"Record when something happened that legal clocks count from. {case_rule(CaseAction.KEEP_CLOCKS)}",
        versioned=False,
    )
    extend_deadline = intent(
        _extend_deadline,
        ExtendDeadlinePayload,
        "Extend a legal clock as far as its law allows: only an office of the agency whose duty it is, while it runs."
        f" {case_rule(CaseAction.KEEP_CLOCKS)}",
    )
