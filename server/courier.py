"""The courier: brings offices' news to their webhooks, many at once, each webhook in one hand at a time.

A slow endpoint holds up nothing but itself. Whoever stops or dies leaves what it had in hand to the next: sent twice
rather than not at all.
"""

import asyncio
from datetime import timedelta
from random import Random, SystemRandom
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.deliveries import add_deliveries, next_delivery, record, withhold
from casework.webhook_turns import lease, release, webhooks_with_work
from resolvers.context import Services
from resolvers.office_news import news_behind, news_now
from server.endpoints import Endpoints
from server.faults import described
from server.webhook_messages import headers, message

log = structlog.get_logger()

LANES = 32
"""Webhooks in hand at once: most of their time is waiting for answers."""
TURN = timedelta(seconds=30)
"""After that long a webhook is given back though more is to be sent, so that others are not kept waiting."""
LEASE = timedelta(seconds=90)
"""A turn with its last attempt is over long before."""


class Courier:
    """One per worker."""

    def __init__(
        self, services: Services, engine: AsyncEngine, endpoints: Endpoints, *, chance: Random | None = None
    ) -> None:
        self._services = services
        self._engine = engine
        self._endpoints = endpoints
        self._chance = chance or SystemRandom()
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._stopping = False

    def stop(self) -> None:
        """Send nothing more than what is being sent."""
        self._stopping = True

    async def look(self) -> None:
        """Take every webhook whose turn has come, as far as hands are free."""
        for webhook_id in await webhooks_with_work(self._engine, now=self._services.clock()):
            if len(self._in_hand) >= LANES:
                return
            if webhook_id not in self._in_hand:
                task = asyncio.create_task(self._take(webhook_id))
                self._in_hand[webhook_id] = task
                task.add_done_callback(lambda _, id_=webhook_id: self._in_hand.pop(id_, None))  # type: ignore[misc]

    async def settled(self) -> None:
        """Wait until nothing is in hand."""
        await asyncio.gather(*self._in_hand.values())

    async def drop(self) -> None:
        """Leave what is in hand to the next worker."""
        for task in self._in_hand.values():
            task.cancel()
        await asyncio.gather(*self._in_hand.values(), return_exceptions=True)

    async def _take(self, webhook_id: int) -> None:
        """Give a webhook its turn; a fault in it concerns no other."""
        began = self._services.clock()
        until = began + LEASE
        try:
            held = await lease(self._engine, webhook_id=webhook_id, now=began, until=until)
            if held is None:
                return
            await self._catch_up(webhook_id, held)
            while not self._stopping and self._services.clock() < began + TURN:
                sent = await next_delivery(self._engine, webhook_id=webhook_id, now=self._services.clock())
                if sent is None:
                    break
                await self._send(held.office_id, sent)
            await release(self._engine, webhook_id=webhook_id, until=until)
        except Exception as error:  # noqa: BLE001 - the next turn begins where this one failed
            log.warning("courier.turn_failed", webhook=webhook_id, **described(error))

    async def _catch_up(self, webhook_id: int, held: Any) -> None:
        """Read on from the webhook's place in the feed, and note what it is to be told."""
        found = await news_behind(self._services, held.office_id, held.position, kinds=held.event_kinds)
        await add_deliveries(
            self._engine,
            webhook_id=webhook_id,
            behind=held.position,
            read_to=found.read_to,
            found=found.found,
            now=self._services.clock(),
        )

    async def _send(self, office_id: int, sent: Any) -> None:
        """Send one message if the office may still be told, and note what came of it."""
        services = self._services
        news = await news_now(services, office_id, sent.event_id)
        if news is None:
            await withhold(self._engine, delivery_id=sent.id, now=services.clock())
            return
        body = message(services.keys, sent, news)
        signed = headers(services.keys, sent, body, now=services.clock())
        attempt = await self._endpoints.post(sent.url, signed, body)
        disabled = await record(
            self._engine, services.reference, sent=sent, attempt=attempt, now=services.clock(), chance=self._chance
        )
        if disabled:
            services.feed.ring()
            log.warning("courier.webhook_disabled", webhook=sent.webhook_id, status=attempt.status)
