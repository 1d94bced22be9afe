"""The door of activities: who sees one, who leads it, and of whom one may read and record that they take part.

The facts and the counts are told in the province of the host, to national posts and to whoever is invited; the list of
participants to those who lead, to mentors for their amphoe and to everybody for the own post; guests to who leads.
"""

from sqlalchemy import ColumnElement, false, or_, select, true

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import Verdict
from casework.policy.visibility import BY_AMPHOE, BY_OFFICE, BY_PROVINCE, BY_SEAT, SEE_NO_PERSON
from models import Activity, ActivityGuest, ActivityParticipant, table_of
from models.vocabulary import SeatKind

activity, participant, guest = table_of(Activity), table_of(ActivityParticipant), table_of(ActivityGuest)
LEADERS = frozenset({SeatKind.OFFICER, SeatKind.OFFICE_HEAD, SeatKind.COORDINATOR})
"""Posts that hold activities of their office; coordinators those of every office of their province."""


def seen_by(kind: SeatKind) -> ColumnElement[bool]:
    """Which activities does such a seat see?"""
    if kind in SEE_NO_PERSON:
        return true()
    invited = select(participant.c.activity_id).where(participant.c.seat_id == BY_SEAT)
    return or_(activity.c.province_code == BY_PROVINCE, activity.c.id.in_(invited))


def led_by(kind: SeatKind) -> ColumnElement[bool]:
    """Which activities does such a seat lead?"""
    if kind not in LEADERS:
        return false()
    if kind is SeatKind.COORDINATOR:
        return activity.c.province_code == BY_PROVINCE
    return activity.c.host_office_id == BY_OFFICE


def listed_to(kind: SeatKind) -> ColumnElement[bool]:
    """Which participants of an activity that it sees are listed to such a seat?"""
    own = participant.c.seat_id == BY_SEAT
    if kind is SeatKind.MENTOR:
        return or_(own, participant.c.amphoe_code == BY_AMPHOE)
    return or_(own, led_by(kind)) if kind in LEADERS else own


def recorded_by(kind: SeatKind) -> ColumnElement[bool]:
    """Of which participants may such a seat record that they came?"""
    return participant.c.amphoe_code == BY_AMPHOE if kind is SeatKind.MENTOR else led_by(kind)


def may_lead(by: Actor, *, host_office_id: int, province: str) -> Verdict:
    """May the actor make and change activities of this office?"""
    leads = by.kind in LEADERS and (
        by.office_id == host_office_id or (by.kind is SeatKind.COORDINATOR and by.province_code == province)
    )
    return Verdict(None if leads else RefusalCode.NOT_PERMITTED)


def may_record_attendance(by: Actor, *, host_office_id: int, province: str) -> Verdict:
    """May the actor record the attendance of anybody at an activity that it sees?"""
    mentors = by.kind is SeatKind.MENTOR and by.province_code == province
    return Verdict(None) if mentors else may_lead(by, host_office_id=host_office_id, province=province)
