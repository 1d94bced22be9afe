"""What is sent to webhooks: small messages without personal data, signed as Standard Webhooks says."""

from datetime import datetime
from typing import Any

import orjson
from standardwebhooks import Webhook

from casework.keys import Keys
from casework.webhook_secrets import secret_of
from resolvers.office_news import News
from schema.cursors import sealed_cursor
from schema.ids import sealed_id
from schema.types.webhook import message_id


def message(keys: Keys, sent: Any, news: News) -> bytes:
    """Say what happened, to which case, at which level the office sees it, and from where on to ask for more."""
    event = news.event
    data = {
        "event": sealed_id(keys, "TimelineEvent", event.id),
        "case": sealed_id(keys, "Case", event.case_id),
        "reference": news.reference,
        "level": news.level.value,
        "cursor": sealed_cursor(keys, news.point),
        "redelivered": sent.redelivered,
    }
    return orjson.dumps({"type": event.kind.value, "timestamp": event.recorded_at.isoformat(), "data": data})


def headers(keys: Keys, sent: Any, body: bytes, *, now: datetime) -> dict[str, str]:
    """Sign the bytes; while a secret fades out there are two signatures, the new one's first."""
    secrets = [sent.secret]
    if sent.previous_secret is not None and sent.previous_until > now:
        secrets.append(sent.previous_secret)
    name = message_id(sent)
    signed = (Webhook(secret_of(keys, sent.webhook_id, sealed)).sign(name, now, body.decode()) for sealed in secrets)
    return {
        "content-type": "application/json",
        "user-agent": "Prasan-Webhooks/1",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signed),
    }
