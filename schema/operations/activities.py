"""Mutations about activities: plan, change, and tell what came of them."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from casework.actions.create_activity import Plan, create_activity
from casework.actions.record_activity_outcome import ActivityResult, record_activity_outcome
from casework.actions.update_activity import ActivityChange, update_activity
from casework.work import Work
from models.activity_words import ActivityKind, PublicityChannel
from resolvers.activities import activities_by_ids
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, Intent, OfficeRef, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.types.activity import Activity

LED = (
    "Who: officers and the head of the host office, and the coordinator of its province. Others who see the activity"
    " are not permitted."
)
_TOPICS = "Of a campaign: codes of `problemTypes` that it is about."
_CHANNELS = "Of a campaign: how it reaches people."
_FISCAL_YEAR = (
    "In the Buddhist Era; left out: that of the beginning. The year before is taken too, for money carried over."
)
_ROUND = "Which time it is held, from 1; left out: the next one of the project in the fiscal year."


@strawberry.input(description="An activity that is to be, or that has been.")
class CreateActivityInput(Intent):
    kind: ActivityKind = strawberry.field(description="What kind of activity; it never changes.")
    project: str = strawberry.field(description="Name of the project it belongs to; at most 300 characters.")
    venue: str = strawberry.field(description="The place, as people find it; at most 300 characters.")
    area: str = strawberry.field(
        description="Code of the province, amphoe or tambon where it is held, or for which, in the host's province."
    )
    begins_at: datetime = strawberry.field(description="When it begins.")
    objectives: str = strawberry.field(description="What it is to bring about; at most 10000 characters.")
    ends_at: datetime | None = strawberry.field(default=None, description="When it ends, at most 366 days later.")
    host: OfficeRef | None = strawberry.field(
        default=None, description="The office that holds it; left out: your own. Coordinators name any of the province."
    )
    fiscal_year: int | None = strawberry.field(default=None, description=_FISCAL_YEAR)
    round: int | None = strawberry.field(default=None, description=_ROUND)
    topics: list[str] = strawberry.field(default_factory=list, description=_TOPICS)
    channels: list[PublicityChannel] = strawberry.field(default_factory=list, description=_CHANNELS)


@strawberry.type(description="The activity is written down, without participants.")
class CreateActivityPayload:
    activity: Activity = strawberry.field(description="The new activity.")


async def _create(info: Info, input: Annotated[CreateActivityInput, given_as("The activity.")]) -> Any:
    async def act(work: Work) -> int:
        host = input.host.find(info.context, "input", "host") if input.host else None
        plan = Plan(
            input.kind, input.project, input.venue, input.area, input.begins_at, input.objectives, input.ends_at,
            input.fiscal_year, input.round, input.topics, input.channels,
        )  # fmt: skip
        return await create_activity(work, host_office_id=host, plan=plan)

    return await carry_out(
        info, input, act, look_up=activities_by_ids, payload=lambda row: CreateActivityPayload(activity=row)
    )


@strawberry.input(description="An intent that changes an activity.")
class ActivityIntent(Intent):
    activity: strawberry.ID = strawberry.field(description="Id of the activity.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)

    def find(self, info: Info) -> int:
        return wanted_id(info.context, "Activity", self.activity, "input", "activity")


@strawberry.input(description="What is left out stays as it is.")
class UpdateActivityInput(ActivityIntent):
    project: str | None = strawberry.field(default=None, description="Name of the project it belongs to.")
    venue: str | None = strawberry.field(default=None, description="The place, as people find it.")
    area: str | None = strawberry.field(default=None, description="Code of the area, in the host's province.")
    begins_at: datetime | None = strawberry.field(
        default=None, description="When it begins; the fiscal year follows unless you give one."
    )
    ends_at: datetime | None = strawberry.field(default=None, description="When it ends.")
    objectives: str | None = strawberry.field(default=None, description="What it is to bring about.")
    fiscal_year: int | None = strawberry.field(default=None, description=_FISCAL_YEAR)
    round: int | None = strawberry.field(default=None, description="Which time it is held, from 1.")
    topics: list[str] | None = strawberry.field(default=None, description=_TOPICS)
    channels: list[PublicityChannel] | None = strawberry.field(default=None, description=_CHANNELS)
    cancelled: bool = strawberry.field(
        default=False, description="True cancels it for good; its round may then be given to another."
    )


@strawberry.type(description="The activity is changed.")
class UpdateActivityPayload:
    activity: Activity = strawberry.field(description="The activity as it stands now.")


async def _update(info: Info, input: Annotated[UpdateActivityInput, given_as("What is to be another way.")]) -> Any:
    async def act(work: Work) -> int:
        change = ActivityChange(
            input.project, input.venue, input.area, input.begins_at, input.ends_at, input.objectives,
            input.fiscal_year, input.round, input.topics, input.channels, input.cancelled,
        )  # fmt: skip
        return await update_activity(
            work, activity_id=input.find(info), expected_version=input.expected_version, change=change
        )

    return await carry_out(
        info, input, act, look_up=activities_by_ids, payload=lambda row: UpdateActivityPayload(activity=row)
    )


@strawberry.input(description="What came of an activity: at least one of these.")
class RecordActivityOutcomeInput(ActivityIntent):
    knowledge_before: int | None = strawberry.field(
        default=None, description="Average score of a test before it, 0 to 100 percent."
    )
    knowledge_after: int | None = strawberry.field(
        default=None, description="Average score of a test after it, 0 to 100 percent."
    )
    people_reached: int | None = strawberry.field(default=None, description="How many people a campaign reached.")
    notes: str | None = strawberry.field(
        default=None, description="What else there is to say, without names of people; at most 10000 characters."
    )


@strawberry.type(description="The outcome is recorded, and the activity CLOSED.")
class RecordActivityOutcomePayload:
    activity: Activity = strawberry.field(description="The activity as it stands now.")


async def _record(info: Info, input: Annotated[RecordActivityOutcomeInput, given_as("What came of it.")]) -> Any:
    async def act(work: Work) -> int:
        result = ActivityResult(input.knowledge_before, input.knowledge_after, input.people_reached, input.notes)
        return await record_activity_outcome(
            work, activity_id=input.find(info), expected_version=input.expected_version, result=result
        )

    return await carry_out(
        info, input, act, look_up=activities_by_ids, payload=lambda row: RecordActivityOutcomePayload(activity=row)
    )


@strawberry.type
class ActivityMutations:
    create_activity = intent(
        _create,
        CreateActivityPayload,
        f"Plan an activity of your office, or write down one that has been. {LED}",
        versioned=False,
    )
    update_activity = intent(
        _update, UpdateActivityPayload, f"Change an activity that is not closed, or cancel it. {LED}"
    )
    record_activity_outcome = intent(
        _record,
        RecordActivityOutcomePayload,
        f"Record what came of an activity that has begun. It closes it; sent again, it corrects what is given. {LED}",
    )
