"""Tell a case in its timeline that it shares something with others: the system's own verb."""

from sqlalchemy import Select, func, select, update
from sqlmodel import col

from casework import journal
from casework.desk import touch
from casework.rules.states import ENDED, ENDED_EARLY
from casework.work import KEY_STAYS, Unit
from models import Case, Incident, IncidentCase, Watch, table_of
from models.incident_words import IncidentState
from models.vocabulary import EventKind

watch = table_of(Watch)
LEAST = 2
"""Citizens; a count below that is nobody's business."""


async def tell_incidents(work: Unit, case: Case) -> int:
    """Tell the case of each incident that it has joined, and have the others of it looked at; tell how many those were.

    One that could not be told when it was the first is told with the second.
    """
    untold = select(col(IncidentCase.incident_id)).where(
        col(IncidentCase.case_id) == case.id, col(IncidentCase.told_at).is_(None)
    )
    told = 0
    for incident_id in (await work.session.scalars(untold.order_by(col(IncidentCase.incident_id)))).all():
        if await tell_incident(work, incident_id=incident_id, case_id=case.id):
            told += 1
            await _wake_others(work, incident_id)
    return told


async def _wake_others(work: Unit, incident_id: int) -> None:
    """Have the cases looked at that wait for a second one; each waits in the list of the worker already."""
    others = select(col(IncidentCase.case_id)).where(
        col(IncidentCase.incident_id) == incident_id, col(IncidentCase.told_at).is_(None)
    )
    await work.session.execute(
        update(watch).where(watch.c.case_id.in_(others), watch.c.look_at > work.now).values(look_at=work.now)
    )


async def tell_incident(work: Unit, *, incident_id: int, case_id: int) -> bool:
    """Write the event; False when it is written, the case has ended, or what is shared may not be told in it.

    Sensitive cases are told nothing and count for nobody here: the event would hint at them.
    """
    case = await work.session.get_one(Case, case_id, with_for_update=KEY_STAYS, populate_existing=True)
    work.now = max(work.now, case.updated_at)
    member = await work.session.get_one(IncidentCase, (incident_id, case_id), populate_existing=True)
    incident = await work.session.get_one(Incident, incident_id, populate_existing=True)
    if member.told_at is not None or case.state in ENDED or case.sensitive:
        return False
    counted = await work.session.scalar(citizens_told(incident_id))
    if incident.state is IncidentState.DISMISSED or (counted or 0) < LEAST:
        return False
    if incident.dismissed_at is not None and not await work.session.scalar(_told_since(incident)):
        return False
    member.told_at = work.now
    touch(work, case, versioned=False)
    joined: journal.Payload = {"incident": incident_id, "trace": incident.kind.value}
    await journal.append(work, case, EventKind.INCIDENT_JOINED, joined)
    return True


def citizens_told(incident_id: int) -> Select[int]:
    """Count the citizens of an incident of whom everybody who takes part may hear: the count of `common_causes`."""
    return (
        select(func.count(col(Case.citizen_id).distinct()))
        .join(IncidentCase, col(IncidentCase.case_id) == col(Case.id))
        .where(
            col(IncidentCase.incident_id) == incident_id,
            col(Case.sensitive).is_(False),
            col(Case.state).not_in(sorted(ENDED_EARLY)),
        )
    )


def _told_since(incident: Incident) -> Select[bool]:
    """Has a case joined since the dismissal of which everybody may hear? One that is not told must not show itself."""
    joined = (
        select(col(IncidentCase.case_id))
        .join(Case, col(Case.id) == col(IncidentCase.case_id))
        .where(
            col(IncidentCase.incident_id) == incident.id,
            col(IncidentCase.joined_at) > incident.dismissed_at,
            col(Case.sensitive).is_(False),
        )
    )
    return select(joined.exists())
