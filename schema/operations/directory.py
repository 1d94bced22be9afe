"""Queries for the public directory: agencies, offices, areas, problem types; and for posts."""

from typing import Annotated, Any

import strawberry

from models.vocabulary import AreaLevel, SeatKind
from resolvers.directory import AreaFilter as WantedAreas
from resolvers.directory import OfficeFilter as WantedOffices
from resolvers.directory import list_areas, list_offices
from resolvers.seats import SeatFilter as WantedSeats
from resolvers.seats import list_seats
from schema.binding import SIZE, Info
from schema.changing import OfficeRef
from schema.codes import known_area
from schema.types.agency import Agency, OfficeConnection
from schema.types.area import AreaConnection
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.problem_type import ProblemType
from schema.types.seat import SeatConnection, VolunteerConnection


@strawberry.input(description="Which areas; everything given must hold.")
class AreaFilter:
    level: AreaLevel | None = strawberry.field(default=None, description="Only this level.")
    inside: str | None = strawberry.field(default=None, description="Only areas inside the one with this code.")
    name: str | None = strawberry.field(default=None, description="Only names that contain this, Thai or English.")


@strawberry.input(description="Which offices; everything given must hold.")
class OfficeFilter:
    agency: str | None = strawberry.field(default=None, description="Only offices of the agency with this code.")
    province: str | None = strawberry.field(default=None, description="Only offices in the province with this code.")
    covers: str | None = strawberry.field(default=None, description="Only offices that answer for this area.")


@strawberry.input(description="Which posts; everything given must hold.")
class SeatFilter:
    kinds: list[SeatKind] | None = strawberry.field(default=None, description="Only these kinds.")
    area: str | None = strawberry.field(default=None, description="Only posts inside the area with this code.")
    office: OfficeRef | None = strawberry.field(default=None, description="Only posts of this office.")


@strawberry.input(description="Which volunteers; everything given must hold.")
class VolunteerFilter:
    area: str | None = strawberry.field(default=None, description="Only volunteers inside the area with this code.")


def _agencies(info: Info) -> Any:
    return list(info.context.reference.agencies.values())


def _problem_types(info: Info) -> Any:
    return list(info.context.reference.problem_types.values())


def _areas(
    info: Info,
    filter: Annotated[AreaFilter | None, strawberry.argument(description="Which areas.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    wanted = filter or AreaFilter()
    page = asked_page(info, "areas", first, last, after, before)
    inside = known_area(info.context, wanted.inside, "filter", "inside")
    return list_areas(info.context, WantedAreas(wanted.level, inside, wanted.name), page)


def _offices(
    info: Info,
    filter: Annotated[OfficeFilter | None, strawberry.argument(description="Which offices.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    wanted = filter or OfficeFilter()
    page = asked_page(info, "offices", first, last, after, before)
    province = known_area(info.context, wanted.province, "filter", "province")
    covers = known_area(info.context, wanted.covers, "filter", "covers")
    return list_offices(info.context, WantedOffices(wanted.agency, province, covers), page)


async def _seats(
    info: Info,
    filter: Annotated[SeatFilter | None, strawberry.argument(description="Which posts.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    wanted = filter or SeatFilter()
    page = asked_page(info, "seats", first, last, after, before)
    office_id = wanted.office.find(info.context, "filter", "office") if wanted.office else None
    kinds = tuple(wanted.kinds) if wanted.kinds is not None else None
    area = known_area(info.context, wanted.area, "filter", "area")
    return await list_seats(info.context, WantedSeats(kinds, area, office_id), page)


async def _volunteers(
    info: Info,
    filter: Annotated[VolunteerFilter | None, strawberry.argument(description="Which volunteers.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, "seats", first, last, after, before)
    area = known_area(info.context, filter.area if filter else None, "filter", "area")
    return await list_seats(info.context, WantedSeats((SeatKind.VOLUNTEER,), area), page)


@strawberry.type
class DirectoryQueries:
    agencies: list[Agency] = strawberry.field(resolver=_agencies, description="The Ministry's five agencies. Public.")
    problem_types: list[ProblemType] = strawberry.field(
        resolver=_problem_types,
        description="All kinds of labour problems, with their legal clocks. Public.",
        metadata={SIZE: 31},
    )
    areas: AreaConnection = strawberry.field(
        resolver=_areas, description="Provinces, amphoe and tambon in the order of their codes. Public."
    )
    offices: OfficeConnection = strawberry.field(
        resolver=_offices, description="Offices of the agencies in the order of their codes. Public."
    )
    seats: SeatConnection | None = strawberry.field(
        resolver=_seats, description="Posts with the people who fill them now."
    )
    volunteers: VolunteerConnection | None = strawberry.field(
        resolver=_volunteers, description="Volunteers' posts with the people who fill them now."
    )
