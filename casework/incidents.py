"""An incident taken onto the desk: its cases first, in the order of their ids, then itself, as `join_incident` does."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from casework.errors import Refusal, RefusalCode
from casework.policy.incidents import incident, led_by
from casework.policy.visibility import door, the_case
from casework.versions import Versioned
from casework.work import Work
from models import Incident, IncidentCase, table_of
from models.vocabulary import Level

member = table_of(IncidentCase)


async def cases_of_incident(work: Work, incident_id: int) -> Sequence[int]:
    """Give the ids of its cases, in their order; an incident that somebody else leads is not found."""
    led = select(incident.c.id).where(incident.c.id == incident_id, led_by(work.by.kind))
    scope = work.by.scope_at(work.now)
    if (await work.session.execute(led, scope)).first() is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    seen = door(work.by.kind)
    found = (
        select(the_case.c.id)
        .select_from(seen.rows.join(member, member.c.case_id == the_case.c.id))
        .where(member.c.incident_id == incident_id, seen.allowed, seen.reaches(Level.WORK))
        .order_by(the_case.c.id)
    )
    return (await work.session.execute(found, scope)).scalars().all()


async def take_incident(work: Work, incident_id: int, *, expected_version: int) -> Incident:
    """Lock the incident, whose cases are locked already; refuse if a case has joined or somebody has decided since."""
    wanted = select(Incident).where(col(Incident.id) == incident_id).with_for_update()
    row = (await work.session.scalars(wanted, execution_options={"populate_existing": True})).one()
    if row.version != expected_version:
        raise Refusal(
            RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.INCIDENT, incident_id)
        )
    return row
