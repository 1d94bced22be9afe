"""The one door: which rows an actor may see, at which level. Every read of case or personal data starts here.

Statements are built once per kind of seat; the actor's own values and the instant are those of `Actor.scope_at`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.selectable import LateralFromClause
from sqlmodel import SQLModel

from casework.policy.levels import FIELD_LEVELS
from models import Case, Participation, table_of
from models.vocabulary import Audience, Disclosure, Level, SeatKind

the_case = table_of(Case)
part = table_of(Participation)

BY_SEAT = bindparam("by_seat", type_=BigInteger())
BY_OFFICE = bindparam("by_office", type_=BigInteger())
BY_AMPHOE = bindparam("by_amphoe", type_=Text())
BY_PROVINCE = bindparam("by_province", type_=Text())
BY_AGENCY = bindparam("by_agency", type_=Text())
BY_HANDLES_SENSITIVE = bindparam("by_handles_sensitive", type_=Boolean())
AT_NOW = bindparam("at_now", type_=DateTime(timezone=True))
"""The operation's instant, not the database's: the whole answer, and the second wall, decide by the same one."""

RUNS = part.c.until.is_(None)
SHOWS = or_(part.c.expires_at.is_(None), part.c.expires_at > AT_NOW)
"""Has the time for which something is disclosed not run out?"""
LEVEL_GIVEN = case(
    (~RUNS, int(Level.STATUS)),
    (SHOWS, part.c.level),
    else_=func.least(part.c.level, int(Level.ANONYMOUS)),
)
"""What one participation gives: STATUS once it has ended, and no person once its time has run out."""

OF_AN_OFFICE = frozenset({SeatKind.OFFICER, SeatKind.OFFICE_HEAD, SeatKind.COORDINATOR})
BY_AREA = frozenset({SeatKind.MENTOR, SeatKind.COORDINATOR})
"""They see most cases without taking part in them."""
SEE_NO_PERSON = frozenset({SeatKind.AUDITOR, SeatKind.ADMIN})
"""They reach level WORK on no case: no citizen is listed for them, and a word finds them nothing."""


@dataclass(frozen=True)
class Door:
    """Cases as one kind of seat sees them: select from `rows`, where `allowed`; `level` decides the fields.

    `listed` says the same as `allowed` in a form that lets the planner start from all the rows that the actor sees. For
    cases that are found otherwise it is the wrong one: a large office takes part in tens of thousands.
    """

    kind: SeatKind
    rows: FromClause
    listed: ColumnElement[bool]
    allowed: ColumnElement[bool]
    level: ColumnElement[int]
    discloses: ColumnElement[int]
    active: ColumnElement[bool]
    expired: ColumnElement[bool]
    own_participation: ColumnElement[bool]

    def columns(self, model: type[SQLModel], table: Any, *names: str) -> list[ColumnElement[Any]]:
        """Give the columns of a table of the case, each null below its level."""
        return [self.shown(table.c[name], FIELD_LEVELS[model][name]) for name in names]

    def shown(self, column: ColumnElement[Any], at: Level) -> ColumnElement[Any]:
        if at is Level.STATUS:
            return column
        return case((self.level >= at, column), else_=None).label(getattr(column, "name", None))

    def reaches(self, at: Level) -> ColumnElement[bool]:
        """Does the actor see an allowed row at this level, above STATUS? For filters: it needs no joined rows."""
        by_seat, by_office = _takes_part(part.c.seat_id == BY_SEAT, at), _takes_part(part.c.office_id == BY_OFFICE, at)
        own = _counting(self.kind, by_seat=by_seat, by_office=by_office)
        position = _by_position(self.kind)
        return own if position is None else or_(position >= int(at), own)

    def holds(self) -> ColumnElement[bool]:
        """Is the actor the holder?"""
        own = the_case.c.holder_seat_id == BY_SEAT
        return or_(own, the_case.c.holder_office_id == BY_OFFICE) if self.kind in OF_AN_OFFICE else own

    def hears(self, written: Table, *, seat: str, agency: str) -> ColumnElement[bool]:
        """Is the actor in the audience of a note or an event? `seat` and `agency` name its author's columns."""
        return or_(
            written.c.audience.in_([Audience.CASE, Audience.CITIZEN]),
            written.c[seat] == BY_SEAT,
            and_(written.c.audience == Audience.OWN_AGENCY, written.c[agency] == BY_AGENCY),
            and_(written.c.audience == Audience.HOLDER_ONLY, self.holds()),
        )


def _counting(kind: SeatKind, *, by_seat: ColumnElement[bool], by_office: ColumnElement[bool]) -> ColumnElement[bool]:
    """Which participations count for the actor: its seat's, and its office's unless the case is too sensitive.

    None for auditors and administrators: no row may show them a person.
    """
    if kind in SEE_NO_PERSON:
        return false()
    if kind is SeatKind.COORDINATOR:
        return or_(by_seat, by_office)
    if kind in OF_AN_OFFICE:
        return or_(by_seat, and_(by_office, or_(~the_case.c.sensitive, BY_HANDLES_SENSITIVE)))
    return by_seat


def _takes_part(own: ColumnElement[bool], at: Level) -> ColumnElement[bool]:
    """Does one of these participations show the row at this level? Two such questions are faster than one with OR."""
    enough = [RUNS, part.c.level >= int(at)]
    if at > Level.ANONYMOUS:
        enough.append(SHOWS)
    return exists().where(part.c.case_id == the_case.c.id, own, *enough).correlate(the_case)


def _access(own: ColumnElement[bool]) -> LateralFromClause:
    """What participation gives: one row per case."""
    return (
        select(
            func.max(LEVEL_GIVEN).label("level"),
            func.bit_or(case((and_(RUNS, SHOWS), part.c.discloses), else_=0)).label("discloses"),
            func.bool_or(RUNS).label("active"),
            func.bool_or(and_(RUNS, ~SHOWS)).label("expired"),
        )
        .where(part.c.case_id == the_case.c.id, own)
        .correlate(the_case)
        .lateral("access")
    )


def _by_position(kind: SeatKind) -> ColumnElement[int] | None:
    """The level that a seat has by where it stands, without taking part."""
    sensitive = the_case.c.sensitive
    if kind is SeatKind.MENTOR:
        inside = the_case.c.amphoe_code == BY_AMPHOE
        return case((and_(inside, sensitive), int(Level.STATUS)), (inside, int(Level.WORK)), else_=None)
    if kind is SeatKind.COORDINATOR:
        inside = the_case.c.province_code == BY_PROVINCE
        return case((and_(inside, sensitive), int(Level.WORK)), (inside, int(Level.FULL)), else_=None)
    return literal(int(Level.ANONYMOUS)) if kind is SeatKind.AUDITOR else None


def _allowed(kind: SeatKind) -> ColumnElement[bool]:
    """Who may see a row at all: whom it concerns by where the seat stands, and who takes or took part."""
    by_seat, by_office = (
        exists().where(part.c.case_id == the_case.c.id, own).correlate(the_case)
        for own in (part.c.seat_id == BY_SEAT, part.c.office_id == BY_OFFICE)
    )
    took_part = _counting(kind, by_seat=by_seat, by_office=by_office)
    position = _by_position(kind)
    return took_part if position is None else or_(position.is_not(None), took_part)


def _listed(kind: SeatKind) -> ColumnElement[bool]:
    of_seat = select(part.c.case_id).where(part.c.seat_id == BY_SEAT)
    of_office = select(part.c.case_id).where(part.c.office_id == BY_OFFICE)
    by_seat = the_case.c.id.in_(of_seat)
    if kind is SeatKind.AUDITOR:
        return true()
    if kind is SeatKind.ADMIN:
        return false()
    if kind is SeatKind.MENTOR:
        return or_(the_case.c.amphoe_code == BY_AMPHOE, by_seat)
    if kind is SeatKind.COORDINATOR:
        return or_(the_case.c.province_code == BY_PROVINCE, the_case.c.id.in_(union_all(of_seat, of_office)))
    if kind in OF_AN_OFFICE:
        trusted = or_(~the_case.c.sensitive, BY_HANDLES_SENSITIVE, by_seat)
        return and_(the_case.c.id.in_(union_all(of_seat, of_office)), trusted)
    return by_seat


@cache
def door(kind: SeatKind) -> Door:
    own = _counting(kind, by_seat=part.c.seat_id == BY_SEAT, by_office=part.c.office_id == BY_OFFICE)
    access = _access(own)
    position = _by_position(kind)
    level = access.c.level if position is None else func.greatest(access.c.level, position)
    return Door(
        kind=kind,
        rows=the_case.join(access, true()),
        listed=_listed(kind),
        allowed=_allowed(kind),
        level=cast(level, Integer),
        discloses=func.coalesce(access.c.discloses, int(Disclosure.NOTHING)),
        active=func.coalesce(access.c.active, false()),
        expired=func.coalesce(access.c.expired, false()),
        own_participation=own,
    )
