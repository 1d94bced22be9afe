"""Activities of offices, who takes part in them, and what came of them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from casework.rules.calendar import thai_instant
from models.activity_words import ActivityKind, ActivityState, ParticipantRole, PublicityChannel
from resolvers.activities import attendance_of_activities, tambons_of_campaigns
from resolvers.attachments import OF_ACTIVITIES as MATERIALS
from resolvers.cases import OF_CAMPAIGNS
from resolvers.context import Context
from resolvers.participants import OF_ACTIVITIES, people_by_ids
from resolvers.rows_of_activities import ActivityRow, AttendanceRow, ParticipantRow, TambonCountRow
from resolvers.seats import seats_by_ids
from schema.binding import SIZE, Info, each, linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.agency import Office, office_of
from schema.types.area import Area, area_of
from schema.types.attachment import AttachmentConnection
from schema.types.connection import Connection, pages_of
from schema.types.node import Node
from schema.types.problem_type import ProblemType
from schema.types.seat import Person, Seat

if TYPE_CHECKING:
    from schema.types.case_list import CaseConnection


TAMBONS = 40
"""Of a usual province; the largest ones have more."""


@noun(AttendanceRow, description="How many take part in an activity in one role.")
class AttendanceCount:
    role: ParticipantRole = plain("As what they take part.")
    role_thai: str = worked_out(lambda row, _: row.role.th, "The same in Thai.")
    invited: int = plain("How many are invited.")
    attended: int = plain("How many of them came, as far as it is recorded.")


@noun(TambonCountRow, description="How many cases came from a campaign in one tambon.")
class TambonCount:
    area: Area = worked_out(lambda row, context: area_of(row.area_code, context), "The tambon of intake.")
    count: int = worked_out(lambda row, _: row.counted, "Cases that you may see.")


@noun(
    ParticipantRow,
    description="Somebody who is invited to an activity: a post, or a guest from outside. Listed to the host office,"
    " the coordinator of its province, the mentor for the posts of the amphoe, and everybody for the own post.",
)
class ActivityParticipant(Node):
    id: strawberry.ID = identity("ActivityParticipant")
    role: ParticipantRole = plain("As what they take part.")
    role_thai: str = worked_out(lambda row, _: row.role.th, "The same in Thai.")
    seat: Seat | None = linked(seats_by_ids, "The post; null for a guest.", of="seat_id")
    person: Person | None = linked(
        people_by_ids,
        "Who filled the post on the day of the activity; null before attendance is recorded, for a guest, and where"
        " nobody is known to have filled it.",
        of="account_id",
    )
    guest_name: str | None = worked_out(
        lambda row, _: row.name,
        "Name of a guest; null to others than the host office and the coordinator, and two years after the activity.",
    )
    guest_organisation: str | None = worked_out(
        lambda row, _: row.organisation, "Where a guest comes from; null as `guestName` is."
    )
    invited_at: datetime = plain("When they were invited.")
    attended: bool | None = plain("Whether they came; null while nobody has recorded it.")
    attendance_at: datetime | None = plain("When that was seen: on the phone, if it was recorded offline.")
    attendance_by: Seat | None = linked(seats_by_ids, "The post that recorded it.", of="attendance_by_seat_id")


ActivityParticipantConnection = Connection[ActivityParticipant]


@noun(ActivityRow, name="ActivityOutcome", description="What came of an activity.")
class ActivityOutcome:
    knowledge_before: int | None = plain("Average score of a test before it, in percent, if one was held.")
    knowledge_after: int | None = plain("Average score of a test after it, in percent, if one was held.")
    people_reached: int | None = plain("How many people a campaign reached.")
    notes: str | None = worked_out(lambda row, _: row.outcome_notes, "What else there is to say, without names.")
    recorded_at: datetime = worked_out(lambda row, _: row.closed_at, "When it was first recorded.")


def _topics(row: ActivityRow, context: Context) -> list[Any]:
    return [context.reference.problem_types[code] for code in row.topics]


def _outcome(row: ActivityRow, _context: Context) -> ActivityRow | None:
    return None if row.closed_at is None else row


def _total(name: str) -> Any:
    async def count(parent: strawberry.Parent[ActivityRow], info: Info) -> int:
        return sum(getattr(row, name) for row in await each(parent, info.context, attendance_of_activities))

    return count


def _tambons(parent: strawberry.Parent[ActivityRow], info: Info) -> Any:
    return each(parent, info.context, tambons_of_campaigns)


@noun(
    ActivityRow,
    description="A training, campaign, meeting or field day of an office. Its facts and its counts are told to every"
    " post of the host's province, to posts that are invited, to auditors and administrators.",
)
class Activity(Node):
    id: strawberry.ID = identity("Activity")
    kind: ActivityKind = plain("What kind of activity.")
    kind_thai: str = worked_out(lambda row, _: row.kind.th, "The same in Thai.")
    state: ActivityState = plain("How it stands.")
    project: str = plain("The project it belongs to.")
    fiscal_year: int = plain("The fiscal year that pays for it, in the Buddhist Era: October to September.")
    round: int = plain("Which time it is held in its project and fiscal year, from 1.")
    host: Office = worked_out(lambda row, context: office_of(row.host_office_id, context), "The office that holds it.")
    area: Area = worked_out(lambda row, context: area_of(row.area_code, context), "Where it is held, or for whom.")
    venue: str = plain("The place, as people find it.")
    begins_at: datetime = plain("When it begins.")
    begins_at_thai: str = worked_out(lambda row, _: thai_instant(row.begins_at), "The same in Bangkok time, B.E.")
    ends_at: datetime | None = plain("When it ends, if that is set.")
    ends_at_thai: str | None = worked_out(
        lambda row, _: thai_instant(row.ends_at) if row.ends_at else None, "The same in Bangkok time, B.E."
    )
    objectives: str = plain("What it is to bring about.")
    topics: list[ProblemType] = worked_out(_topics, "What a campaign is about.")
    channels: list[PublicityChannel] = worked_out(
        lambda row, _: [PublicityChannel(code) for code in row.channels], "How a campaign reaches people."
    )
    outcome: ActivityOutcome | None = worked_out(_outcome, "What came of it; null until it is recorded.")
    created_at: datetime = plain("When it was written down.")
    created_by: Seat = linked(seats_by_ids, "The post that wrote it down.", of="created_by_seat_id")
    version: int = plain("Rises with every change but attendance; give it back as `expectedVersion`.")
    invited: int = strawberry.field(resolver=_total("invited"), description="How many are invited, in all roles.")
    attended: int = strawberry.field(resolver=_total("attended"), description="How many of them came, in all roles.")
    attendance: list[AttendanceCount] = linked(
        attendance_of_activities, "How many are invited and came, by role; counted, and told to all who see it."
    )
    participants: ActivityParticipantConnection = strawberry.field(
        resolver=pages_of(OF_ACTIVITIES.name, OF_ACTIVITIES.pages),
        description="Who takes part, as far as they are listed to you, in the order of their invitation.",
    )
    materials: AttachmentConnection = strawberry.field(
        resolver=pages_of(MATERIALS.name, MATERIALS.pages),
        description="Slides, handouts, posters: files for all who see it, the latest first.",
    )
    cases: Annotated["CaseConnection", strawberry.lazy("schema.types.case_list")] = strawberry.field(
        resolver=pages_of(OF_CAMPAIGNS.name, OF_CAMPAIGNS.pages),
        description="The cases that came from a campaign, as far as you may see them; last touched first.",
    )
    cases_by_tambon: list[TambonCount] = strawberry.field(
        resolver=_tambons,
        description="How many of these cases there are in each tambon, the most first.",
        metadata={SIZE: TAMBONS},
    )


ActivityConnection = Connection[Activity]
