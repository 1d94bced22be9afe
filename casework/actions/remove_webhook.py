"""Remove a webhook: nothing is sent there any more, and its secrets are gone."""

from casework.webhooks import change_webhook, take_webhook_for
from casework.work import Work
from models.vocabulary import EventKind
from models.webhook_words import WebhookState


async def remove_webhook(work: Work, *, webhook_id: int, expected_version: int) -> int:
    """Keep the row for the journal, without secrets; nobody is shown it again. Gives the webhook's id."""
    webhook = await take_webhook_for(work, webhook_id, expected_version=expected_version)
    webhook.state, webhook.secret, webhook.previous_secret, webhook.previous_until = (
        WebhookState.REMOVED,
        "",
        None,
        None,
    )
    await change_webhook(work, webhook, EventKind.WEBHOOK_REMOVED, {})
    return webhook_id
