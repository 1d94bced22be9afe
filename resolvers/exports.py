"""The exports of the one who asks: in this post, by this account, and nobody else's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ARRAY, BigInteger, any_, bindparam, select

from casework.objects import TO_DOWNLOAD, Bearer, Link
from casework.policy.visibility import BY_SEAT
from casework.rules.searches import CaseSearch
from casework.work import Work
from models import Export, table_of
from models.list_words import CaseOrder
from models.vocabulary import CaseState
from resolvers.case_filters import CaseFilter, given_values
from resolvers.cases import exact_count
from resolvers.context import Context
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows_of_exports import ExportRow

export = table_of(Export)
EXPORTS = "exports"
_INSTANTS = ("opened_from", "opened_until", "updated_from", "updated_until")
_OWN = select(*(export.c[name] for name in ExportRow._fields)).where(
    export.c.seat_id == BY_SEAT, export.c.account_id == bindparam("account", type_=BigInteger())
)
_BY_IDS = _OWN.where(export.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))
_KEYS = [export.c.requested_at, export.c.id]
_PAGES = {
    (backward, behind): keyset(_OWN, _KEYS, (backward, behind), descending=True)
    for backward in (False, True)
    for behind in (False, True)
}
_COUNT = capped(_OWN.with_only_columns(export.c.id))


async def exports_by_ids(ids: Sequence[int | None], *, context: Context) -> list[ExportRow | None]:
    """Give the actor's own exports, aligned with the ids."""
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    found: dict[int, ExportRow] = {}
    if wanted and context.by is not None:
        rows = await context.rows(_BY_IDS, {"ids": wanted, "account": context.by.account_id})
        found = {row.id: ExportRow._make(row) for row in rows}
    return [None if id_ is None else found.get(id_) for id_ in ids]


async def own_exports(context: Context, page: Paging) -> Page:
    """Give a page of the actor's own exports, the latest first."""
    given = {"account": context.actor().account_id}
    rows = await context.rows(_PAGES[page.shape], {**given, **keyset_values(page)})
    return make_page(
        [ExportRow._make(row) for row in rows],
        page,
        lambda row: make_cursor(context, EXPORTS, row.requested_at, row.id),
        Total(_COUNT, given),
    )


def export_link(row: ExportRow, context: Context) -> Link | None:
    """Give a link to fetch the file with; None where there is none."""
    if not row.is_there(context.now) or row.expires_at is None or context.subject is None:
        return None
    bearer = Bearer(context.subject, context.actor().seat_id)
    until = min(context.now + TO_DOWNLOAD, row.expires_at)
    return context.services.objects.to_export(row.id, bearer, until=until)


async def count_for_export(work: Work, wanted: CaseFilter, *, most: int) -> int:
    """Count the cases that a list with this filter has for whoever asks: exactly, up to `most`."""
    given = given_values(work.by.kind, wanted, now=work.now)
    counted = exact_count(work.by.kind, frozenset(given))
    return await work.session.scalar(counted, {**work.by.scope_at(work.now), **given, "most": most}) or 0


def write_wanted(wanted: CaseFilter, order: CaseOrder) -> bytes:
    """Write a filter down for a later reading."""
    told = {name: value for name, value in wanted._asdict().items() if value is not None}
    if wanted.search is not None:
        told["search"] = wanted.search._asdict()
    return orjson.dumps({"filter": told, "order": order.value})


def read_wanted(data: bytes) -> tuple[CaseFilter, CaseOrder]:
    told = orjson.loads(data)
    given: dict[str, Any] = told["filter"]
    for name in ("states", "problem_types", "agency_types"):
        if name in given:
            given[name] = tuple(given[name])
    if "states" in given:
        given["states"] = tuple(CaseState(state) for state in given["states"])
    for name in _INSTANTS:
        if name in given:
            given[name] = datetime.fromisoformat(given[name])
    if "search" in given:
        given["search"] = CaseSearch(**given["search"])
    return CaseFilter(**given), CaseOrder(told["order"])
