"""Confirm that a file has arrived: it is what was announced, and waits in quarantine."""

from sqlalchemy import select, update

from casework import journal
from casework.activities import take_activity
from casework.desk import take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.objects import Held
from casework.policy.activities import may_lead
from casework.rules.file_types import is_of_type
from casework.work import Work
from models import Activity, Attachment, Case, table_of
from models.action_words import CaseAction
from models.attachment_words import AttachmentState
from models.vocabulary import EventKind

attachment = table_of(Attachment)
GIVEN_AS = "input", "attachment"


async def confirm_upload(work: Work, *, attachment_id: int, held: Held | None) -> int:
    """REQUESTED → QUARANTINED; `held` is what lies in the store. Once confirmed, it changes nothing more.

    Only the post that asked for the upload confirms it. Takes and raises no version: several may attach at once.
    """
    own = attachment.c.author_seat_id == work.by.seat_id
    of_own = select(attachment.c.case_id, attachment.c.activity_id).where(attachment.c.id == attachment_id, own)
    found = (await work.session.execute(of_own)).first()
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, *GIVEN_AS)
    subject = await _take(work, found.case_id, found.activity_id)
    row = await work.session.get_one(Attachment, attachment_id, populate_existing=True)
    if row.confirmed_at is not None:
        return attachment_id
    _check(row, held)
    awaited = attachment.c.state == AttachmentState.REQUESTED  # expiry does not wait for the lock of the case
    confirmed = update(attachment).where(attachment.c.id == attachment_id, awaited).returning(attachment.c.id)
    change = confirmed.values(state=AttachmentState.QUARANTINED, confirmed_at=work.now, captured_at=work.captured_at)
    if (await work.session.execute(change)).first() is None:
        raise Refusal(RefusalCode.UPLOAD_EXPIRED, *GIVEN_AS)
    if isinstance(subject, Case):
        touch(work, subject, versioned=False)
    added: journal.Payload = {"attachment": attachment_id, "mediaType": row.media_type.value}
    await journal.append(work, subject, EventKind.ATTACHMENT_ADDED, added, audience=row.audience)
    return attachment_id


async def _take(work: Work, case_id: int | None, activity_id: int | None) -> Case | Activity:
    """Take what the file belongs to, if the actor may still attach to it."""
    if activity_id is not None:
        return await take_activity(work, activity_id, may_lead)
    assert case_id is not None  # noqa: S101 - a check of the table
    return (await take_case_for(work, case_id, CaseAction.ADD_ATTACHMENT)).case


def _check(row: Attachment, held: Held | None) -> None:
    if row.state is AttachmentState.EXPIRED:
        raise Refusal(RefusalCode.UPLOAD_EXPIRED, *GIVEN_AS)
    if held is None:
        raise Refusal(RefusalCode.UPLOAD_MISSING, *GIVEN_AS)
    if (held.byte_count, held.sha256) != (row.byte_count, row.sha256):
        raise Refusal(RefusalCode.UPLOAD_DIFFERS, *GIVEN_AS)
    if not is_of_type(row.media_type, held.head):
        raise Refusal(RefusalCode.ATTACHMENT_TYPE_MISMATCH, *GIVEN_AS)
