"""Draw incidents: any cases of a province may be thought to share something, sensitive and ended ones among them."""

from datetime import timedelta
from typing import Any

from models import Case, Incident, IncidentCase
from models.incident_words import IncidentDismissal, IncidentState, TraceKind
from tests.oracle.drawing import Draw


def draw_incidents(draw: Draw) -> None:
    """Give every province with two cases some incidents; its other cases belong to none."""
    for province in sorted({case.province_code for case in draw.facts.all(Case)}):
        cases = [case for case in draw.facts.all(Case) if case.province_code == province]
        for kind in draw.some(list(TraceKind), 3, 1) if len(cases) > 1 else ():
            _draw_incident(draw, kind, province, draw.some(cases, 5, 2))


def _draw_incident(draw: Draw, kind: TraceKind, province: str, cases: list[Case]) -> None:
    state = draw.pick([*IncidentState, IncidentState.PROPOSED])
    decided: dict[str, Any] = {}
    if state is not IncidentState.PROPOSED:
        decided["decided_at"] = draw.now
    if state is IncidentState.DISMISSED:
        decided["dismissal"] = draw.pick(list(IncidentDismissal))
    joined = {case.id: case.opened_at + timedelta(minutes=draw.chance.randint(1, 90)) for case in cases}
    incident = Incident(
        id=draw.id,
        kind=kind,
        blind_index=draw.chance.randbytes(37),
        province_code=province,
        state=state,
        first_at=min(joined.values()),
        last_at=max(joined.values()),
        version=draw.chance.randint(1, 5),
        **decided,
    )
    draw.facts.add(incident)
    for case_id, at in joined.items():
        draw.facts.add(IncidentCase(incident_id=incident.id, case_id=case_id, joined_at=at))
