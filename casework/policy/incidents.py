"""Who leads an incident: the coordinator of its province. Its cases are seen through the one door, like all others."""

from sqlalchemy import ColumnElement, false

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import Verdict
from casework.policy.visibility import BY_PROVINCE
from models import Incident, table_of
from models.vocabulary import SeatKind

incident = table_of(Incident)


def led_by(kind: SeatKind) -> ColumnElement[bool]:
    """Which incidents does such a seat lead?"""
    return incident.c.province_code == BY_PROVINCE if kind is SeatKind.COORDINATOR else false()


def may_lead(by: Actor, *, province: str | None) -> Verdict:
    """May the actor ask for incidents, of this province or (None) of their own?"""
    leads = by.kind is SeatKind.COORDINATOR and province in {None, by.province_code}
    return Verdict(None if leads else RefusalCode.NOT_PERMITTED)
