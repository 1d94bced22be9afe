"""Send one delivery of a webhook once more."""

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.webhooks import take_webhook
from casework.work import Work
from models import WebhookDelivery
from models.vocabulary import EventKind
from models.webhook_words import DeliveryState, WebhookState


async def redeliver(work: Work, *, delivery_id: int) -> int:
    """Let it be sent at once with the id that it had, and say so in it; whatever became of it before.

    What the office may no longer be told is withheld then as ever. Gives the delivery's id.
    """
    delivery = await work.session.get(WebhookDelivery, delivery_id)
    if delivery is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "delivery")
    webhook = await take_webhook(work, delivery.webhook_id)
    if webhook.state is not WebhookState.ACTIVE:
        raise Refusal(RefusalCode.WEBHOOK_NOT_ACTIVE)
    await work.session.refresh(delivery)
    delivery.state, delivery.done_at, delivery.redelivered = DeliveryState.PENDING, None, True
    delivery.attempts, delivery.since, delivery.next_at = 0, work.now, work.now
    webhook.due_at = work.now
    again: journal.Payload = {"delivery": delivery_id}
    await journal.append(work, webhook, EventKind.DELIVERY_REPEATED, again)
    return delivery_id
