"""Lists that a search narrows: few hits are taken from their index, many are met along the way."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, any_, bindparam, cast, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY

from resolvers.paging import behind_cursor, in_order

FEW = 2_000
"""So many hits are sorted in 20 ms; where there are more, a page's worth is soon met along the order.

One plan for both would walk the order for a rare word too: measured, 1.4 s in 200,000 cases.
"""
WANTED_WORDS = cast(bindparam("words", type_=Text()), TSQUERY)


class Hits(NamedTuple):
    """The rows that a search leads to.

    `ids` selects them from the indexes, whoever may see them; `counts` says of a row whether a hit counts for the
    actor; `is_hit` says of one id, without the indexes, whether it is among them.
    """

    ids: Select[Any]
    counts: ColumnElement[bool]
    is_hit: Callable[[ColumnElement[Any]], ColumnElement[bool]]


def searched(listed: Select[Any], row_id: ColumnElement[Any], hits: Hits, *, scope_is_small: bool) -> Select[Any]:
    """Narrow a list whose order does not matter: from the scope where it is small, else from the hits."""
    if not scope_is_small:
        return listed.where(row_id.in_(hits.ids), hits.counts)
    are_few, ids = _first_of(hits)
    few = listed.where(are_few, row_id == any_(ids), hits.counts)
    return select(union_all(few, listed.where(~are_few, hits.counts, hits.is_hit(row_id))).subquery("found"))


def searched_page(
    listed: Select[Any],
    row_id: ColumnElement[Any],
    hits: Hits,
    keys: Sequence[ColumnElement[Any]],
    shape: tuple[bool, bool],
    *,
    descending: bool,
) -> Select[Any]:
    """Give the ids of a page; `keys` end with the row's id. OFFSET 0 keeps the rows in order before they are tried."""
    are_few, ids = _first_of(hits)
    named = [key.label(f"key_{at}") for at, key in enumerate(keys)]
    keyed = listed.with_only_columns(row_id.label("id"), *named).where(hits.counts)
    behind = behind_cursor(keyed, keys, shape, descending=descending)
    few = behind.where(are_few, row_id == any_(ids)).cte("few").prefix_with("MATERIALIZED", dialect="postgresql")
    walk = in_order(behind.where(~are_few), keys, shape, descending=descending).offset(literal_column("0"))
    met = walk.subquery("met")
    many = in_order(
        select(met).where(hits.is_hit(met.c.id)), [met.c[key.name] for key in named], shape, descending=descending
    )
    both = union_all(select(few), many.limit(bindparam("limit"))).subquery("both")
    sorted_keys = [both.c[key.name] for key in named]
    return in_order(select(both.c.id), sorted_keys, shape, descending=descending).limit(bindparam("limit"))


def _first_of(hits: Hits) -> tuple[ColumnElement[bool], Any]:
    """Look up the first hits, once: are they all, and which are they?"""
    hit = select(hits.ids.subquery("hit").c[0].label("id")).limit(FEW + 1).cte("hits")
    hit = hit.prefix_with("MATERIALIZED", dialect="postgresql")
    counted = select(func.count()).select_from(hit).scalar_subquery()
    return counted <= FEW, func.array(select(hit.c.id).scalar_subquery())
