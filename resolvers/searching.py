"""Lists that a search narrows: few hits are taken from their index, many are met along the way.

The index is looked into by functions of the database (migrations/versions/0008_wall.sql): row-level security lets no
`@@` come before its policies, and without them the index could not serve.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Function,
    Select,
    Text,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from resolvers.paging import behind_cursor, in_order

FEW = 2_000
"""So many hits are sorted in 20 ms; where there are more, a page's worth is soon met along the order.

One plan for both would walk the order for a rare word too: measured, 1.4 s in 200,000 cases.
"""
WANTED_WORDS = cast(bindparam("words", type_=Text()), TSQUERY)


class Hits(NamedTuple):
    """The rows that a search leads to.

    `found` looks into the indexes for (all_found, ids): where a word has more than FEW hits, `all_found` is false and
    `ids` are only those found in another way. `counts` says of a row whether a hit counts for the actor; `has_words`
    says of one id, without the indexes, whether the words are there.
    """

    found: Function[Any]
    counts: ColumnElement[bool]
    has_words: Callable[[ColumnElement[Any]], ColumnElement[bool]]


def searched(listed: Select[Any], row_id: ColumnElement[Any], hits: Hits) -> Select[Any]:
    """Narrow a list whose order does not matter."""
    all_found, ids = _looked_up(hits)
    few = listed.where(all_found, row_id == any_(ids), hits.counts)
    many = listed.where(~all_found, hits.counts, _is_hit(row_id, ids, hits))
    return select(union_all(few, many).subquery("found"))


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
    all_found, ids = _looked_up(hits)
    named = [key.label(f"key_{at}") for at, key in enumerate(keys)]
    keyed = listed.with_only_columns(row_id.label("id"), *named).where(hits.counts)
    behind = behind_cursor(keyed, keys, shape, descending=descending)
    few = behind.where(all_found, row_id == any_(ids)).cte("few").prefix_with("MATERIALIZED", dialect="postgresql")
    walk = in_order(behind.where(~all_found), keys, shape, descending=descending).offset(literal_column("0"))
    met = walk.subquery("met")
    hit = select(met).where(_is_hit(met.c.id, ids, hits))
    many = in_order(hit, [met.c[key.name] for key in named], shape, descending=descending)
    both = union_all(select(few), many.limit(bindparam("limit"))).subquery("both")
    sorted_keys = [both.c[key.name] for key in named]
    return in_order(select(both.c.id), sorted_keys, shape, descending=descending).limit(bindparam("limit"))


def _looked_up(hits: Hits) -> tuple[ColumnElement[bool], Any]:
    """Look into the indexes, once: are the ids all, and which are they?"""
    both = hits.found.table_valued(column("all_found", Boolean()), column("ids", ARRAY(BigInteger))).render_derived()
    hit = select(both).cte("hits").prefix_with("MATERIALIZED", dialect="postgresql")
    ids = func.unnest(select(hit.c.ids).scalar_subquery()).column_valued("hit")
    return select(hit.c.all_found).scalar_subquery(), func.array(select(ids).scalar_subquery())


def _is_hit(row_id: ColumnElement[Any], ids: Any, hits: Hits) -> ColumnElement[bool]:
    return or_(row_id == any_(ids), hits.has_words(row_id))
