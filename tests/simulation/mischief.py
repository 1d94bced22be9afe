"""What goes wrong with a request, drawn from the seed, and the means to let it go wrong at an exact statement."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum, auto
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.util import await_only


class Trouble(StrEnum):
    NONE = auto()
    LOST_REQUEST = auto()
    """It never arrives."""
    LOST_ANSWER = auto()
    """It is done, and nobody hears of it."""
    SENT_TWICE = auto()
    """The network delivers it twice at once."""
    CANCELLED = auto()
    """The service gives the request up at the n-th statement."""
    BACKEND_KILLED = auto()
    """PostgreSQL's process is terminated before the n-th statement."""
    KILLED_AT_COMMIT = auto()
    """The same before the n-th commit, whatever it ends."""


WEIGHTS = {
    Trouble.NONE: 74,
    Trouble.LOST_REQUEST: 4,
    Trouble.LOST_ANSWER: 8,
    Trouble.SENT_TWICE: 3,
    Trouble.CANCELLED: 5,
    Trouble.BACKEND_KILLED: 3,
    Trouble.KILLED_AT_COMMIT: 3,
}
AT_STATEMENT = frozenset({Trouble.CANCELLED, Trouble.BACKEND_KILLED})
LATEST = 40
"""Statements of a request among which one is chosen; with fewer nothing happens to it."""


@dataclass
class Fate:
    """What will happen to one request; `left` counts statements or commits down."""

    trouble: Trouble
    left: int = 0
    task: "asyncio.Task[Any] | None" = None
    kill: Callable[[int], Awaitable[None]] | None = None

    def count(self) -> bool:
        """Has it come to the statement at which it happens?"""
        self.left -= 1
        return self.left == 0


def draw(rng: Random) -> Fate:
    """Always two draws, so that what is drawn next does not depend on what was drawn now."""
    (trouble,), at = rng.choices(list(WEIGHTS), weights=list(WEIGHTS.values())), rng.random()
    return Fate(trouble, 1 + int(at * at * (LATEST if trouble in AT_STATEMENT else 6)))


CURRENT: ContextVar[Fate | None] = ContextVar("fate of the request under way", default=None)


def _before_statement(conn: Any, *_: Any) -> None:
    fate = CURRENT.get()
    if fate is None or fate.trouble not in AT_STATEMENT or not fate.count():
        return
    if fate.trouble is Trouble.CANCELLED:
        assert fate.task is not None
        fate.task.cancel()
    else:
        _kill(fate, conn)


def _before_commit(conn: Any) -> None:
    fate = CURRENT.get()
    if fate is not None and fate.trouble is Trouble.KILLED_AT_COMMIT and fate.count():
        _kill(fate, conn)


def _kill(fate: Fate, conn: Any) -> None:
    assert fate.kill is not None
    await_only(fate.kill(conn.connection.driver_connection.get_server_pid()))


@contextmanager
def watched(*engines: Any) -> Iterator[None]:
    """Let fates happen to what runs on these engines."""
    hooks = (("before_cursor_execute", _before_statement), ("commit", _before_commit))
    for engine in engines:
        for name, hook in hooks:
            event.listen(engine.sync_engine, name, hook)
    try:
        yield
    finally:
        for engine in engines:
            for name, hook in hooks:
                event.remove(engine.sync_engine, name, hook)
