"""Whose monthly statements a post may list: the question of permissions.py, for many posts at a time."""

from functools import cache

from sqlalchemy import ColumnElement, and_, false, func, or_

from casework.policy.relations import COORDINATED, WITHOUT_CASES
from casework.policy.visibility import BY_AMPHOE, BY_OFFICE, BY_PROVINCE, BY_SEAT
from casework.reference.data import AMPHOE_DIGITS, PROVINCE_DIGITS
from models import Seat, table_of
from models.vocabulary import SeatKind

seat = table_of(Seat)
COUNT_THE_AREA = frozenset({SeatKind.MENTOR, SeatKind.COORDINATOR, SeatKind.AUDITOR})
"""They see that each case exists in the areas whose statements they read; to others the count would tell it."""


@cache
def statements_read_by(kind: SeatKind) -> ColumnElement[bool]:
    """Which posts' statements does such a post read?"""
    if kind is SeatKind.ADMIN:
        return false()
    if kind is SeatKind.AUDITOR:
        return seat.c.kind.not_in(sorted(WITHOUT_CASES))
    own, officers = seat.c.id == BY_SEAT, and_(seat.c.kind == SeatKind.OFFICER, seat.c.office_id == BY_OFFICE)
    if kind is SeatKind.MENTOR:
        inside = func.left(seat.c.area_code, AMPHOE_DIGITS) == BY_AMPHOE
        return or_(own, and_(seat.c.kind == SeatKind.VOLUNTEER, inside))
    if kind is SeatKind.COORDINATOR:
        inside = func.left(seat.c.area_code, PROVINCE_DIGITS) == BY_PROVINCE
        return or_(own, officers, and_(seat.c.kind.in_(sorted(COORDINATED)), inside))
    return or_(own, officers) if kind is SeatKind.OFFICE_HEAD else own
