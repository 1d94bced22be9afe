"""The load: keep-alive HTTP/1.1 connections to 127.0.0.1, each with one request under way, in a process of its own.

The job is JSON on standard input, the result JSON on standard output.
"""

import asyncio
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import orjson
import uvloop

MOST_SECONDS, MOST_CONNECTIONS = 60, 256
END = b"\r\n\r\n"


@dataclass(slots=True)
class Target:
    """What one connection asks: `body` as it is, or a change that names the version its last answer told."""

    path: str
    headers: dict[str, str]
    body: Any
    changes: bool = False
    version_at: list[str] = field(default_factory=list)

    def request(self, last: Any) -> bytes:
        body = self._next(last) if self.changes else self.body
        text = body if isinstance(body, bytes) else orjson.dumps(body)
        lines = [f"POST {self.path} HTTP/1.1", "host: 127.0.0.1", "content-type: application/json"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join([*lines, f"content-length: {len(text)}"])).encode() + END + text

    def _next(self, last: Any) -> bytes:
        """Between IN_PROGRESS and WAITING_AGENCY and back."""
        if last is not None:
            case = orjson.loads(last)
            for step in self.version_at:
                case = case[step]
            self.body["version"], self.body["waits"] = case["version"], case["state"] == "IN_PROGRESS"
        text: bytes = orjson.dumps(self.body["template"])
        waits, day = self.body["waits"], self.body["reviewOn"]
        for slot, value in (
            (b'"$state"', orjson.dumps("WAITING_AGENCY" if waits else "IN_PROGRESS")),
            (b'"$reviewOn"', orjson.dumps(day if waits else None)),
            (b'"$version"', orjson.dumps(self.body["version"])),
            (b'"$operation"', orjson.dumps(str(uuid4()))),
        ):
            text = text.replace(slot, value)
        return text


class Connection(asyncio.Protocol):
    """Asks again as soon as it was answered, until it is told to stop."""

    def __init__(self, target: Target, until: float) -> None:
        self._target = target
        self._until = until
        self._received = bytearray()
        self._sent = 0.0
        self._last: bytes | None = None
        self._fixed = None if target.changes else target.request(None)
        self.times: list[float] = []
        self.wrong: list[str] = []
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._ask()

    def _ask(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._fixed or self._target.request(self._last))

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(END)
        if head < 0:
            return
        top = bytes(self._received[:head]).lower()
        length = int(top.split(b"content-length:")[1].split(b"\r\n")[0])
        if len(self._received) < head + len(END) + length:
            return
        body = bytes(self._received[head + len(END) :])
        self._received.clear()
        self.times.append(time.perf_counter() - self._sent)
        if b" 200 " not in top[:20] or b'"errors"' in body or b'"code"' in body[:300]:
            self.wrong.append(body[:300].decode(errors="replace"))
        self._last = body
        if self.wrong or time.perf_counter() >= self._until:
            self._transport.close()
        else:
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None:
            self.wrong.append(repr(exc))
        if not self.over.done():
            self.over.set_result(None)

    @property
    def last(self) -> str:
        return (self._last or b"").decode()


async def run(job: dict[str, Any]) -> dict[str, Any]:
    """Ask for some seconds on as many connections as there are targets; give every answer's time."""
    loop = asyncio.get_running_loop()
    targets = [Target(**target) for target in job["targets"]][:MOST_CONNECTIONS]
    began = time.perf_counter()
    until = began + min(job["seconds"], MOST_SECONDS)
    made = [
        (await loop.create_connection(lambda t=target: Connection(t, until), "127.0.0.1", job["port"]))[1]  # type: ignore[misc]
        for target in targets
    ]
    await asyncio.gather(*(connection.over for connection in made))
    took = time.perf_counter() - began
    return {
        "seconds": took,
        "times": [round(t * 1e6) for connection in made for t in connection.times],
        "wrong": [text for connection in made for text in connection.wrong],
        "last": [connection.last for connection in made],
    }


def main() -> None:
    job = orjson.loads(sys.stdin.buffer.read())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(orjson.dumps(runner.run(run(job))))


if __name__ == "__main__":
    main()
