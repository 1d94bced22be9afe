"""Record what the scan of an attachment found: the system's own verb."""

from sqlalchemy import select, update

from casework import journal
from casework.desk import touch
from casework.work import KEY_STAYS, Unit
from models import Activity, Attachment, Case, table_of
from models.attachment_words import AttachmentFault, AttachmentState
from models.vocabulary import EventKind

attachment = table_of(Attachment)


async def record_scan(work: Unit, *, attachment_id: int, fault: AttachmentFault | None) -> bool:
    """QUARANTINED → CLEAN, or REFUSED for a fault; False when another process was first, or the citizen is erased."""
    scanned = select(attachment.c.case_id, attachment.c.activity_id, attachment.c.audience).where(
        attachment.c.id == attachment_id, attachment.c.state == AttachmentState.QUARANTINED
    )
    row = (await work.session.execute(scanned)).first()
    if row is None:
        return False
    subject = await _locked(work, row.case_id, row.activity_id)
    state = AttachmentState.CLEAN if fault is None else AttachmentState.REFUSED
    still = attachment.c.state == AttachmentState.QUARANTINED
    change = update(attachment).where(attachment.c.id == attachment_id, still).returning(attachment.c.id)
    made = change.values(state=state, fault=fault, scanned_at=work.now)
    if (await work.session.execute(made)).first() is None:
        return False
    if isinstance(subject, Case):
        touch(work, subject, versioned=False)
    found: journal.Payload = {"attachment": attachment_id, "fault": None if fault is None else fault.value}
    await journal.append(work, subject, EventKind.ATTACHMENT_SCANNED, found, audience=row.audience)
    return True


async def _locked(work: Unit, case_id: int | None, activity_id: int | None) -> Case | Activity:
    """Take what the file belongs to; a case's history never runs backwards."""
    if activity_id is not None:
        return await work.session.get_one(Activity, activity_id, with_for_update=KEY_STAYS, populate_existing=True)
    case = await work.session.get_one(Case, case_id, with_for_update=KEY_STAYS, populate_existing=True)
    work.now = max(work.now, case.updated_at)
    return case
