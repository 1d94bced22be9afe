"""The filter of lists of cases."""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from casework.rules.calendar import period
from casework.rules.searches import read_case_search
from models.vocabulary import CaseState
from resolvers.case_filters import CaseFilter as WantedCases
from resolvers.context import Context
from schema.changing import OfficeRef
from schema.codes import known_area, known_problem_types, problem_types_of
from schema.ids import wanted_id


@strawberry.input(one_of=True, description="Who holds: a volunteer's or mentor's post, or an office.")
class HolderRef:
    seat: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Id of a post.")
    office: OfficeRef | None = strawberry.field(default=strawberry.UNSET, description="An office.")


@strawberry.input(description="A period of time; leave an end out to leave it open.")
class Period:
    from_: datetime | None = strawberry.field(default=None, name="from", description="Not before this instant.")
    until: datetime | None = strawberry.field(default=None, description="Before this instant.")


@strawberry.input(description="Which of the cases you may see; everything given must hold.")
class CaseFilter:
    states: list[CaseState] | None = strawberry.field(default=None, description="Only cases in one of these states.")
    holder: HolderRef | None = strawberry.field(default=None, description="Only cases held by this post or office.")
    office: OfficeRef | None = strawberry.field(
        default=None, description="Only cases that this office holds or that were referred to it."
    )
    volunteer: strawberry.ID | None = strawberry.field(
        default=None, description="Only cases that this volunteer's post sees through."
    )
    area: str | None = strawberry.field(
        default=None, description="Only cases taken inside this province, amphoe or tambon, by its code."
    )
    problem_types: list[str] | None = strawberry.field(
        default=None, description="Only cases with a problem of one of these types, by the codes of `problemTypes`."
    )
    agency: str | None = strawberry.field(
        default=None, description="Only cases with a problem on which the agency with this code leads."
    )
    citizen: strawberry.ID | None = strawberry.field(
        default=None, description="Only cases of this citizen that show you the citizen: from level WORK on."
    )
    campaign: strawberry.ID | None = strawberry.field(
        default=None, description="Only cases that came from this campaign: an `Activity` of the kind CAMPAIGN."
    )
    sensitive: bool | None = strawberry.field(default=None, description="Only sensitive cases, or only others.")
    overdue: bool | None = strawberry.field(
        default=None, description="Only cases that go on although `dueAt` has passed, or only others."
    )
    followed: bool | None = strawberry.field(
        default=None, description="Only cases that your post follows, or only others."
    )
    opened_between: Period | None = strawberry.field(default=None, description="Only cases opened in this period.")
    updated_between: Period | None = strawberry.field(
        default=None, description="Only cases to which something last happened in this period."
    )
    search: str | None = strawberry.field(
        default=None,
        description="Only cases with this reference, or this number within it; and, where you see them at level WORK,"
        " with these words in the citizen's name, the workplace or the narrative. What is typed together stands"
        " together, what spaces part stands anywhere; at most 200 characters.",
    )

    def wanted(self, context: Context, *path: str) -> WantedCases:
        """Give the filter with every reference looked up; refuse the first that is unknown or makes no sense.

        `path` leads to the filter, unless it is the argument of that name.
        """
        path = path or ("filter",)
        holder_seat, holder_office = self._holder(context, *path)
        opened, updated = (
            (None, None) if given is None else period(given.from_, given.until, *path, name, now=context.now)
            for given, name in ((self.opened_between, "openedBetween"), (self.updated_between, "updatedBetween"))
        )
        return WantedCases(
            states=_all(self.states),
            holder_seat_id=holder_seat,
            holder_office_id=holder_office,
            office_id=self.office.find(context, *path, "office") if self.office else None,
            volunteer_seat_id=_id(context, "Seat", self.volunteer, *path, "volunteer"),
            area_code=known_area(context, self.area, *path, "area"),
            problem_types=known_problem_types(context, self.problem_types, *path, "problemTypes"),
            agency_types=problem_types_of(context, self.agency, *path, "agency"),
            citizen_id=_id(context, "Citizen", self.citizen, *path, "citizen"),
            campaign_id=_id(context, "Activity", self.campaign, *path, "campaign"),
            sensitive=self.sensitive,
            overdue=self.overdue,
            followed=self.followed,
            opened_from=opened[0],
            opened_until=opened[1],
            updated_from=updated[0],
            updated_until=updated[1],
            search=None if self.search is None else read_case_search(self.search, *path, "search"),
        )

    def _holder(self, context: Context, *path: str) -> tuple[int | None, int | None]:
        if self.holder is None:
            return None, None
        if isinstance(self.holder.office, OfficeRef):
            return None, self.holder.office.find(context, *path, "holder", "office")
        return wanted_id(context, "Seat", str(self.holder.seat), *path, "holder", "seat"), None


def _all(given: Sequence[CaseState] | None) -> tuple[CaseState, ...] | None:
    return None if given is None else tuple(given)


def _id(context: Context, kind: str, given: strawberry.ID | None, *path: str) -> int | None:
    return None if given is None else wanted_id(context, kind, given, *path)
