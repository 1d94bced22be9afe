"""The application asked in ASGI's own words: requests that are cancelled anywhere, sockets that break anywhere."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
from starlette.types import ASGIApp

PROTOCOL = "graphql-transport-ws"
_SCOPE = {"path": "/graphql", "raw_path": b"/graphql", "root_path": "", "query_string": b"", "client": ("127.0.0.1", 1)}


class SocketClosed(Exception):  # noqa: N818 - an event, not an error
    """The service has closed the socket, with a code."""


async def post(app: ASGIApp, body: Mapping[str, Any], headers: Mapping[str, str]) -> Any:
    """Give the JSON that POST /graphql answers with."""
    sent: list[Any] = []
    messages = [{"type": "http.request", "body": orjson.dumps(body), "more_body": False}]
    over = asyncio.Event()

    async def receive() -> Any:
        if messages:
            return messages.pop()
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    given = {"content-type": "application/json", "host": "prasan.test", **headers}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {"type": "http", "method": "POST", "scheme": "http", "http_version": "1.1", "headers": raw, **_SCOPE}
    await app(scope, receive, send)
    return orjson.loads(b"".join(message.get("body", b"") for message in sent))


class Socket:
    """One WebSocket with one subscription."""

    def __init__(self, app: ASGIApp) -> None:
        self._inbox: asyncio.Queue[Any] = asyncio.Queue()
        self._outbox: asyncio.Queue[Any] = asyncio.Queue()
        self._outbox.put_nowait({"type": "websocket.connect"})
        headers = [(b"host", b"prasan.test")]
        scope = {"type": "websocket", "scheme": "ws", "headers": headers, "subprotocols": [PROTOCOL], **_SCOPE}
        self._serving = asyncio.create_task(self._serve(app, scope))

    async def _serve(self, app: ASGIApp, scope: Any) -> None:
        try:
            await app(scope, self._outbox.get, self._inbox.put)
        finally:
            self._inbox.put_nowait({"type": "websocket.close", "code": 1006})

    def _say(self, message: Mapping[str, Any]) -> None:
        self._outbox.put_nowait({"type": "websocket.receive", "text": orjson.dumps(message).decode()})

    async def _hear(self) -> Any:
        while True:
            message = await self._inbox.get()
            if message["type"] == "websocket.close":
                raise SocketClosed(message.get("code"))
            if message["type"] == "websocket.send":
                frame = orjson.loads(message["text"])
                if frame["type"] == "ping":
                    self._say({"type": "pong"})
                else:
                    return frame

    async def subscribe(self, token: str, query: str, variables: Mapping[str, Any]) -> AsyncIterator[Any]:
        """Give the answers one by one until the stream is complete; a socket that closes raises."""
        self._say({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        while (await self._hear())["type"] != "connection_ack":
            pass
        self._say({"id": "1", "type": "subscribe", "payload": {"query": query, "variables": dict(variables)}})
        while (frame := await self._hear())["type"] != "complete":
            yield frame["payload"] if frame["type"] == "next" else {"errors": frame["payload"]}

    async def close(self) -> None:
        """Break off, as a phone does that has lost its network."""
        self._outbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait({self._serving}, timeout=5)
        self._serving.cancel()
        await asyncio.gather(self._serving, return_exceptions=True)
