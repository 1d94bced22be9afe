"""The query for lists of activities."""

from typing import Annotated, Any

import strawberry

from casework.rules import texts
from casework.rules.calendar import period
from models.activity_words import ActivityKind, ActivityState
from resolvers.activities import ACTIVITIES, list_activities
from resolvers.activities import ActivityFilter as WantedActivities
from resolvers.context import Context
from schema.binding import Info
from schema.changing import OfficeRef
from schema.codes import known_area
from schema.operations.case_filter import Period
from schema.types.activity import ActivityConnection
from schema.types.connection import After, Before, First, Last, asked_page


@strawberry.input(description="Which of the activities you may see; everything given must hold.")
class ActivityFilter:
    kinds: list[ActivityKind] | None = strawberry.field(default=None, description="Only of one of these kinds.")
    states: list[ActivityState] | None = strawberry.field(default=None, description="Only those that stand so.")
    office: OfficeRef | None = strawberry.field(default=None, description="Only those that this office holds.")
    area: str | None = strawberry.field(
        default=None, description="Only those held inside this province, amphoe or tambon, by its code."
    )
    fiscal_year: int | None = strawberry.field(default=None, description="Only of this fiscal year, Buddhist Era.")
    project: str | None = strawberry.field(default=None, description="Only of this project, by its whole name.")
    begins_between: Period | None = strawberry.field(default=None, description="Only those that begin in this period.")
    invited: bool | None = strawberry.field(
        default=None, description="Only those to which your post is invited, or only others."
    )

    def wanted(self, context: Context) -> WantedActivities:
        """Give the filter with every reference looked up; refuse the first that is unknown or makes no sense."""
        given = self.begins_between or Period()
        since, until = period(given.from_, given.until, "filter", "beginsBetween", now=context.now)
        return WantedActivities(
            kinds=None if self.kinds is None else tuple(self.kinds),
            states=None if self.states is None else tuple(self.states),
            office_id=self.office.find(context, "filter", "office") if self.office else None,
            area_code=known_area(context, self.area, "filter", "area"),
            fiscal_year=self.fiscal_year,
            project=_named(self.project),
            begins_from=since,
            begins_until=until,
            invited=self.invited,
        )


def _named(project: str | None) -> str | None:
    return None if project is None else texts.clean_line(project, "filter", "project", limit=texts.LINE)


async def _activities(
    info: Info,
    filter: Annotated[ActivityFilter | None, strawberry.argument(description="Which activities.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, ACTIVITIES, first, last, after, before)
    return await list_activities(info.context, (filter or ActivityFilter()).wanted(info.context), page)


@strawberry.type
class ActivityQueries:
    activities: ActivityConnection | None = strawberry.field(
        resolver=_activities,
        description="Trainings, campaigns, meetings and field days that you may see, the latest first.",
    )
