"""Is somebody at intake known already? Candidates among those whom the actor sees; of all others, that one is known."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    LargeBinary,
    Row,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
)

from casework.citizen_records import Identifier
from casework.identifiers import blind_indexes
from casework.policy.citizens import GOES_ON_AS, citizen, citizen_door
from casework.policy.permissions import check_may_open
from casework.policy.wall import enter
from casework.rate_limits import check_may_ask
from casework.rules.matching import MOST_CANDIDATES, Judgement, judge
from casework.rules.names import Known, Name, best, keys_of_names
from models.vocabulary import SeatKind
from resolvers.cases import IDS
from resolvers.citizens import citizens_by_ids
from resolvers.context import Context
from resolvers.looks import showing
from resolvers.rows_of_people import MatchesRow, MatchRow

MOST_AN_HOUR = 60
"""Questions of one account: more than any counter has people in an hour, too few to try numbers through."""
MOST_COMPARED = 200
"""Citizens with names of that sound who are compared letter by letter, the nearest in sound first."""

_PHONES = bindparam("phones", type_=ARRAY(Text))
_INDEXES = bindparam("indexes", type_=ARRAY(LargeBinary))
_FOUND_COLUMNS = ("by_name", "by_phone", "by_identifier", "elsewhere")
_SHOWN: list[ColumnElement[Any]] = [column(name) for name in _FOUND_COLUMNS]
_FOUND = select(*_SHOWN).select_from(
    func.match_citizens(
        bindparam("sounds", type_=ARRAY(Text)), _PHONES, _INDEXES, literal(MOST_COMPARED, Integer())
    ).table_valued(*_FOUND_COLUMNS)
)
_NOTE = select(func.note_match(_PHONES, _INDEXES, bindparam("request", type_=Uuid())))


class Wanted(NamedTuple):
    """What was told at intake, each value in its canonical form; `name` is None where only numbers were."""

    name: Name | None
    phones: Sequence[str] = ()
    identifiers: Sequence[Identifier] = ()
    area_code: str | None = None
    birth_year: int | None = None


async def match_citizens(context: Context, wanted: Wanted) -> MatchesRow:
    """Give the likeliest candidates, the likeliest first; refuse who registers no citizens, and who asks too often."""
    check_may_open(context.actor())
    await _count_question(context)
    numbers = {
        "phones": list(wanted.phones),
        "indexes": [index for one in wanted.identifiers for index in blind_indexes(context.keys, one.kind, one.number)],
    }
    sounds = [] if wanted.name is None else keys_of_names([wanted.name])
    (found,) = await context.rows(_FOUND, {"sounds": sounds, **numbers})
    if found.elsewhere:
        await _note(context, numbers)
    judged = await _judged(context, wanted, found)
    chosen = sorted(judged, key=lambda id_: (-judged[id_].score, id_))[:MOST_CANDIDATES]
    context.looks.through_matching()
    shown = zip(chosen, await citizens_by_ids(chosen, context=context), strict=True)
    rows = [MatchRow(row, judged[id_].score, list(judged[id_].because)) for id_, row in shown if row is not None]
    return MatchesRow(rows, bool(found.elsewhere))


async def _count_question(context: Context) -> None:
    """Count it outside the operation, which must not wait for a connection while it holds one."""
    services = context.services
    await context.refresh()
    who = f"match {context.actor().account_id}"
    await check_may_ask(services.writer, services.keys, who=who, most=MOST_AN_HOUR, now=services.clock())


async def _note(context: Context, numbers: dict[str, Any]) -> None:
    """Write that the actor was told of somebody beyond its sight, before it is."""
    await context.refresh()
    async with context.services.writer.begin() as connection:
        await enter(connection, context.actor(), context.now)
        await connection.execute(_NOTE, {**numbers, "request": context.request_id})


async def _judged(context: Context, wanted: Wanted, found: Row[Any]) -> dict[int, Judgement]:
    by_phone, by_identifier = set(found.by_phone), set(found.by_identifier)
    ids = sorted({*found.by_name, *by_phone, *by_identifier})
    known: dict[int, list[Known]] = defaultdict(list)
    for row in await context.rows(_compared(context.actor().kind), {"ids": ids}) if ids else []:
        known[row.goes_on_as].append(Known(Name(row.given_name, row.family_name), row.area_code, row.birth_year))
    judged = {}
    for id_, names in known.items():
        like = None if wanted.name is None else best(Known(wanted.name, wanted.area_code, wanted.birth_year), names)
        judgement = judge(like, identifier=id_ in by_identifier, phone=id_ in by_phone)
        if judgement is not None:
            judged[id_] = judgement
    return judged


@cache
def _compared(kind: SeatKind) -> Select[Any]:
    """Read the names of citizens and of the records merged into them, to be compared and not shown: at no level."""
    seen = citizen_door(kind)
    columns = citizen.c.id, citizen.c.given_name, citizen.c.family_name, citizen.c.area_code, citizen.c.birth_year
    rows = select(*columns, GOES_ON_AS.label("goes_on_as"), literal(0).label("level")).select_from(seen.rows)
    ours = or_(citizen.c.id == any_(IDS), citizen.c.merged_into_citizen_id == any_(IDS))
    return showing(rows.where(ours, seen.allowed, citizen.c.erased_at.is_(None)), citizen="id", case=None)
