"""A department's receiver as tests use it: a real HTTP server that keeps what it was sent and answers as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
from standardwebhooks import Webhook

HOST = "127.0.0.1"


class Received(NamedTuple):
    """One request: its head's lines by lower-case name, and its body to the byte."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        said: dict[str, Any] = orjson.loads(self.body)
        return said


@dataclass
class Receiver:
    """Answers with `answers` in turn, the last of them for ever; `slow` keeps its answers until the event is set."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    slow: asyncio.Event | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    talks: list["asyncio.Task[None]"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/prasan"

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.append(asyncio.create_task(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers["content-length"]))
            self.received.append(Received(headers, body))
            self.came.set()
            if self.slow is not None:
                await self.slow.wait()
            answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
            writer.write(f"HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n".encode())
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return  # whoever sent it is gone
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()


@asynccontextmanager
async def receiving(*answers: str, secure: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    receiver = Receiver(answers=list(answers or ("204 No Content",)))
    server = await asyncio.start_server(receiver.accept, HOST, 0, ssl=secure)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        if receiver.slow is not None:
            receiver.slow.set()
        server.close()
        await server.wait_closed()
        await asyncio.gather(*receiver.talks)


def is_signed(received: Received, secret: str) -> bool:
    """Ask the library of Standard Webhooks whether this secret has signed exactly these bytes."""
    signatures = received.headers["webhook-signature"].split(" ")
    at = _instant(received.headers["webhook-timestamp"])
    return Webhook(secret).sign(received.id, at, received.body.decode()) in signatures


def _instant(text: str) -> datetime:
    return datetime.fromtimestamp(int(text), UTC)
