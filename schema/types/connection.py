"""Pages of lists, in Relay's shape."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import strawberry

from resolvers.context import Context
from resolvers.paging import EXACT_TO, Page, Paging, paging, totals
from schema.binding import Info, each, noun, plain, worked_out

T = TypeVar("T")

First = Annotated[int | None, strawberry.argument(description="How many from the start of the list: 1 to 100.")]
Last = Annotated[int | None, strawberry.argument(description="How many from the end of the list: 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="With `first`: continue behind this cursor.")]
Before = Annotated[str | None, strawberry.argument(description="With `last`: continue in front of this cursor.")]


def asked_page(
    info: Info, name: str, first: int | None, last: int | None, after: str | None, before: str | None
) -> Paging:
    return paging(info.context, name, first=first, last=last, after=after, before=before)


def _always(_row: Any) -> bool:
    return True


def pages_of(name: str, rows: Any, shown: Callable[[Any], bool] = _always) -> Any:
    """Make the resolver of a list of an object; `rows` gives the pages of many objects at once.

    The list is null for the objects that `shown` denies.
    """

    def read(
        parent: strawberry.Parent[Any],
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Any:
        page = asked_page(info, name, first, last, after, before)
        return each(parent, info.context, rows, page=page) if shown(parent) else None

    return read


class PageInfoRow(NamedTuple):
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@noun(PageInfoRow, description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = plain("More follow; ask with `first` and `after: endCursor`.")
    has_previous_page: bool = plain("More come before; ask with `last` and `before: startCursor`.")
    start_cursor: str | None = plain("Cursor of the first item.")
    end_cursor: str | None = plain("Cursor of the last item.")


class CountRow(NamedTuple):
    counted: int
    is_exact: bool


@noun(CountRow, description="How many items a list has.")
class TotalCount:
    count: int = worked_out(lambda row, _: row.counted, "The number of items, at most 10000.")
    is_exact: bool = plain("False when there are more than `count`.")


class EdgeRow(NamedTuple):
    node: Any
    cursor: str


@noun(EdgeRow, description="An item with its place in the list.")
class Edge(Generic[T]):
    node: T = plain("The item.")
    cursor: str = plain("Opaque place of the item in this list and order.")


def _edges(page: Page, _context: Context) -> list[EdgeRow]:
    return [EdgeRow(row, page.cursor_of(row)) for row in page.rows]


def _page_info(page: Page, _context: Context) -> PageInfoRow:
    first, last = (page.cursor_of(page.rows[0]), page.cursor_of(page.rows[-1])) if page.rows else (None, None)
    return PageInfoRow(page.has_next_page, page.has_previous_page, first, last)


async def _total_count(parent: strawberry.Parent[Page], info: Info) -> Any:
    count = await each(parent, info.context, totals)
    return CountRow(min(count, EXACT_TO), count <= EXACT_TO)


@noun(Page, description="A page of a list.")
class Connection(Generic[T]):
    nodes: list[T] = worked_out(lambda page, _: page.rows, "The items, when their cursors are not needed.")
    edges: list[Edge[T]] = worked_out(_edges, "The items with their cursors.")
    page_info: PageInfo = worked_out(_page_info, "Where this page stands in the list.")
    total_count: TotalCount = strawberry.field(
        resolver=_total_count, description="How many items the whole list has; counted only when asked, exact to 10000."
    )
