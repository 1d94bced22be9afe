"""Give up uploads that nobody confirmed: the system's own verb."""

from datetime import timedelta

from sqlalchemy import update

from casework.work import Unit
from models import Attachment, table_of
from models.attachment_words import AttachmentState

attachment = table_of(Attachment)
TO_CONFIRM = timedelta(hours=24)


async def expire_uploads(work: Unit) -> int:
    """REQUESTED → EXPIRED for what was asked for a day ago; give how many. Nobody but the authors knew of it."""
    overdue = update(attachment).where(
        attachment.c.state == AttachmentState.REQUESTED, attachment.c.requested_at <= work.now - TO_CONFIRM
    )
    given_up = overdue.values(state=AttachmentState.EXPIRED).returning(attachment.c.id)
    return len((await work.session.execute(given_up)).all())
