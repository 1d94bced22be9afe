"""Change where a webhook leads, what it is told, or whether it is told anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework import journal
from casework.actions.register_webhook import Endpoint
from casework.errors import Refusal, RefusalCode
from casework.rules.endpoints import check_url
from casework.webhooks import change_webhook, take_webhook_for
from casework.work import Work
from models import Webhook
from models.vocabulary import EventKind
from models.webhook_words import WebhookState


@dataclass(frozen=True, slots=True)
class WebhookChange:
    """What is to be another way; None leaves it as it is, and an empty list of events means all."""

    url: str | None = None
    events: Sequence[EventKind] | None = None
    active: bool | None = None


async def update_webhook(
    work: Work, *, webhook_id: int, expected_version: int, change: WebhookChange, plain_http: bool
) -> int:
    """Make the change; a webhook that is active again goes on where it stopped, at once. Gives its id."""
    webhook = await take_webhook_for(work, webhook_id, expected_version=expected_version)
    changed = [
        name
        for name, done in (
            ("url", _move(webhook, change.url, plain_http=plain_http)),
            ("events", _choose(webhook, change.events)),
            ("state", _switch(work, webhook, change.active)),
        )
        if done
    ]
    if not changed:
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    told: journal.Payload = {"changed": changed, "state": webhook.state.value}
    await change_webhook(work, webhook, EventKind.WEBHOOK_UPDATED, told)
    return webhook_id


def _move(webhook: Webhook, url: str | None, *, plain_http: bool) -> bool:
    if url is None or url == webhook.url:
        return False
    webhook.url = check_url(url, "input", "url", plain_http=plain_http)
    return True


def _choose(webhook: Webhook, events: Sequence[EventKind] | None) -> bool:
    if events is None:
        return False
    before, webhook.event_kinds = webhook.event_kinds, Endpoint("", events).kinds
    return before != webhook.event_kinds


def _switch(work: Work, webhook: Webhook, active: bool | None) -> bool:  # noqa: FBT001 - None leaves it as it is
    if active is None or active == (webhook.state is WebhookState.ACTIVE):
        return False
    webhook.state = WebhookState.ACTIVE if active else WebhookState.PAUSED
    webhook.failures, webhook.failing_since, webhook.due_at = 0, None, work.now
    return True
