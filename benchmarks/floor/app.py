"""A bare ASGI application: a path names the statement, the body its values; the answer is the statement's text."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import orjson

FOLDER = Path(__file__).parent
Message = MutableMapping[str, Any]


def statement(name: str) -> str:
    """Give a statement of this folder; `{post x}` in it is the post with the id `x`."""
    post = (FOLDER / "post.sql").read_text(encoding="utf-8").strip()
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    return re.sub(r"\{post ([\w.]+)\}", lambda found: post.replace("{id}", found[1]), text)


class Floor:
    """Answers `POST /board`, `/follow`, `/queue` and `/update`."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool
        self._statements = {f"/{name}": statement(name) for name in ("board", "follow", "queue", "update")}

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["type"] != "http":
            raise ValueError("The floor speaks HTTP only.")
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        values = [date.fromisoformat(v[5:]) if str(v).startswith("date:") else v for v in orjson.loads(body)]
        answer = await self._pool.fetchval(self._statements[scope["path"]], *values)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer.encode()))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer.encode()})
