"""The followers: thousands of sockets of graphql-transport-ws in a process of its own, and the notes that all hear of.

The job is a line of JSON on standard input. When all listen, it says so; every further line is one note to publish, and
is answered with the milliseconds from its sending to its first, median and last delivery.
"""

import asyncio
import os
import sys
import time
from base64 import b64encode
from typing import Any
from uuid import uuid4

import httpx
import orjson
import uvloop

AT_ONCE = 8
"""Sockets that are opened at the same time."""
PATIENCE = 120
TEXT, PING, PONG, CLOSE = 1, 9, 10, 8
HEAD, SHORT, LONG = 2, 126, 127


def masked(kind: int, payload: bytes) -> bytes:
    """Write a client's frame; its mask is zero, as the payload is no secret here."""
    size = len(payload)
    head = bytes([0x80 | kind])
    head += bytes([0x80 | size]) if size < SHORT else bytes([0x80 | SHORT]) + size.to_bytes(2)
    return head + bytes(4) + payload


class Follower(asyncio.Protocol):
    """One socket with one subscription; counts what it hears."""

    def __init__(self, hello: dict[str, str], subscribe: dict[str, Any], heard: "Heard") -> None:
        self._hello = orjson.dumps({"type": "connection_init", "payload": hello})
        self._subscribe = orjson.dumps({"type": "subscribe", "id": "1", "payload": subscribe})
        self._heard = heard
        self._received = bytearray()
        self._open = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        key = b64encode(os.urandom(16)).decode()
        lines = "GET /graphql HTTP/1.1", "host: 127.0.0.1", "upgrade: websocket", "connection: upgrade"
        more = f"sec-websocket-key: {key}", "sec-websocket-version: 13", "sec-websocket-protocol: graphql-transport-ws"
        transport.write("\r\n".join([*lines, *more, "\r\n"]).encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        self._received += data
        if not self._open:
            head = self._received.find(b"\r\n\r\n")
            if head < 0:
                return
            if b" 101 " not in self._received[:20]:
                raise RuntimeError(self._received.decode())
            del self._received[: head + 4]
            self._open = True
            self._transport.write(masked(TEXT, self._hello))
        while self._frame(at):
            """As many as have come."""

    def _frame(self, at: float) -> bool:
        received = self._received
        if len(received) < HEAD:
            return False
        size, begin = received[1], HEAD
        if size in (SHORT, LONG):
            begin = 4 if size == SHORT else 10
            size = int.from_bytes(received[2:begin])
        if len(received) < begin + size:
            return False
        self._take(received[0] & 15, bytes(received[begin : begin + size]), at)
        del received[: begin + size]
        return True

    def _take(self, kind: int, payload: bytes, at: float) -> None:
        if kind == PING:
            self._transport.write(masked(PONG, payload))
        elif kind == CLOSE:
            self._heard.wrong.append(f"closed: {payload!r}")
        elif b'"connection_ack"' in payload[:30]:
            self._transport.write(masked(TEXT, self._subscribe))
            self._transport.write(masked(TEXT, orjson.dumps({"type": "ping"})))
        elif b'"pong"' in payload[:20]:
            if not self.ready.done():
                self.ready.set_result(None)
        elif b'"next"' not in payload[:30] or b'"errors"' in payload or b'"code"' in payload:
            self._heard.wrong.append(payload[:300].decode())
        elif b'"CursorMoved"' not in payload:
            self._heard.note(at)

    def connection_lost(self, exc: Exception | None) -> None:
        self._heard.wrong.append(f"lost: {exc!r}")
        if not self.ready.done():
            self.ready.set_result(None)


class Heard:
    """When each follower heard of the present note."""

    def __init__(self, followers: int) -> None:
        self._followers = followers
        self.times: list[float] = []
        self.wrong: list[str] = []
        self.all = asyncio.Event()

    def note(self, at: float) -> None:
        self.times.append(at)
        if len(self.times) == self._followers:
            self.all.set()

    def begin(self) -> None:
        self.times.clear()
        self.all.clear()


async def open_all(job: dict[str, Any], heard: Heard) -> list[Follower]:
    loop, free, followers = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE), []

    async def one(hello: dict[str, str], subscribe: dict[str, Any]) -> None:
        async with free:
            made = await loop.create_connection(lambda: Follower(hello, subscribe, heard), "127.0.0.1", job["port"])
            followers.append(made[1])
            await made[1].ready

    kinds = job["followers"]
    await asyncio.gather(*(one(**kinds[number % len(kinds)]) for number in range(job["count"])))
    return followers


async def publish(job: dict[str, Any], heard: Heard, client: httpx.AsyncClient) -> list[float]:
    """Write a note; give milliseconds from sending it to its first, median and last delivery."""
    heard.begin()
    note = job["publish"]
    note["body"]["variables"]["input"]["operationId"] = str(uuid4())
    began = time.perf_counter()
    answer = await client.post(f"http://127.0.0.1:{job['port']}/graphql", json=note["body"], headers=note["headers"])
    if b'"code"' in answer.content or b'"errors"' in answer.content:
        raise RuntimeError(answer.text)
    async with asyncio.timeout(PATIENCE):
        await heard.all.wait()
    times = sorted(heard.times)
    return [(times[at] - began) * 1000 for at in (0, len(times) // 2, -1)]


async def run() -> None:
    lines = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    job = orjson.loads(await lines.readline())
    heard = Heard(job["count"])
    began = time.perf_counter()
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        followers = await open_all(job, heard)
        _say({"opened": len(followers), "seconds": time.perf_counter() - began, "wrong": heard.wrong})
        while await lines.readline():
            _say({"times": await publish(job, heard, client), "wrong": heard.wrong})


def _say(result: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(result) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


if __name__ == "__main__":
    main()
