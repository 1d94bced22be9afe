"""Monthly statements: what a post did in a month, with what stands beside it; counts alone."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.rules.calendar import thai_instant
from casework.rules.months import thai_month
from models.statement_words import StatementDisputeState
from models.vocabulary import Outcome
from resolvers.population import population_of
from resolvers.rows_of_statements import DisputeRow, OutcomeCountRow, StatementRow
from resolvers.seats import seats_by_ids
from resolvers.statement_parts import disputes_of_statements, outcomes_of_statements, recovered_of_statements
from resolvers.statements import cases_in_area, versions_of_statements
from schema.binding import linked, noun, plain, worked_out
from schema.scalars import Baht
from schema.types.area import Population
from schema.types.connection import Connection

if TYPE_CHECKING:
    from schema.types.seat import Seat

_SEAT = Annotated["Seat", strawberry.lazy("schema.types.seat")]


@noun(OutcomeCountRow, description="How many problems a post brought to one outcome in a month.")
class StatementOutcome:
    outcome: Outcome = plain("The outcome; of several that the post recorded for one problem in the month, the last.")
    outcome_thai: str = worked_out(lambda row, _: row.outcome.th, "The same in Thai.")
    problems: int = plain("How many problems: `recordOutcome`, or `completeReferral` with an outcome, by the post.")
    recovered: Baht = plain(
        "Baht recovered with these problems, where this result is the last that anybody recorded for the problem."
    )


@noun(
    DisputeRow,
    description="Whoever fills the post says that a version is wrong; those above it count the month anew or say why it"
    " stands.",
)
class StatementDispute:
    state: StatementDisputeState = plain("How it stands.")
    state_thai: str = worked_out(lambda row, _: row.state.th, "The same in Thai.")
    reason: str | None = plain("Why the version is disputed; null to auditors.")
    disputed_at: datetime = plain("When.")
    answer: str | None = plain("What was answered; null while it waits, when nothing was said, and to auditors.")
    answered_at: datetime | None = plain("When it was answered; null while it waits.")
    answered_by: _SEAT | None = linked(seats_by_ids, "The post that answered.", of="answered_by_seat_id")


@noun(
    StatementRow,
    name="StatementContext",
    description="What stands beside the figures of a month: how many people live there, how much lay with the post, and"
    " whether anybody was there. Figures of two posts mean little without it.",
)
class StatementContext:
    population: Population | None = worked_out(
        lambda row, _: population_of(row),
        "How many people live in its tambon; of a mentor in the amphoe, of an office's post in the province. Frozen"
        " with the figures; null where it was not known then.",
    )
    open_held: int = plain("Cases that it held and that had not ended, at the month's end; of a running month, now.")
    open_taken_part: int = plain("Cases that had not ended and in which it took part at level WORK or FULL, then.")
    vacancy_days: int = plain(
        "Days of the month on which nobody was appointed to the post at any hour; of a running month, up to today."
    )
    cover_days: int = plain("Days of the month on which somebody covered the post.")
    cases_in_area: int | None = worked_out(
        cases_in_area,
        "Cases that anybody opened in the month in its tambon; of a mentor in the amphoe, of an office's post in the"
        " province. Null to volunteers, officers and heads, who do not see all of them.",
    )


@noun(
    StatementRow,
    description="What a post did in a month of Bangkok, counted by the service from the journal. A month that has ended"
    " is frozen: the figures are then the same on every screen and in every report, and a correction is a new version."
    " An event counts in the month in which the service heard of it, and for the post that did it. Read it with its"
    " `context`: it is no ranking, and no list of statements can be ordered by a figure.",
)
class Statement:
    seat: _SEAT = linked(seats_by_ids, "The post.", of="seat_id")
    month: date = plain("The month, by its first day.")
    month_thai: str = worked_out(lambda row, _: thai_month(row.month), "The same in Thai, Buddhist Era.")
    frozen: bool = worked_out(
        lambda row, _: row.frozen, "Whether the figures are final. False while the month runs, and until it was frozen."
    )
    version: int = plain("1 for the figures as they were frozen, one more with each correction; 0 if not frozen.")
    made_at: datetime = plain("When these figures were counted; now, if they are not frozen.")
    made_at_thai: str = worked_out(lambda row, _: thai_instant(row.made_at), "The same in Bangkok time, Buddhist Era.")
    people_served: int = plain("Citizens in whose cases the post did something; following a case is not doing.")
    cases_opened: int = plain("Cases that the post opened.")
    cases_advanced: int = plain(
        "Cases that the post moved on: it took the case, changed its status (but not to an early end), recorded an"
        " outcome, or sent, received, accepted, started, answered or completed a referral. Each case once."
    )
    cases_closed: int = plain(
        "Cases closed in the month after the post had told the result (RESOLVED, in the year before), whoever confirmed"
        " it; and those that the post itself closed, or ended as WITHDRAWN or OUT_OF_SCOPE. Each case once."
    )
    outcomes: list[StatementOutcome] = linked(
        outcomes_of_statements,
        "What came of problems by the post's word. Left out: outcomes without a problem, and those of sensitive cases.",
    )
    recovered: Baht = linked(recovered_of_statements, "Baht recovered, of all `outcomes` together.")
    visits_made: int = plain("Visits on which the post met the citizen.")
    visits_not_met: int = plain("Visits for which the post went, and the citizen was not there.")
    promises_kept: int = plain(
        "Days in the month that the post itself had named and kept. It names a day when it plans a visit, lets a case"
        " wait until a review date, or writes down a task for itself. Kept: the visit was made, whether or not the"
        " citizen was there, the waiting case went on, the task was done, on that day or before it."
    )
    promises_missed: int = plain(
        "Days in the month that the post had named and that passed without that. A visit or task called off by then, a"
        " case that had ended by then, and a waiting case that somebody else held by then, are neither."
    )
    activities_attended: int = plain(
        "Activities that began in the month and to which the post came, as their attendance was recorded by then."
    )
    context: StatementContext = worked_out(lambda row, _: row, "What stands beside the figures.")
    dispute: StatementDispute | None = linked(
        disputes_of_statements, "What was said against this version; null: nothing."
    )
    versions: list[Annotated["Statement", strawberry.lazy("schema.types.statement")]] = linked(
        versions_of_statements, "All frozen versions of this month, the last first; none while it is not frozen."
    )


StatementConnection = Connection[Statement]
