"""Mutations about posts and who fills them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.accounts import NewAccount
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.create_seat import NewSeat, create_seat
from casework.actions.end_incumbency import end_incumbency
from casework.work import Work
from models.action_words import SeatAction
from models.vocabulary import IncumbencyKind, Language, SeatKind
from resolvers.seats import seats_by_ids
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, Intent, OfficeRef, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.rules_in_words import seat_rule
from schema.scalars import PhoneNumber
from schema.types.seat import Seat


@strawberry.input(description="A person who signs in for the first time.")
class NewAccountInput:
    subject: UUID = strawberry.field(description="The `sub` of the person's tokens, given by the identity provider.")
    title: str = strawberry.field(description="Title, for example นาง.")
    given_name: str = strawberry.field(description="Given name in Thai.")
    family_name: str = strawberry.field(description="Family name in Thai.")
    given_name_en: str = strawberry.field(description="Given name in Latin letters.")
    family_name_en: str = strawberry.field(description="Family name in Latin letters.")
    phone: PhoneNumber | None = strawberry.field(default=None, description="Phone number at work.")


@strawberry.input(one_of=True, description="A person: known by the `sub` of their tokens, or new.")
class PersonRef:
    account: UUID | None = strawberry.field(
        default=strawberry.UNSET, description="The `sub` of the tokens of somebody who has an account."
    )
    register: NewAccountInput | None = strawberry.field(
        default=strawberry.UNSET, description="Somebody who has no account yet."
    )


LANGUAGES = "What the person speaks with citizens besides Thai."


@strawberry.input(description="An intent that changes who fills a post.")
class _PostIntent(Intent):
    seat: strawberry.ID = strawberry.field(description="Id of the post.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.input(description="Appoint somebody to a post.")
class AppointIncumbentInput(_PostIntent):
    person: PersonRef = strawberry.field(description="Whom.")
    kind: IncumbencyKind = strawberry.field(
        default=IncumbencyKind.PRIMARY, description="Appointed to the post, or looking after it meanwhile."
    )
    since: datetime | None = strawberry.field(default=None, description="From when on; from now on unless you say so.")
    until: datetime | None = strawberry.field(default=None, description="Until when; without an end unless you say so.")
    languages: list[Language] = strawberry.field(default_factory=list, description=LANGUAGES)


@strawberry.type(description="The person fills the post, or will.")
class AppointIncumbentPayload:
    seat: Seat = strawberry.field(description="The post as it stands now.")


async def _appoint(info: Info, input: Annotated[AppointIncumbentInput, given_as("Whom to which post.")]) -> Any:
    async def act(work: Work) -> int:
        appointment = Appointment(
            person=person_of(input.person),
            kind=input.kind,
            since=input.since,
            until=input.until,
            languages=frozenset(input.languages),
        )
        seat_id = wanted_id(info.context, "Seat", input.seat, "input", "seat")
        return await appoint_incumbent(
            work, seat_id=seat_id, expected_version=input.expected_version, appointment=appointment
        )

    return await carry_out(
        info, input, act, look_up=seats_by_ids, payload=lambda row: AppointIncumbentPayload(seat=row)
    )


def person_of(given: PersonRef) -> UUID | NewAccount:
    """Give whom an input names."""
    if isinstance(given.account, UUID):
        return given.account
    new: Any = given.register
    return NewAccount(
        subject=new.subject,
        title=new.title,
        given_name=new.given_name,
        family_name=new.family_name,
        given_name_en=new.given_name_en,
        family_name_en=new.family_name_en,
        phone=new.phone,
    )


@strawberry.input(description="Make a post. Name its place as its kind wants it; a national post has none.")
class CreateSeatInput(Intent):
    kind: SeatKind = strawberry.field(description="What the post is there for.")
    area: str | None = strawberry.field(
        default=None, description="Code of the tambon of a VOLUNTEER, or of the amphoe of a MENTOR."
    )
    office: OfficeRef | None = strawberry.field(
        default=None, description="Office of an OFFICER or OFFICE_HEAD; of a COORDINATOR the provincial labour office."
    )
    handles_sensitive: bool = strawberry.field(
        default=False, description="Whether the post sees the sensitive cases of its office."
    )


@strawberry.type(description="The post is there, and empty.")
class CreateSeatPayload:
    seat: Seat = strawberry.field(description="The new post.")


async def _create(info: Info, input: Annotated[CreateSeatInput, given_as("Which post.")]) -> Any:
    async def act(work: Work) -> int:
        office_id = input.office.find(info.context, "input", "office") if input.office else None
        post = NewSeat(input.kind, input.area, office_id, input.handles_sensitive)
        return await create_seat(work, post=post)

    return await carry_out(info, input, act, look_up=seats_by_ids, payload=lambda row: CreateSeatPayload(seat=row))


@strawberry.input(description="End somebody's time in a post.")
class EndIncumbencyInput(_PostIntent):
    incumbency: strawberry.ID = strawberry.field(description="Id of the incumbency; see `Seat.incumbencies`.")
    until: datetime | None = strawberry.field(default=None, description="Until when; now unless you say so.")


@strawberry.type(description="The time in the post ends; the post keeps its cases.")
class EndIncumbencyPayload:
    seat: Seat = strawberry.field(description="The post as it stands now.")


async def _end(info: Info, input: Annotated[EndIncumbencyInput, given_as("Whose time, until when.")]) -> Any:
    async def act(work: Work) -> int:
        return await end_incumbency(
            work,
            seat_id=wanted_id(info.context, "Seat", input.seat, "input", "seat"),
            expected_version=input.expected_version,
            incumbency_id=wanted_id(info.context, "Incumbency", input.incumbency, "input", "incumbency"),
            until=input.until,
        )

    return await carry_out(info, input, act, look_up=seats_by_ids, payload=lambda row: EndIncumbencyPayload(seat=row))


@strawberry.type
class PostMutations:
    create_seat = intent(
        _create,
        CreateSeatPayload,
        f"Make a post that somebody can be appointed to. {seat_rule(SeatAction.CREATE)}",
        versioned=False,
    )
    appoint_incumbent = intent(
        _appoint,
        AppointIncumbentPayload,
        f"Appoint somebody to a post; its cases stay with it. {seat_rule(SeatAction.APPOINT)}",
    )
    end_incumbency = intent(
        _end,
        EndIncumbencyPayload,
        f"End somebody's time in a post. {seat_rule(SeatAction.END_INCUMBENCY)}",
    )
