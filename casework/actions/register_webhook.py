"""Register an endpoint to which an office's news are sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.rules.endpoints import check_url
from casework.webhook_secrets import new_secret
from casework.webhooks import office_led_by
from casework.work import Work
from models import Feed, Webhook
from models.vocabulary import EventKind
from models.webhook_words import WebhookState

MOST = 10
"""Webhooks of one office."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to send, and which kinds of events; none named means all."""

    url: str
    events: Sequence[EventKind] = ()

    @property
    def kinds(self) -> list[str]:
        """In the order of the vocabulary, each once."""
        return [kind.value for kind in EventKind if kind in set(self.events)]


async def register_webhook(work: Work, *, endpoint: Endpoint, plain_http: bool) -> int:
    """Write the webhook with a secret of its own; it is told what happens from now on. Gives its id."""
    office_id = office_led_by(work)
    url = check_url(endpoint.url, "input", "url", plain_http=plain_http)
    await _check_room(work, office_id)
    id_ = await work.new_id()
    end = await work.session.scalar(select(func.max(col(Feed.position))))
    webhook = Webhook(
        id=id_,
        office_id=office_id,
        url=url,
        event_kinds=endpoint.kinds,
        state=WebhookState.ACTIVE,
        secret=new_secret(work.keys, id_),
        registered_by_seat_id=work.by.seat_id,
        registered_at=work.now,
        position=end or 0,
        due_at=work.now,
    )
    await work.save(webhook)
    told: journal.Payload = {"office": webhook.office_id, "kinds": webhook.event_kinds}
    await journal.append(work, webhook, EventKind.WEBHOOK_REGISTERED, told)
    return id_


async def _check_room(work: Work, office_id: int) -> None:
    """Two who register for one office at once take turns."""
    await work.session.execute(select(func.pg_advisory_xact_lock(_TURN, func.hashint8(office_id))))
    there = select(func.count()).where(col(Webhook.office_id) == office_id, col(Webhook.state) != WebhookState.REMOVED)
    if (await work.session.scalar(there) or 0) >= MOST:
        raise Refusal(RefusalCode.WEBHOOKS_TOO_MANY, limit=MOST)


_TURN = 4_727_021
