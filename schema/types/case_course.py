"""The course of a case: its problems and what came of them, who held it, which offices took part."""

from datetime import datetime, timedelta
from typing import Any

import strawberry

from casework.rules.calendar import thai_length
from models.vocabulary import AccessLevel, Outcome
from resolvers.context import Context
from resolvers.rows import DepartmentRow, HoldingRow, ProblemRow
from resolvers.rows_then import HoldingThen, ProblemThen
from resolvers.seats import seats_by_ids
from schema.binding import Info, each, noun, plain, worked_out
from schema.ids import identity_at_any_time
from schema.scalars import Baht
from schema.types.agency import Agency, Office, office_of
from schema.types.node import Node
from schema.types.problem_type import ProblemType
from schema.types.seat import Holder


@noun(ProblemRow, ProblemThen, description="One labour problem of a case.")
class Problem(Node):
    id: strawberry.ID = identity_at_any_time("Problem")
    as_of: datetime | None = worked_out(
        lambda row, _: row.as_of, "The instant as of which it is told; null: as it stands now."
    )
    type: ProblemType = worked_out(
        lambda row, context: context.reference.problem_types[row.problem_type_code], "What kind of problem."
    )
    responsible_agency: Agency = worked_out(
        lambda row, context: context.reference.agencies[
            context.reference.problem_types[row.problem_type_code].agency_code
        ],
        "The agency that leads on it.",
    )
    outcome: Outcome | None = plain("What came of it; null while open. From level ANONYMOUS on.")
    amount_claimed: Baht | None = plain("What the citizen claimed, in baht. From level ANONYMOUS on.")
    amount_recovered: Baht | None = plain("What the citizen got, in baht. From level ANONYMOUS on.")
    outcome_at: datetime | None = plain("When the outcome was recorded. From level ANONYMOUS on.")


def _dwell(row: HoldingRow, context: Context) -> timedelta:
    return (row.until or row.as_of or context.now) - row.since


def _dwell_thai(row: HoldingRow, context: Context) -> str:
    return thai_length(int(_dwell(row, context).total_seconds()))


def _leg_holder(parent: strawberry.Parent[HoldingRow], info: Info) -> Any:
    return holder_of(parent.seat_id, parent.office_id, info)


def holder_of(seat_id: int | None, office_id: int | None, info: Info) -> Any:
    return office_of(office_id, info.context) if seat_id is None else each(seat_id, info.context, seats_by_ids)


@noun(
    HoldingRow,
    HoldingThen,
    description="A leg of a case's journey: somebody who was accountable for it, from when to when.",
)
class JourneyLeg:
    holder: Holder = strawberry.field(resolver=_leg_holder, description="Who held it.")
    since: datetime = plain("When it became accountable.")
    until: datetime | None = plain("When somebody else did; null for the present holder.")
    dwell_seconds: int = worked_out(
        lambda row, context: int(_dwell(row, context).total_seconds()),
        "How long, in seconds; until now, or until `asOf`, if it lasts.",
    )
    dwell_thai: str = worked_out(_dwell_thai, "How long, for people: days and hours, or hours and minutes.")


@noun(DepartmentRow, description="An office that took part in a case.")
class Department:
    office: Office = worked_out(lambda row, context: office_of(row.office_id, context), "The office.")
    agency: Agency = worked_out(
        lambda row, context: context.reference.agencies[context.reference.offices[row.office_id].agency_code],
        "Its agency.",
    )
    level: AccessLevel = worked_out(
        lambda row, _: AccessLevel(row.level.name), "At which level it sees the case now, or saw it then."
    )
    since: datetime = plain("When it first took part.")
    until: datetime | None = plain("When its part ended; null while it lasts.")
