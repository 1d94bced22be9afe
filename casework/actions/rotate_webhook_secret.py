"""Give a webhook a new secret; the one before it signs too for a while."""

from casework.rules.sending import SECRETS_OVERLAP
from casework.webhook_secrets import new_secret
from casework.webhooks import change_webhook, take_webhook_for
from casework.work import Work
from models.vocabulary import EventKind


async def rotate_webhook_secret(work: Work, *, webhook_id: int, expected_version: int) -> int:
    """Make the new secret; one that was still fading out is gone at once. Gives the webhook's id."""
    webhook = await take_webhook_for(work, webhook_id, expected_version=expected_version)
    webhook.previous_secret, webhook.previous_until = webhook.secret, work.now + SECRETS_OVERLAP
    webhook.secret = new_secret(work.keys, webhook_id)
    await change_webhook(work, webhook, EventKind.WEBHOOK_SECRET_ROTATED, {})
    return webhook_id
