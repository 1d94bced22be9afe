"""Find that the cases of an incident have no cause in common."""

from casework import journal
from casework.desk import take_case, touch
from casework.errors import Refusal, RefusalCode
from casework.incidents import cases_of_incident, take_incident
from casework.rules.states import ENDED
from casework.work import Work
from models.incident_words import IncidentDismissal, IncidentState
from models.vocabulary import Audience, EventKind


async def dismiss_incident(work: Work, *, incident_id: int, expected_version: int, dismissal: IncidentDismissal) -> int:
    """It is proposed again when another case joins. Gives the incident's id.

    The event in each case that goes on is for the coordinator's own agency: to others an incident is a count.
    """
    desks = [await take_case(work, case_id) for case_id in await cases_of_incident(work, incident_id)]
    incident = await take_incident(work, incident_id, expected_version=expected_version)
    if incident.state is IncidentState.DISMISSED:
        raise Refusal(RefusalCode.INCIDENT_ALREADY_DISMISSED)
    incident.state, incident.dismissal, incident.decided_at = IncidentState.DISMISSED, dismissal, work.now
    incident.dismissed_at = work.now
    incident.version += 1
    dismissed: journal.Payload = {"incident": incident_id, "dismissal": dismissal.value}
    for desk in desks:
        if desk.state not in ENDED:
            touch(work, desk.case, versioned=False)
            await journal.append(work, desk.case, EventKind.INCIDENT_DISMISSED, dismissed, audience=Audience.OWN_AGENCY)
    await work.session.flush()
    return incident_id
