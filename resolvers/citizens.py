"""Citizens, as far as the actor sees them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, FromClause, Select, Text, and_, any_, bindparam, func, or_, select, true

from casework.policy.citizens import citizen, citizen_door
from models import CitizenContact, CitizenIdentifier, CitizenSearch, table_of
from models.vocabulary import ContactKind, Disclosure, Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.looks import showing
from resolvers.paging import Page, Paging, Total, capped, in_order, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import CaseRow
from resolvers.rows_of_people import CitizenRow, ContactsRow, IdentifierRow
from resolvers.searching import FEW, WANTED_WORDS, Hits, searched, searched_page

contact, identifier = table_of(CitizenContact), table_of(CitizenIdentifier)
search = table_of(CitizenSearch)
_answers = search.c.words.bool_op("@@")(WANTED_WORDS)
_HITS = Hits(
    found=func.search_citizens(WANTED_WORDS, FEW),
    counts=true(),
    has_words=lambda citizen_id: select(_answers).where(search.c.citizen_id == citizen_id).scalar_subquery(),
)


@cache
def _citizens(kind: SeatKind) -> Select[Any]:
    return _rows(kind, citizen_door(kind).rows).where(citizen.c.id == any_(IDS), citizen_door(kind).allowed)


def _rows(kind: SeatKind, of: FromClause) -> Select[Any]:
    seen = citizen_door(kind)
    own = [citizen.c[name] for name in CitizenRow._fields if name in citizen.c]
    rows = select(*own, seen.level.label("level"), seen.discloses.label("discloses")).select_from(of)
    return showing(rows, citizen="id", case=None)


async def citizens_by_ids(ids: Sequence[int | None], *, context: Context) -> list[CitizenRow | None]:
    return await look_up(ids, _citizens, CitizenRow._make, context)


@cache
def _merged(kind: SeatKind) -> Select[Any]:
    seen = citizen_door(kind)
    into = citizen.c.merged_into_citizen_id == any_(IDS)
    return _rows(kind, seen.rows).where(into, seen.allowed).order_by(citizen.c.id)


async def records_merged_into(citizens: Sequence[CitizenRow], *, context: Context) -> list[list[CitizenRow]]:
    """Give the records that go on in each citizen's."""
    found: dict[int | None, list[CitizenRow]] = defaultdict(list)
    for row in await context.rows(_merged(context.actor().kind), {"ids": [one.id for one in citizens]}):
        record = CitizenRow._make(row)
        found[record.merged_into_citizen_id].append(record)
    return [found[one.id] for one in citizens]


async def citizens_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[CitizenRow | None]:
    """Give the citizen whose matter each case is, where its level shows that."""
    rows = await citizens_by_ids([case.citizen_id for case in cases], context=context)
    for case, row in zip(cases, rows, strict=True):
        if row is not None:
            context.looks.through_case(case.id, row.id, row.level)
    return rows


class CitizenFilter(NamedTuple):
    """Which citizens; everything given must hold. `area_code` means home inside that area; `words` is a tsquery."""

    area_code: str | None = None
    words: str | None = None


@cache
def _list(kind: SeatKind, shape: tuple[bool, bool], names: frozenset[str]) -> Select[Any]:
    """Find the page's ids first, and read the rows of only those."""
    seen = citizen_door(kind)
    listed = _filtered(kind, names)
    if "words" in names:
        page = searched_page(listed, citizen.c.id, _HITS, [citizen.c.id], shape, descending=True).subquery("page")
    else:
        page = keyset(listed, [citizen.c.id], shape, descending=True).subquery("page")
    rows = _rows(kind, seen.rows.join(page, page.c.id == citizen.c.id))
    return in_order(rows, [citizen.c.id], shape, descending=True)


@cache
def _count(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    listed = _filtered(kind, names)
    if "words" in names:
        listed = searched(listed, citizen.c.id, _HITS)
    return capped(listed)


def _filtered(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    statement = select(citizen.c.id).where(citizen_door(kind).listed)
    if "area_code" in names:
        statement = statement.where(
            func.starts_with(citizen.c.area_code, bindparam("area_code", type_=Text()), type_=Boolean())
        )
    return statement


async def list_citizens(context: Context, wanted: CitizenFilter, page: Paging) -> Page:
    """Give a page of the citizens that the actor sees, the latest registered first: ids rise with registration."""
    kind = context.actor().kind
    given = {name: value for name, value in wanted._asdict().items() if value is not None}
    names = frozenset(given)
    context.looks.through_a_list(searching="words" in names)
    found = await context.rows(_list(kind, page.shape, names), {**given, **keyset_values(page)})
    rows = [CitizenRow._make(row) for row in found]
    total = Total(_count(kind, names), given)
    return make_page(rows, page, lambda row: make_cursor(context, "citizens", row.id), total)


@cache
def _contacts(kind: SeatKind) -> Select[Any]:
    """Contacts at level FULL, or those that a referral discloses to the actor's office."""
    seen = citizen_door(kind)
    full = seen.level >= int(Level.FULL)
    shown = or_(
        full,
        and_(contact.c.kind == ContactKind.PHONE, seen.discloses.op("&")(int(Disclosure.PHONES)) != 0),
        and_(contact.c.kind == ContactKind.ADDRESS, seen.discloses.op("&")(int(Disclosure.ADDRESSES)) != 0),
    )
    joined = seen.rows.join(contact, contact.c.citizen_id == citizen.c.id)
    rows = select(contact.c.citizen_id, contact.c.kind, contact.c.value, seen.level.label("level")).select_from(joined)
    chosen = rows.where(citizen.c.id == any_(IDS), seen.allowed, shown).order_by(contact.c.position)
    return showing(chosen, case=None)


@cache
def _identifiers(kind: SeatKind) -> Select[Any]:
    seen = citizen_door(kind)
    shown = or_(seen.level >= int(Level.FULL), seen.discloses.op("&")(int(Disclosure.IDENTIFIERS)) != 0)
    columns = identifier.c.citizen_id, identifier.c.kind, identifier.c.last_four, seen.level.label("level")
    rows = select(*columns).select_from(seen.rows.join(identifier, identifier.c.citizen_id == citizen.c.id))
    chosen = rows.where(citizen.c.id == any_(IDS), seen.allowed, shown).order_by(identifier.c.id)
    return showing(chosen, case=None)


async def contacts_of_citizens(citizens: Sequence[CitizenRow], *, context: Context) -> list[ContactsRow]:
    """Give phones, addresses and identifiers; None, not an empty list, where they are hidden."""
    kind, given = context.actor().kind, {"ids": [row.id for row in citizens]}
    values: dict[tuple[int, ContactKind], list[str]] = defaultdict(list)
    for row in await context.rows(_contacts(kind), given):
        values[row.citizen_id, row.kind].append(row.value)
    documents: dict[int, list[IdentifierRow]] = defaultdict(list)
    for row in await context.rows(_identifiers(kind), given):
        documents[row.citizen_id].append(IdentifierRow(row.kind, row.last_four))
    return [
        ContactsRow(
            phones=values[row.id, ContactKind.PHONE] if _shows(row, Disclosure.PHONES) else None,
            addresses=values[row.id, ContactKind.ADDRESS] if _shows(row, Disclosure.ADDRESSES) else None,
            identifiers=documents[row.id] if _shows(row, Disclosure.IDENTIFIERS) else None,
        )
        for row in citizens
    ]


def _shows(row: CitizenRow, what: Disclosure) -> bool:
    return row.level >= Level.FULL or bool(row.discloses & what)
