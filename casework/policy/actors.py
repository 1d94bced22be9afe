"""The one who asks: an account in one of its seats."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, DateTime, Text, Uuid, and_, any_, bindparam, case, or_, select

from models import Account, Incumbency, Office, Seat, table_of
from models.vocabulary import IncumbencyKind, SeatKind


@dataclass(frozen=True, slots=True)
class Actor:
    """An account in a seat that it fills now."""

    account_id: int
    seat_id: int
    kind: SeatKind
    agency_code: str | None
    """The agency of its office; volunteers, mentors and national seats stand between the agencies and have none."""
    office_id: int | None = None
    amphoe_code: str | None = None
    province_code: str | None = None
    handles_sensitive: bool = False
    _scope: dict[str, Any] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        scope = {
            "by_seat": self.seat_id,
            "by_office": self.office_id,
            "by_amphoe": self.amphoe_code,
            "by_province": self.province_code,
            "by_agency": self.agency_code,
            "by_handles_sensitive": self.handles_sensitive,
        }
        object.__setattr__(self, "_scope", scope)

    def scope_at(self, now: datetime) -> dict[str, Any]:
        """Give the bind parameters of every statement of policy/visibility.py, as of an instant: access may expire."""
        return {**self._scope, "at_now": now}


NOBODY = 0
"""Stands for the account and the seat where an office itself asks: no row has it."""


def office_itself(office_id: int, agency_code: str) -> Actor:
    """Give the office as one who asks, in no post: it sees what any officer of it sees, and no sensitive case."""
    return Actor(NOBODY, NOBODY, SeatKind.OFFICER, agency_code, office_id)


account, incumbency, seat, office = (table_of(model) for model in (Account, Incumbency, Seat, Office))

_NOW = bindparam("now", type_=DateTime(timezone=True))
_IS_FILLED = and_(incumbency.c.since <= _NOW, or_(incumbency.c.until.is_(None), incumbency.c.until > _NOW))

_SEATS = select(
    account.c.id.label("account_id"),
    seat.c.id.label("seat_id"),
    seat.c.kind,
    seat.c.area_code,
    seat.c.handles_sensitive,
    office.c.id.label("office_id"),
    office.c.agency_code,
    office.c.province_code,
).select_from(
    account.join(incumbency, incumbency.c.account_id == account.c.id)
    .join(seat)
    .outerjoin(office, seat.c.office_id == office.c.id)
)
_OF_SUBJECT = _SEATS.where(account.c.subject == bindparam("subject", type_=Uuid()))

SEATS_OF = _OF_SUBJECT.where(_IS_FILLED).order_by(
    case((incumbency.c.kind == IncumbencyKind.PRIMARY, 0), else_=1), seat.c.id
)
"""The seats that the account with `subject` fills at `now`, its own before those it covers."""

COORDINATORS_OF = _SEATS.where(
    _IS_FILLED, seat.c.kind == SeatKind.COORDINATOR, office.c.province_code == bindparam("province", type_=Text())
).order_by(case((incumbency.c.kind == IncumbencyKind.PRIMARY, 0), else_=1), seat.c.id)
"""The coordinators of a province at `now`, those appointed before those who cover."""

POST_OF = _SEATS.where(
    _IS_FILLED,
    account.c.id == bindparam("account", type_=BigInteger()),
    seat.c.id == bindparam("wanted", type_=BigInteger()),
)
"""A seat of an account, if it fills it at `now`."""

SEAT_LEFT = (
    _OF_SUBJECT.add_columns(incumbency.c.until.label("left_at"))
    .where(
        seat.c.id == bindparam("wanted", type_=BigInteger()),
        incumbency.c.until <= _NOW,
        incumbency.c.until > bindparam("not_before", type_=DateTime(timezone=True)),
    )
    .order_by(incumbency.c.until.desc())
    .limit(1)
)
"""The seat `wanted`, and when the account with `subject` left it last, if that was after `not_before`."""

POSTS_OF = (
    select(account.c.subject, incumbency.c.seat_id)
    .select_from(account.join(incumbency, incumbency.c.account_id == account.c.id))
    .where(account.c.subject == any_(bindparam("subjects", type_=ARRAY(Uuid()))), _IS_FILLED)
)
"""Who of the accounts with these `subjects` fills which seats at `now`."""


def actor_among(rows: Iterable[Any], *, seat_id: int | None) -> Actor | None:
    """Give the account's actor out of the rows of `SEATS_OF`: in the seat named, else in its first one."""
    for account_id, own_seat, kind, area_code, sensitive, office_id, agency, province, *_ in rows:
        if seat_id in (None, own_seat):
            return Actor(
                account_id=account_id,
                seat_id=own_seat,
                kind=kind,
                agency_code=agency,
                office_id=office_id,
                amphoe_code=area_code[:4] if area_code else None,
                province_code=province or (area_code[:2] if area_code else None),
                handles_sensitive=sensitive,
            )
    return None
