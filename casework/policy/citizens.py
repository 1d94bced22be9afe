"""Which citizens an actor sees, and at which level: through their cases, or because its seat registered them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    and_,
    any_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)

from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import may_with_citizen
from casework.policy.visibility import BY_AREA, BY_SEAT, SEE_NO_PERSON, door, the_case
from casework.work import Work
from models import Citizen, table_of
from models.action_words import CitizenAction
from models.vocabulary import Disclosure, Level, SeatKind

citizen = table_of(Citizen)
_STANDS = citizen.c.merged_into_citizen_id.is_(None)
GOES_ON_AS = case((_STANDS, citizen.c.id), else_=citizen.c.merged_into_citizen_id)
"""The record that has the cases: of a merged one, that in which it goes on.

No COALESCE: PostgreSQL takes it for leaky, and under row-level security would read all cases for each citizen.
"""


@dataclass(frozen=True)
class CitizenDoor:
    """Select from `rows`, where `allowed`; `level` and `discloses` decide the fields.

    `listed` says the same as `allowed` without joined rows, in a form that lets the planner start from the cases.
    """

    rows: FromClause
    listed: ColumnElement[bool]
    allowed: ColumnElement[bool]
    level: ColumnElement[int]
    discloses: ColumnElement[int]


@cache
def citizen_door(kind: SeatKind) -> CitizenDoor:
    """A citizen is seen at the highest level of its cases; until the first one, by the seat that registered it.

    A merged record is seen as the one in which it goes on, and listed no more.
    """
    seen = door(kind)
    through_cases = (
        select(func.max(seen.level).label("level"), func.bit_or(seen.discloses).label("discloses"))
        .select_from(seen.rows)
        .where(the_case.c.citizen_id == GOES_ON_AS, seen.allowed)
        .correlate(citizen)
        .lateral("through_cases")
    )
    registered = _registered(citizen)
    return CitizenDoor(
        rows=citizen.join(through_cases, true()),
        listed=_listed(kind),
        allowed=or_(through_cases.c.level >= int(Level.WORK), registered),
        level=case((registered, int(Level.FULL)), else_=through_cases.c.level),
        discloses=func.coalesce(through_cases.c.discloses, int(Disclosure.NOTHING)),
    )


def _listed(kind: SeatKind) -> ColumnElement[bool]:
    """Say it for one citizen after another where most are seen; else start from the few that are.

    Left to choose, the planner takes one way for all posts: measured, more than 5 s in 200,000 citizens. OFFSET keeps
    it from reading all cases first.
    """
    if kind in SEE_NO_PERSON:
        return false()
    seen, works = door(kind), door(kind).reaches(Level.WORK)
    if kind in BY_AREA:
        one: Select[Any] = (
            select(literal_column("1"))
            .where(the_case.c.citizen_id == citizen.c.id, seen.allowed, works)
            .correlate(citizen)
        )
        return and_(or_(one.offset(literal_column("0")).exists(), _registered(citizen)), _STANDS)
    own = citizen.alias("own")
    few = union_all(select(the_case.c.citizen_id).where(seen.listed, works), select(own.c.id).where(_registered(own)))
    ids: ColumnElement[Any] = func.array(few.scalar_subquery())
    return and_(citizen.c.id == any_(ids), _STANDS)


def _registered(row: FromClause) -> ColumnElement[bool]:
    """Did the actor's seat register this citizen, who has no case yet, not even one that the actor does not see?"""
    return and_(row.c.registered_by_seat_id == BY_SEAT, not_(func.has_a_case(row.c.id, type_=Boolean())))


async def check_knows_citizen(work: Work, citizen_id: int) -> None:
    """Refuse a citizen whom the actor does not see at level FULL: opening a case must not show more of a person.

    The lock is the one that the case's foreign key takes, but before: an erasure under way is waited for, and seen.
    """
    seen = citizen_door(work.by.kind)
    wanted = (
        select(seen.level, citizen.c.erased_at, citizen.c.merged_into_citizen_id)
        .select_from(seen.rows)
        .where(citizen.c.id == bindparam("wanted", type_=BigInteger()), seen.allowed)
        .with_for_update(of=citizen, read=True, key_share=True)
    )
    scope: dict[str, Any] = work.by.scope_at(work.now) | {"wanted": citizen_id}
    found = (await work.session.execute(wanted, scope)).first()
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "citizen")
    erased = found.erased_at is not None
    merged = found.merged_into_citizen_id is not None
    refused = may_with_citizen(work.by, CitizenAction.OPEN_CASE, found[0], erased=erased, merged=merged).refusal
    if refused is not None:
        raise Refusal(refused, "input", "citizen")
