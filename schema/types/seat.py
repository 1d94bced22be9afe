"""Posts that hold work, and the people who fill them."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from casework.policy.permissions import may_with_post
from casework.rules.months import month_of
from models.action_words import SeatAction
from models.vocabulary import IncumbencyKind, Language, SeatKind
from resolvers.context import Context
from resolvers.handovers import HANDOVERS, handovers_of_seats
from resolvers.incumbencies import incumbencies_of_seats
from resolvers.loads import loads_of_seats
from resolvers.post_names import name_of_post, name_of_post_en
from resolvers.rows_of_posts import IncumbencyRow, LoadRow, PersonRow, SeatRow
from resolvers.statements import statements_of_seats
from schema.binding import Info, each, linked, noun, plain, worked_out
from schema.ids import identity
from schema.scalars import PhoneNumber
from schema.types.access import Permission, verdict_row
from schema.types.agency import Office, office_of
from schema.types.area import Area, area_of
from schema.types.connection import Connection, pages_of
from schema.types.handover import HandoverConnection
from schema.types.node import Node
from schema.types.statement import Statement


@noun(PersonRow, description="A person who fills a post.")
class Person:
    name: str = worked_out(lambda p, _: f"{p.title}{p.given_name} {p.family_name}", "Thai name with title.")
    name_en: str = worked_out(lambda p, _: f"{p.given_name_en} {p.family_name_en}", "Name in Latin letters.")
    phone: PhoneNumber | None = plain("Phone number at work.")


def seat_name(seat: SeatRow, context: Context) -> str:
    return name_of_post(seat, context.reference)


def seat_name_en(seat: SeatRow, context: Context) -> str:
    return name_of_post_en(seat, context.reference)


_KIND = "What the post is there for."
_NAME = "What the post is and where, in Thai."
_NAME_EN = "What the post is and where, in English."
_INCUMBENT = "Who fills it now; none when it is empty."
_VERSION = "Rises with every appointment and its end; give it back as `expectedVersion`."
_INCUMBENCIES = "Who fills it now and who will, the earliest first."
_VIEWER_CAN = (
    "Whether you may decide who fills it, make one like it, plan its absences, read its load or its statements."
)
_HANDOVERS = (
    "When people left it and what lay with it then, the latest first; null unless you fill it, are its mentor or"
    " coordinator, or the administrator."
)
_STATEMENT = (
    "What it did in a month; null if it did not exist then, or unless you fill it, stand above it as its mentor,"
    " coordinator or head, or are an auditor."
)
_LOAD = "What it has on its hands; null unless you fill it, or are its mentor or coordinator."


@noun(IncumbencyRow, description="Somebody's time in a post.")
class Incumbency(Node):
    id: strawberry.ID = identity("Incumbency")
    kind: IncumbencyKind = plain("Whether the person was appointed to the post or looks after it meanwhile.")
    person: Person = plain("Who fills the post.")
    since: datetime = plain("From when on.")
    until: datetime | None = plain("Until when; null while no end is set.")
    languages: list[Language] = plain("What the person speaks with citizens besides Thai, as far as it was told.")
    covers_absence: bool = worked_out(
        lambda row, _: row.absent_account_id is not None, "Whether the incumbent is away meanwhile: `planAbsence`."
    )


@noun(LoadRow, description="What a post has on its hands, in numbers: no case is told.")
class SeatLoad:
    open_held: int = plain("Cases that it holds and that have not ended.")
    open_taken_part: int = plain("Cases that have not ended and in which it takes part with their citizen's name.")
    proposed: int = plain("Cases that it was asked to take and has not answered.")
    overdue: int = plain("Of the cases that it holds: a clock has run out, or the day to look again has passed.")


async def _viewer_can(
    parent: strawberry.Parent[SeatRow],
    info: Info,
    action: Annotated[SeatAction, strawberry.argument(description="What you would like to do.")],
) -> Any:
    return verdict_row(may_with_post(info.context.actor(), action, parent), info.context)


_handovers = pages_of(HANDOVERS, handovers_of_seats)


async def _statement(
    parent: strawberry.Parent[SeatRow],
    info: Info,
    month: Annotated[date, strawberry.argument(description="Any day of the month, by convention the first.")],
) -> Any:
    asked = month_of(month, "month", now=info.context.now)
    return await each(parent, info.context, statements_of_seats, month=asked)


@strawberry.interface(description="A post that holds work; people come and go, the post and its cases stay.")
class Seat(Node):
    kind: SeatKind = plain(_KIND)
    name: str = strawberry.field(description=_NAME)
    name_en: str = strawberry.field(description=_NAME_EN)
    incumbent: Person | None = plain(_INCUMBENT)
    version: int = plain(_VERSION)
    incumbencies: list[Incumbency] = linked(incumbencies_of_seats, _INCUMBENCIES)
    load: SeatLoad | None = linked(loads_of_seats, _LOAD)
    handovers: HandoverConnection | None = strawberry.field(resolver=_handovers, description=_HANDOVERS)
    statement: Statement | None = strawberry.field(resolver=_statement, description=_STATEMENT)
    viewer_can: Permission = strawberry.field(resolver=_viewer_can, description=_VIEWER_CAN)


@noun(
    SeatRow, when=lambda seat: seat.kind is SeatKind.VOLUNTEER, description="The post of a tambon's labour volunteer."
)
class Volunteer(Seat):
    id: strawberry.ID = identity("Seat")
    kind: SeatKind = plain(_KIND)
    name: str = worked_out(seat_name, _NAME)
    name_en: str = worked_out(seat_name_en, _NAME_EN)
    incumbent: Person | None = plain(_INCUMBENT)
    version: int = plain(_VERSION)
    incumbencies: list[Incumbency] = linked(incumbencies_of_seats, _INCUMBENCIES)
    load: SeatLoad | None = linked(loads_of_seats, _LOAD)
    handovers: HandoverConnection | None = strawberry.field(resolver=_handovers, description=_HANDOVERS)
    statement: Statement | None = strawberry.field(resolver=_statement, description=_STATEMENT)
    viewer_can: Permission = strawberry.field(resolver=_viewer_can, description=_VIEWER_CAN)
    area: Area = worked_out(lambda seat, context: area_of(seat.area_code, context), "Its tambon.")


@noun(
    SeatRow,
    when=lambda seat: seat.kind is SeatKind.MENTOR,
    description="The post of the mentor of an amphoe's volunteers.",
)
class Mentor(Seat):
    id: strawberry.ID = identity("Seat")
    kind: SeatKind = plain(_KIND)
    name: str = worked_out(seat_name, _NAME)
    name_en: str = worked_out(seat_name_en, _NAME_EN)
    incumbent: Person | None = plain(_INCUMBENT)
    version: int = plain(_VERSION)
    incumbencies: list[Incumbency] = linked(incumbencies_of_seats, _INCUMBENCIES)
    load: SeatLoad | None = linked(loads_of_seats, _LOAD)
    handovers: HandoverConnection | None = strawberry.field(resolver=_handovers, description=_HANDOVERS)
    statement: Statement | None = strawberry.field(resolver=_statement, description=_STATEMENT)
    viewer_can: Permission = strawberry.field(resolver=_viewer_can, description=_VIEWER_CAN)
    area: Area = worked_out(lambda seat, context: area_of(seat.area_code, context), "Its amphoe.")


@noun(
    SeatRow,
    when=lambda seat: seat.kind not in {SeatKind.VOLUNTEER, SeatKind.MENTOR},
    description="A post in an office (officer, head, coordinator) or a national one (auditor, admin).",
)
class StaffSeat(Seat):
    id: strawberry.ID = identity("Seat")
    kind: SeatKind = plain(_KIND)
    name: str = worked_out(seat_name, _NAME)
    name_en: str = worked_out(seat_name_en, _NAME_EN)
    incumbent: Person | None = plain(_INCUMBENT)
    version: int = plain(_VERSION)
    incumbencies: list[Incumbency] = linked(incumbencies_of_seats, _INCUMBENCIES)
    load: SeatLoad | None = linked(loads_of_seats, _LOAD)
    handovers: HandoverConnection | None = strawberry.field(resolver=_handovers, description=_HANDOVERS)
    statement: Statement | None = strawberry.field(resolver=_statement, description=_STATEMENT)
    viewer_can: Permission = strawberry.field(resolver=_viewer_can, description=_VIEWER_CAN)
    office: Office | None = worked_out(
        lambda seat, context: office_of(seat.office_id, context), "Its office; none for national posts."
    )
    handles_sensitive: bool = plain("Whether the post may see its office's sensitive cases.")


Holder = Annotated[
    Volunteer | Mentor | Office,
    strawberry.union("Holder", description="Who is accountable for a case: a volunteer, a mentor or an office."),
]
SeatConnection = Connection[Seat]
VolunteerConnection = Connection[Volunteer]
