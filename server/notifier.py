"""The notifier: tells people outside the service of their notices, on every channel that is set up."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random, SystemRandom
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.outgoing import address_for, put_off, settle, take_outgoing
from models.webhook_words import DeliveryState, NoticeChannel
from resolvers.context import Services
from resolvers.notice_news import notice_news
from server.channels import Channel
from server.faults import described
from server.notice_messages import written

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
"""After that another worker may send what one took and did not settle."""


class Notifier:
    """One per worker. At least once: one that dies between sending and noting leaves a message to be sent again."""

    def __init__(
        self,
        services: Services,
        engine: AsyncEngine,
        channels: Mapping[NoticeChannel, Channel],
        *,
        public_url: str,
        chance: Random | None = None,
    ) -> None:
        self._services = services
        self._engine = engine
        self._channels = channels
        self._public_url = public_url
        self._chance = chance or SystemRandom()

    async def look(self) -> int:
        """Send what is due, one after the other; tell how many were sent."""
        now = self._services.clock()
        return sum([await self._send(row) for row in await take_outgoing(self._engine, now=now, until=now + LEASE)])

    async def _send(self, row: Any) -> bool:
        """Send one if it may still be told and there is a way; what fails is tried again later."""
        now = self._services.clock()
        channel = self._channels.get(row.channel)
        if channel is None:
            await put_off(self._engine, row, now=now, chance=self._chance)
            return False
        address, news = await address_for(self._engine, row), await notice_news(self._services, row)
        if address is None or news is None:
            await settle(self._engine, id_=row.id, state=DeliveryState.WITHHELD, now=now)
            return False
        try:
            await channel.send(address, written(row, news, self._public_url))
        except Exception as error:  # noqa: BLE001 - a channel is another's service: whatever it raises passes or does not
            log.warning("notifier.not_sent", channel=row.channel.value, **described(error))
            await put_off(self._engine, row, now=self._services.clock(), chance=self._chance)
            return False
        await settle(self._engine, id_=row.id, state=DeliveryState.DELIVERED, now=self._services.clock())
        return True
