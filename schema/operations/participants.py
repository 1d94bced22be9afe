"""Mutations about who takes part in activities: invitations and attendance."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from casework.actions.correct_guest import correct_guest
from casework.actions.invite_participants import Group, Guest, Invitation, invite_participants
from casework.actions.record_attendance import Attendance, Whom, record_attendance
from casework.actions.remove_participants import remove_participants
from casework.work import Work
from models.vocabulary import SeatKind
from resolvers.activities import activities_by_ids
from resolvers.context import Context
from schema.binding import Info
from schema.changing import Intent, Intention, OfficeRef, answer, carry_out, given_as, intent
from schema.ids import read_id, read_ids, wanted_id
from schema.operations.activities import LED, ActivityIntent
from schema.types.activity import Activity

_WHOM = "Ids of participants, or of their posts; at most 200."


@strawberry.input(description="All posts of some kinds inside an area, or of an office; empty ones are invited too.")
class PostGroupInput:
    kinds: list[SeatKind] = strawberry.field(description="Kinds of posts.")
    area: str | None = strawberry.field(
        default=None,
        description="Code of a province, amphoe or tambon of the host's province; posts of offices lie in the province."
        " Left out, and no office given: the area of the activity.",
    )
    office: OfficeRef | None = strawberry.field(default=None, description="Only posts of this office.")


@strawberry.input(description="Somebody from outside the network.")
class GuestInput:
    name: str = strawberry.field(
        description="Full name, with title; shown to the host office and the coordinator alone, for two years."
    )
    organisation: str | None = strawberry.field(default=None, description="Where they come from.")


@strawberry.input(description="Whom to invite. Posts that are invited already stay as they are.")
class InviteParticipantsInput(ActivityIntent):
    groups: list[PostGroupInput] = strawberry.field(
        default_factory=list, description="Posts by area and kind: a whole amphoe or province at once; at most 20."
    )
    seats: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Ids of single posts, also of other provinces; at most 200."
    )
    guests: list[GuestInput] = strawberry.field(default_factory=list, description="People from outside; at most 200.")


@strawberry.type(description="All of them are invited.")
class InviteParticipantsPayload:
    activity: Activity = strawberry.field(description="The activity as it stands now.")


async def _invite(info: Info, input: Annotated[InviteParticipantsInput, given_as("Whom to invite.")]) -> Any:
    async def act(work: Work) -> int:
        return await invite_participants(
            work,
            activity_id=input.find(info),
            expected_version=input.expected_version,
            invitation=_invitation(info.context, input),
        )

    return await carry_out(
        info, input, act, look_up=activities_by_ids, payload=lambda row: InviteParticipantsPayload(activity=row)
    )


def _invitation(context: Context, given: InviteParticipantsInput) -> Invitation:
    groups = [
        Group(
            each.kinds,
            each.area,
            each.office.find(context, "input", "groups", str(at), "office") if each.office else None,
        )
        for at, each in enumerate(given.groups)
    ]
    seats = [wanted_id(context, "Seat", seat, "input", "seats", str(at)) for at, seat in enumerate(given.seats)]
    return Invitation(groups, seats, [Guest(each.name, each.organisation) for each in given.guests])


@strawberry.input(description="Whose invitations are taken back.")
class RemoveParticipantsInput(ActivityIntent):
    participants: list[strawberry.ID] = strawberry.field(description=_WHOM)


@strawberry.type(description="They are invited no more; of guests nothing is kept.")
class RemoveParticipantsPayload:
    activity: Activity = strawberry.field(description="The activity as it stands now.")


async def _remove(info: Info, input: Annotated[RemoveParticipantsInput, given_as("Who is not to come.")]) -> Any:
    async def act(work: Work) -> int:
        return await remove_participants(
            work,
            activity_id=input.find(info),
            expected_version=input.expected_version,
            participants=_whom(info.context, input.participants),
        )

    return await carry_out(
        info, input, act, look_up=activities_by_ids, payload=lambda row: RemoveParticipantsPayload(activity=row)
    )


@strawberry.input(description="Who a guest is, in whole: an organisation that is left out is deleted.")
class CorrectGuestInput(ActivityIntent):
    participant: strawberry.ID = strawberry.field(description="Id of the participant who is the guest.")
    name: str = strawberry.field(description="Full name, with title.")
    organisation: str | None = strawberry.field(default=None, description="Where they come from.")


@strawberry.type(description="The guest is called so now.")
class CorrectGuestPayload:
    activity: Activity = strawberry.field(description="The activity as it stands now.")


async def _correct(info: Info, input: Annotated[CorrectGuestInput, given_as("Who the guest is.")]) -> Any:
    async def act(work: Work) -> int:
        return await correct_guest(
            work,
            activity_id=input.find(info),
            expected_version=input.expected_version,
            participant_id=read_id(info.context, "ActivityParticipant", input.participant),
            name=input.name,
            organisation=input.organisation,
        )

    return await carry_out(
        info, input, act, look_up=activities_by_ids, payload=lambda row: CorrectGuestPayload(activity=row)
    )


@strawberry.input(description="Who came to an activity and who did not. It takes and raises no version.")
class RecordAttendanceInput(Intent):
    activity: strawberry.ID = strawberry.field(description="Id of the activity.")
    attended: list[strawberry.ID] = strawberry.field(
        default_factory=list, description=f"Who came. {_WHOM} Of those whom you do not name nothing changes."
    )
    absent: list[strawberry.ID] = strawberry.field(default_factory=list, description=f"Who did not come. {_WHOM}")


@strawberry.type(description="The attendance is recorded; where somebody saw it later than you, theirs stands.")
class RecordAttendancePayload:
    activity: Activity = strawberry.field(description="The activity as it stands now.")


def to_record_attendance(context: Context, given: RecordAttendanceInput) -> Intention:
    async def act(work: Work) -> int:
        activity_id = wanted_id(context, "Activity", given.activity, "input", "activity")
        attendance = Attendance(_whom(context, given.attended), _whom(context, given.absent))
        return await record_attendance(work, activity_id=activity_id, attendance=attendance)

    return Intention(
        "recordAttendance", given, act, activities_by_ids, lambda row: RecordAttendancePayload(activity=row)
    )


def _whom(context: Context, ids: Sequence[strawberry.ID]) -> list[Whom]:
    """Read ids of participants or posts; what is neither is nobody."""
    named = []
    for text in ids:
        kind, number = read_ids(context, ("ActivityParticipant", "Seat"), text) or ("", None)
        named.append(Whom(seat_id=number) if kind == "Seat" else Whom(participant_id=number))
    return named


async def _attend(info: Info, input: Annotated[RecordAttendanceInput, given_as("Who came.")]) -> Any:
    return await answer(info, to_record_attendance(info.context, input))


@strawberry.type
class ParticipantMutations:
    invite_participants = intent(
        _invite, InviteParticipantsPayload, f"Invite posts and guests to an activity that is not closed. {LED}"
    )
    remove_participants = intent(
        _remove,
        RemoveParticipantsPayload,
        f"Take back invitations to an activity that is not closed, while nobody has recorded who came. {LED}",
    )
    correct_guest = intent(
        _correct,
        CorrectGuestPayload,
        f"Correct the name of a guest, also after the activity, until it is deleted by time. {LED}",
    )
    record_attendance = intent(
        _attend,
        RecordAttendancePayload,
        "Record who came, from the beginning of the activity on; offline too. After the closing what was seen before is"
        " still taken. Who: officers and the head of the host office, the coordinator of its province, and mentors for"
        " the posts of their amphoe.",
        versioned=False,
    )
