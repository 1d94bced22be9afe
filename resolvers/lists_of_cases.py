"""Pages of lists that belong to a case: one statement for all the cases of a level."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, bindparam, func, select, true

from casework.policy.visibility import the_case
from resolvers.context import Context
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import CaseRow

_parents = func.unnest(bindparam("ids", type_=ARRAY(BigInteger))).table_valued("id", name="parent").render_derived()


class CaseList:
    """A list of each case, newest or oldest first: a select through the door, its order, and its rows.

    `build` gives the select for a kind of seat, without its case; `keys` order it and make its cursors.
    """

    def __init__(
        self,
        name: str,
        *,
        build: Callable[[Any], Select[Any]],
        keys: Sequence[ColumnElement[Any]],
        descending: bool,
        make: Callable[[Any], Any],
    ) -> None:
        self.name = name
        self._build = build
        self._keys = keys
        self._descending = descending
        self._make = make
        self._statement = cache(self._page_statement)
        self._total = cache(self._total_statement)

    def _page_statement(self, kind: Any, shape: tuple[bool, bool]) -> Select[Any]:
        of_parent = self._build(kind).where(the_case.c.id == _parents.c.id)
        page = keyset(of_parent, self._keys, shape, descending=self._descending).correlate(_parents).lateral("page")
        return select(_parents.c.id.label("parent_id"), page).select_from(_parents.join(page, true()))

    def _total_statement(self, kind: Any) -> Select[Any]:
        of_parent = self._build(kind).where(the_case.c.id == _parents.c.id).correlate(_parents)
        return select(_parents.c.id, capped(of_parent).scalar_subquery().label("counted"))

    async def pages(self, cases: Sequence[CaseRow], page: Paging, *, context: Context) -> list[Page]:
        """Give each case's page, aligned with the cases."""
        kind = context.actor().kind
        given = {"ids": list(dict.fromkeys(case.id for case in cases)), **keyset_values(page)}
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in await context.rows(self._statement(kind, page.shape), given):
            grouped[row.parent_id].append(self._make(row[1:]))
        names = [key.name for key in self._keys]

        def cursor_of(row: Any) -> str:
            return make_cursor(context, self.name, *(getattr(row, name) for name in names))

        return [
            make_page(grouped[case.id], page, cursor_of, Total(self._total(kind), parent_id=case.id)) for case in cases
        ]
