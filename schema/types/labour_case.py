"""Cases: one labour matter of one citizen, followed across departments."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import can_now
from casework.rules.calendar import thai_date, thai_instant
from models.action_words import CaseAction
from models.vocabulary import CaseState, Channel, Level, Priority
from resolvers import then
from resolvers.activities import activities_by_ids
from resolvers.attachments import OF_CASES as ATTACHMENTS
from resolvers.case_parts import access_of_cases, follows_of_cases
from resolvers.cases import contents_of_cases
from resolvers.checklists import checklists_of_cases
from resolvers.citizens import citizens_of_cases
from resolvers.context import Context
from resolvers.deadlines import OF_CASES as DEADLINES
from resolvers.deadlines import key_dates_of_cases
from resolvers.feed_points import ends_of_feed
from resolvers.incidents import common_causes_of_cases
from resolvers.notices import OF_CASES as NOTICES
from resolvers.referrals import OF_CASES
from resolvers.rows import CaseRow
from resolvers.rows_then import CaseThen
from resolvers.seats import seats_by_ids
from resolvers.suggestions import suggestions_of_cases
from resolvers.tasks import OF_CASES as TASKS
from resolvers.timeline import NOTES, TIMELINES
from resolvers.visits import OF_CASES as VISITS
from schema.binding import SIZE, Info, each, linked, noun, plain, worked_out
from schema.cursors import event_cursor
from schema.ids import identity_at_any_time
from schema.types.access import NOT_IN_THE_PAST, Permission, ViewerAccess, verdict_row
from schema.types.activity import Activity
from schema.types.area import Area, area_of
from schema.types.attachment import AttachmentConnection
from schema.types.case_course import Department, JourneyLeg, Problem, holder_of
from schema.types.checklist import ChecklistItem
from schema.types.citizen import Citizen
from schema.types.connection import pages_of
from schema.types.deadline import DeadlineConnection, KeyDate
from schema.types.incident import CommonCause
from schema.types.node import Node
from schema.types.note import NoteConnection
from schema.types.notice import NoticeConnection
from schema.types.party import Party
from schema.types.referral import ReferralConnection
from schema.types.seat import Holder, Volunteer
from schema.types.suggestion import AssigneeSuggestion
from schema.types.task import TaskConnection
from schema.types.timeline import TimelineConnection
from schema.types.visit import VisitConnection

MOST_SUGGESTIONS = 20


def _holder(parent: strawberry.Parent[CaseRow], info: Info) -> Any:
    return holder_of(parent.holder_seat_id, parent.holder_office_id, info)


def _content(name: str) -> Any:
    async def read(parent: strawberry.Parent[CaseRow], info: Info) -> str | None:
        content = await each(parent, info.context, contents_of_cases)
        return None if content is None else getattr(content, name)

    return read


async def _workplace_area(parent: strawberry.Parent[CaseRow], info: Info) -> Any:
    content = await each(parent, info.context, contents_of_cases)
    return None if content is None else area_of(content.workplace_area_code, info.context)


def _of_now(row: CaseRow) -> bool:
    return row.as_of is None


def _from_level(level: Level, *, of_now: bool = False) -> Callable[[CaseRow], bool]:
    return lambda row: row.level >= level and (row.as_of is None or not of_now)


_WORK_OF_NOW = _from_level(Level.WORK, of_now=True)


def _key_dates(parent: strawberry.Parent[CaseRow], info: Info) -> Any:
    return each(parent, info.context, key_dates_of_cases) if parent.as_of is None else None


def _checklist(parent: strawberry.Parent[CaseRow], info: Info) -> Any:
    return each(parent, info.context, checklists_of_cases) if parent.as_of is None else None


def _common_causes(parent: strawberry.Parent[CaseRow], info: Info) -> Any:
    return each(parent, info.context, common_causes_of_cases) if parent.as_of is None else None


def _suggest_assignees(
    parent: strawberry.Parent[CaseRow],
    info: Info,
    most: Annotated[int, strawberry.argument(description="How many at most: 1 to 20.")] = 5,
) -> Any:
    if not 1 <= most <= MOST_SUGGESTIONS:
        raise Refusal(RefusalCode.NUMBER_OUT_OF_RANGE, "most", limit=MOST_SUGGESTIONS)
    return each(parent, info.context, suggestions_of_cases, most=most) if parent.as_of is None else None


def _viewer_can(
    parent: strawberry.Parent[CaseRow],
    info: Info,
    action: Annotated[CaseAction, strawberry.argument(description="What you would like to do.")],
) -> Any:
    if parent.as_of is not None:
        return verdict_row(NOT_IN_THE_PAST, info.context)
    verdict = can_now(info.context.actor(), action, parent)
    return verdict_row(verdict, info.context, before=parent.state.value)


async def _events_cursor(parent: strawberry.Parent[CaseRow], info: Info) -> str:
    return event_cursor(info.context, await each(parent, info.context, ends_of_feed))


def when_thai(name: str) -> Any:
    def write(row: Any, _context: Context) -> str | None:
        at = getattr(row, name)
        return None if at is None else thai_instant(at)

    return write


@noun(
    CaseRow,
    CaseThen,
    description="A citizen's labour matter, followed across departments until it is closed."
    " Fields say from which level on they are shown; below it they are null (see `viewerAccess`). With `asOf` it is"
    " told as it stood then, to those who may see it now; the citizen, the people in posts and what is about you"
    " (`viewerAccess`, `viewerFollows`) are of now. What was replaced since and nobody wrote down is null: amounts,"
    " clocks, reports.",
)
class Case(Node):
    id: strawberry.ID = identity_at_any_time("Case")
    as_of: datetime | None = worked_out(
        lambda row, _: row.as_of, "The instant as of which it is told; null: as it stands now."
    )
    reference: str = plain("What people read out: province, Buddhist year, sequence, check digit.")
    state: CaseState = plain("Where it stands.")
    version: int = plain("Rises with every change; give it back as `expectedVersion`.")
    title: str | None = plain("What it is about and where, without names. From level ANONYMOUS on.")
    priority: Priority | None = plain("How soon it wants attention. From level ANONYMOUS on.")
    sensitive: bool = plain("Seen by fewer people, because of the kind of problem.")
    channel: Channel = plain("How it reached the service.")
    opened_at: datetime = plain("When it was opened.")
    opened_at_thai: str = worked_out(when_thai("opened_at"), "The same in Bangkok time, Buddhist Era.")
    updated_at: datetime = plain("When anything last happened to it.")
    updated_at_thai: str = worked_out(when_thai("updated_at"), "The same in Bangkok time, Buddhist Era.")
    due_at: datetime | None = plain("The earliest open clock.")
    due_at_thai: str | None = worked_out(when_thai("due_at"), "The same in Bangkok time, Buddhist Era.")
    review_on: date | None = plain("While it waits: the day on which the holder looks again.")
    review_on_thai: str | None = worked_out(
        lambda row, _: thai_date(row.review_on) if row.review_on else None, "The same in the Buddhist Era."
    )
    resolved_at: datetime | None = plain("When the citizen was told the result; null before, and once it is reopened.")
    ended_at: datetime | None = plain("When it ended; null while it goes on.")
    erased_at: datetime | None = plain("When its personal data were erased (PDPA); delete what you keep of them.")
    merged_into: Annotated["Case", strawberry.lazy("schema.types.labour_case")] | None = linked(
        then.goes_on_in, "If it was merged and you may see that one: where it goes on."
    )
    merged_cases: list[Annotated["Case", strawberry.lazy("schema.types.labour_case")]] = linked(
        then.merged_into_cases, "Cases that go on in this one, as far as you may see them."
    )
    area: Area = worked_out(lambda row, context: area_of(row.area_code, context), "The tambon of intake.")
    campaign: Activity | None = linked(
        activities_by_ids, "The campaign it came from, if that was told and you may see it.", of="campaign_id"
    )
    citizen: Citizen | None = linked(citizens_of_cases, "The citizen whose matter it is. From level WORK on.")
    narrative: str | None = strawberry.field(
        resolver=_content("narrative"), description="What the citizen told. From level WORK on."
    )
    workplace_name: str | None = strawberry.field(
        resolver=_content("workplace_name"), description="Where the citizen works or worked. From level WORK on."
    )
    workplace_area: Area | None = strawberry.field(
        resolver=_workplace_area, description="The area of the workplace. From level WORK on."
    )
    problems: list[Problem] = linked(then.problems_of_cases, "The labour problems, the main one first.")
    parties: list[Party] | None = linked(
        then.parties_of_cases, "Employers, recruiters, witnesses, heirs, representatives. From level WORK on."
    )
    common_causes: list[CommonCause] | None = strawberry.field(
        resolver=_common_causes,
        description="What it shares with cases of other citizens of the province, as counts; on a sensitive case told"
        " to the coordinator alone. Null for a case of the past. From level WORK on.",
    )
    holder: Holder = strawberry.field(resolver=_holder, description="Who is accountable now: exactly one.")
    volunteer: Volunteer | None = linked(
        seats_by_ids, "The volunteer who sees it through, whoever holds it.", of="volunteer_seat_id"
    )
    proposed_volunteer: Volunteer | None = linked(
        seats_by_ids, "The volunteer who was asked to take it and has not answered.", of="assigned_seat_id"
    )
    suggest_assignees: list[AssigneeSuggestion] | None = strawberry.field(
        resolver=_suggest_assignees,
        description="Volunteers who could take it, the best first, with reasons; null unless you may assign it now."
        " What you may not know is left out: the load of posts that are not yours, the citizen's language below level"
        " WORK. Empty posts, and posts of anybody who is a party to the case, are not there.",
        metadata={SIZE: MOST_SUGGESTIONS},
    )
    referrals: ReferralConnection = strawberry.field(
        resolver=pages_of(OF_CASES.name, then.referrals_of_cases),
        description="Its referrals to offices, the latest first.",
    )
    deadlines: DeadlineConnection | None = strawberry.field(
        resolver=pages_of(DEADLINES.name, DEADLINES.pages, _of_now),
        description="Its clocks, those that are over too; the earliest end first. Null for a case of the past.",
    )
    notices: NoticeConnection | None = strawberry.field(
        resolver=pages_of(NOTICES.name, NOTICES.pages, _of_now),
        description="What the system told whom about it, the latest first. Null for a case of the past.",
    )
    key_dates: list[KeyDate] | None = strawberry.field(
        resolver=_key_dates,
        description="The days that its legal clocks count from, the earliest first. Null for a case of the past.",
    )
    visits: VisitConnection | None = strawberry.field(
        resolver=pages_of(VISITS.name, VISITS.pages, _WORK_OF_NOW),
        description="Its visits, the latest first. From level WORK on; null for a case of the past.",
    )
    tasks: TaskConnection | None = strawberry.field(
        resolver=pages_of(TASKS.name, TASKS.pages, _WORK_OF_NOW),
        description="What is or was to be done, the first to be due first. From level WORK on; null for a case of the"
        " past. See `Viewer.tasks` for your own.",
    )
    checklist: list[ChecklistItem] | None = strawberry.field(
        resolver=_checklist,
        description="The documents that its problems ask for, and where each is. From level WORK on; null for a case of"
        " the past.",
    )
    departments: list[Department] = linked(
        then.departments_of_cases, "Every office that took part, in order of coming in."
    )
    journey: list[JourneyLeg] = linked(then.journeys_of_cases, "Who held it from when to when, the first holder first.")
    timeline: TimelineConnection | None = strawberry.field(
        resolver=pages_of(TIMELINES.name, then.timelines_of_cases, _from_level(Level.ANONYMOUS)),
        description="What happened, the first event first; what events lead to is of now. From level ANONYMOUS on.",
    )
    notes: NoteConnection | None = strawberry.field(
        resolver=pages_of(NOTES.name, then.notes_of_cases, _from_level(Level.WORK)),
        description="Notes meant for you, the latest first. From level WORK on.",
    )
    attachments: AttachmentConnection | None = strawberry.field(
        resolver=pages_of(ATTACHMENTS.name, ATTACHMENTS.pages, _WORK_OF_NOW),
        description="Files meant for you, the latest first. From level WORK on; null for a case of the past.",
    )
    events_cursor: str = strawberry.field(
        resolver=_events_cursor,
        description="For `after` of a subscription: nothing is missed; an event of this answer may come again.",
    )
    viewer_follows: bool = linked(follows_of_cases, "Whether your post follows it.")
    viewer_access: ViewerAccess = linked(access_of_cases, "At which level you see it, and why.")
    viewer_can: Permission = strawberry.field(
        resolver=_viewer_can, description="Whether you may do this to the case as it stands."
    )
