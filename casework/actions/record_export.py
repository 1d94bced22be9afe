"""Record that all that is kept about a citizen was written out."""

from casework import access, journal
from casework.work import Unit
from models import Citizen
from models.vocabulary import EventKind


async def record_export(work: Unit, *, citizen_id: int) -> None:
    """Before anything is read: an export that fails on its way was meant all the same."""
    citizen = await work.session.get_one(Citizen, citizen_id, with_for_update=True, populate_existing=True)
    await access.record_export(work, citizen_id)
    await journal.append(work, citizen, EventKind.CITIZEN_EXPORTED, {})
