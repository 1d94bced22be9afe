"""A client of graphql-transport-ws that says exactly what a test wants said."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PROTOCOL = "graphql-transport-ws"
SOON = 20
"""Seconds within which the service says something, or the test fails."""


class Socket:
    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, message: Any) -> None:
        await self.connection.send(message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> Any:
        """Give the next message; it must be text."""
        async with asyncio.timeout(SOON):
            heard = await self.connection.recv()
        assert isinstance(heard, str)
        return json.loads(heard)

    async def hear_of(self, id_: str) -> tuple[str, Any]:
        """Give the type and payload of the next message, which is about this operation."""
        heard = await self.hear()
        assert heard["id"] == id_, heard
        return heard["type"], heard.get("payload")

    async def closed_with(self, *, after: str | None = None) -> int:
        """Give the code with which the service closes, without another word but on the operation `after`."""
        with pytest.raises(ConnectionClosed) as closed:
            await self._hear_all(of=after)
        assert closed.value.rcvd is not None
        return closed.value.rcvd.code

    async def _hear_all(self, *, of: str | None) -> None:
        while (await self.hear())["id"] == of:
            """What is followed may have its say."""

    async def init(self, token: str | None, **more: Any) -> None:
        payload = {"authorization": f"Bearer {token}"} if token is not None else {}
        await self.say({"type": "connection_init", "payload": {"accept-language": "en", **payload, **more}})
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, id_: str, query: Any, **variables: Any) -> None:
        await self.say({"id": id_, "type": "subscribe", "payload": {"query": query, "variables": variables}})


@asynccontextmanager
async def socket(address: str, protocol: str = PROTOCOL) -> AsyncIterator[Socket]:
    url = f"ws://{address}/graphql"
    async with connect(url, subprotocols=[Subprotocol(protocol)], proxy=None, close_timeout=SOON) as connection:
        yield Socket(connection)
