"""Areas and offices: lists over the reference data in memory."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from casework.reference.data import AreaRow, OfficeRow
from models.vocabulary import AreaLevel
from resolvers.context import Context
from resolvers.paging import Page, Paging, Total, make_cursor, make_page


class AreaFilter(NamedTuple):
    level: AreaLevel | None = None
    inside: str | None = None
    name: str | None = None


class OfficeFilter(NamedTuple):
    agency_code: str | None = None
    province_code: str | None = None
    covers: str | None = None


def list_areas(context: Context, wanted: AreaFilter, page: Paging) -> Page:
    """Give a page of areas in the order of their codes."""
    name = wanted.name.casefold() if wanted.name else None
    found = [
        area
        for area in context.reference.areas.values()  # read in the order of their codes
        if (wanted.level is None or area.level is wanted.level)
        and (wanted.inside is None or (area.code.startswith(wanted.inside) and area.code != wanted.inside))
        and (name is None or name in area.name_th or name in area.name_en.casefold())
    ]
    return _page(context, "areas", found, lambda row: row.code, page)


def list_offices(context: Context, wanted: OfficeFilter, page: Paging) -> Page:
    """Give a page of offices in the order of their codes."""
    found: list[OfficeRow] = [
        office
        for office in sorted(context.reference.offices.values(), key=lambda office: office.code)
        if (wanted.agency_code is None or office.agency_code == wanted.agency_code)
        and (wanted.province_code is None or office.province_code == wanted.province_code)
        and (wanted.covers is None or context.reference.covers(office.id, wanted.covers))
    ]
    return _page(context, "offices", found, lambda row: row.code, page)


def children_of(context: Context, area: AreaRow) -> list[AreaRow]:
    return context.reference.children.get(area.code, [])


def _page(context: Context, name: str, rows: Sequence[Any], key: Callable[[Any], str], page: Paging) -> Page:
    """Cut a page out of a sorted list by the keys of its rows."""
    total = Total(known=len(rows))
    after = page.after[0] if page.after else None
    if page.backward:
        left = [row for row in reversed(rows) if after is None or key(row) < after]
    else:
        left = [row for row in rows if after is None or key(row) > after]
    return make_page(left[: page.limit + 1], page, lambda row: make_cursor(context, name, key(row)), total)
