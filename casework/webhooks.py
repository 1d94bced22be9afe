"""A webhook taken onto the desk: by who leads its office, locked, ready to be changed."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import may_lead_webhooks
from casework.versions import Versioned
from casework.work import Unit, Work
from models import Webhook
from models.vocabulary import EventKind
from models.webhook_words import WebhookState


def office_led_by(work: Work) -> int:
    """Give the office whose webhooks the actor looks after; refuse who looks after none."""
    office_id = work.by.office_id
    if office_id is None or may_lead_webhooks(work.by, office_id).refusal is not None:
        raise Refusal(RefusalCode.NOT_PERMITTED)
    return office_id


async def take_webhook(work: Work, webhook_id: int) -> Webhook:
    """Take a webhook of one's own office; to everybody else, and once removed, it does not exist."""
    locked = select(Webhook).where(col(Webhook.id) == webhook_id).with_for_update(key_share=True)
    webhook = (await work.session.scalars(locked.execution_options(populate_existing=True))).one_or_none()
    seen = webhook is not None and may_lead_webhooks(work.by, webhook.office_id).refusal is None
    if webhook is None or not seen or webhook.state is WebhookState.REMOVED:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "webhook")
    return webhook


async def take_webhook_for(work: Work, webhook_id: int, *, expected_version: int) -> Webhook:
    """Take a webhook of the expected version."""
    webhook = await take_webhook(work, webhook_id)
    if webhook.version != expected_version:
        raise Refusal(RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.WEBHOOK, webhook_id))
    return webhook


async def change_webhook(work: Unit, webhook: Webhook, kind: EventKind, payload: journal.Payload) -> None:
    """Raise its version and write what happened."""
    webhook.version += 1
    await journal.append(work, webhook, kind, payload)
