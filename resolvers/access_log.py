"""Who looked at a citizen's data, for those who may ask."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, select

from casework.access import access, reveal
from casework.policy.citizens import citizen, citizen_door
from casework.policy.permissions import may_with_citizen
from models import Account, Seat, table_of
from models.action_words import CitizenAction
from models.privacy_words import AccessPurpose
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.looks import showing
from resolvers.paging import Page, Paging
from resolvers.rows_of_people import AccessLogRow, CitizenRow
from resolvers.rows_of_posts import PersonRow

account, seat = table_of(Account), table_of(Seat)
_OWN = tuple(name for name in AccessLogRow._fields if name in access.c and name != "level")


@cache
def _looks(kind: SeatKind) -> Select[Any]:
    """Look for entries through the citizen's door; whoever reads them has looked at the citizen as well."""
    seen = citizen_door(kind)
    joined = (
        seen.rows.join(access, access.c.citizen_id == citizen.c.id)
        .outerjoin(seat, seat.c.id == access.c.seat_id)
        .outerjoin(reveal, reveal.c.id == access.c.reveal_id)
    )
    told = access.c.level.label("level_shown"), seat.c.office_id, reveal.c.reason, seen.level.label("level")
    rows = select(*(access.c[name] for name in _OWN), *told).select_from(joined)
    return showing(rows.where(seen.allowed, seen.level >= int(Level.FULL)), case=None, purpose=AccessPurpose.ACCESS_LOG)


_LOGS = CaseList(
    "access log",
    build=_looks,
    keys=[access.c.at, access.c.id],
    descending=True,
    make=AccessLogRow._make,
    of=citizen.c.id,
)
NAME = _LOGS.name


async def access_logs(citizens: Sequence[CitizenRow], *, page: Paging, context: Context) -> list[Page | None]:
    """Give a page of each citizen's entries, the latest first; None where the actor may not ask."""
    by = context.actor()
    open_ = {row.id: row for row in citizens if _may_read(by, row)}
    pages = await _LOGS.pages(list(open_.values()), page, context=context) if open_ else []
    found = dict(zip(open_, pages, strict=True))
    return [found.get(row.id) for row in citizens]


def _may_read(by: Any, row: CitizenRow) -> bool:
    erased, merged = row.erased_at is not None, row.merged_into_citizen_id is not None
    return may_with_citizen(by, CitizenAction.READ_ACCESS_LOG, row.level, erased=erased, merged=merged).refusal is None


_PEOPLE = select(account.c.id, *(account.c[name] for name in PersonRow._fields)).where(account.c.id == any_(IDS))


async def people_by_accounts(ids: Sequence[int | None], *, context: Context) -> list[PersonRow | None]:
    """Give the people, aligned with the ids of their accounts, whatever posts they fill now."""
    return await look_up(ids, lambda _: _PEOPLE, lambda row: PersonRow._make(row[1:]), context)
