"""Bring the secrets of webhooks under the newest key of the ring: they are few, so in one transaction."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.keys import Keys
from casework.rotation import Rotated
from casework.webhook_secrets import SecretUnreadableError, seal_secret_anew
from models import Webhook, table_of
from models.webhook_words import WebhookState

webhook = table_of(Webhook)
_LIVING = (
    select(webhook.c.id, webhook.c.secret, webhook.c.previous_secret)
    .where(webhook.c.state != WebhookState.REMOVED)
    .order_by(webhook.c.id)
    .with_for_update()
)


async def rotate_webhooks(engine: AsyncEngine, keys: Keys) -> Rotated:
    """Seal anew what an older key sealed; tell how many webhooks that were, and which no key of the ring opens."""
    done, unreadable = 0, list[int]()
    async with engine.begin() as connection:
        for row in (await connection.execute(_LIVING)).all():
            before = dict(_secrets(row))
            try:
                anew = {name: seal_secret_anew(keys, row.id, sealed) for name, sealed in before.items()}
            except SecretUnreadableError:
                unreadable.append(row.id)
                continue
            if anew != before:
                await connection.execute(update(webhook).where(webhook.c.id == row.id).values(**anew))
                done += 1
    return Rotated(done, unreadable)


def _secrets(row: Any) -> Iterator[tuple[str, str]]:
    yield "secret", row.secret
    if row.previous_secret is not None:
        yield "previous_secret", row.previous_secret
