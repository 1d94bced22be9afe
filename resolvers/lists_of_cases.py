"""Pages of lists that belong to a case or to a citizen: one statement for all the parents of a level."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, bindparam, func, select, true

from casework.policy.visibility import the_case
from resolvers.case_tallies import tallied
from resolvers.context import Context
from resolvers.looks import showing_as
from resolvers.paging import NOT_COUNTED, Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page

_parents = func.unnest(bindparam("ids", type_=ARRAY(BigInteger))).table_valued("id", name="parent").render_derived()


class CaseList:
    """A list of each case or citizen, newest or oldest first: a select through the door, its order, and its rows.

    `build` gives the select for a kind of seat, without its parent; `keys` order it and make its cursors.
    `of` is the column that names the parent, where that is not the case.
    """

    def __init__(
        self,
        name: str,
        *,
        build: Callable[[Any], Select[Any]],
        keys: Sequence[ColumnElement[Any]],
        descending: bool,
        make: Callable[[Any], Any],
        of: ColumnElement[int] = the_case.c.id,
    ) -> None:
        self.name = name
        self._build = build
        self._keys = keys
        self._descending = descending
        self._make = make
        self._of = of
        self._statement = cache(self._page_statement)
        self._total = cache(self._total_statement)
        self._tally = cache(self._tally_statement)

    def like(self, build: Callable[[Any], Select[Any]]) -> "CaseList":
        """Make a list of other rows in the same order; the cursors of one lead on in the other."""
        keys, descending, make, of = self._keys, self._descending, self._make, self._of
        return CaseList(self.name, build=build, keys=keys, descending=descending, make=make, of=of)

    def _page_statement(self, kind: Any, shape: tuple[bool, bool]) -> Select[Any]:
        of_parent = self._build(kind).where(self._of == _parents.c.id)
        page = keyset(of_parent, self._keys, shape, descending=self._descending).correlate(_parents).lateral("page")
        whole = select(_parents.c.id.label("parent_id"), page).select_from(_parents.join(page, true()))
        return showing_as(whole, of_parent)

    def _total_statement(self, kind: Any) -> Select[Any]:
        of_parent = self._build(kind).where(self._of == _parents.c.id).correlate(_parents)
        return select(_parents.c.id, capped(of_parent).scalar_subquery().label("counted"))

    def _tally_statement(self, kind: Any) -> Select[Any]:
        of_parent = self._build(kind).with_only_columns(the_case.c.state).where(self._of == _parents.c.id)
        tally = tallied(of_parent.correlate(_parents)).correlate(_parents).lateral("tally")
        return select(_parents.c.id, tally).select_from(_parents.join(tally, true()))

    async def pages(self, parents: Sequence[Any], page: Paging, *, context: Context, **asked: Any) -> list[Page]:
        """Give each parent's page, aligned with the parents; `asked` are parameters that `build` left open."""
        kind = context.actor().kind
        given = {"ids": list(dict.fromkeys(parent.id for parent in parents)), **keyset_values(page), **asked}
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in await context.rows(self._statement(kind, page.shape), given):
            grouped[row.parent_id].append(self._make(row[1:]))
        names = [key.name for key in self._keys]

        def cursor_of(row: Any) -> str:
            return make_cursor(context, self.name, *(getattr(row, name) for name in names))

        return [
            make_page(
                grouped[parent.id],
                page,
                cursor_of,
                Total(self._total(kind), asked, parent.id),
                NOT_COUNTED if self._of is the_case.c.id else Total(self._tally(kind), parent_id=parent.id),
            )
            for parent in parents
        ]
