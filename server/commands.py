"""What every command does first and last: it reads the settings, and tells a problem as one sentence."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import FrameType
from typing import ParamSpec

import asyncpg
import typer
from sqlalchemy.exc import DBAPIError

from server.faults import is_passing
from server.logs import configure_logs
from server.problems import CONNECTION_LOST, MIGRATE_FIRST, StartupProblem
from server.settings import Settings, read_settings
from server.startup import say

P = ParamSpec("P")
_NOT_MIGRATED = ("42P01", "42703", "42883")
"""SQLSTATE of a table, a column and a function that is not there."""


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Tell a startup problem, or a database that is away or of another version, as one sentence, with exit code 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except StartupProblem as problem:
            say(str(problem))
            raise typer.Exit(1) from None
        except (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            sentence = _about_the_database(error)
            if sentence is None:
                raise
            say(sentence)
            raise typer.Exit(1) from None

    return run


def stop_on_sigterm() -> None:
    """Let SIGTERM stop the program as Ctrl-C does, also one that a script has put into the background.

    The shell has such a program ignore SIGINT, and Python and asyncio leave that as it is.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _as_an_interrupt)


def _as_an_interrupt(_number: int, _frame: FrameType | None) -> None:
    """Take SIGTERM as Ctrl-C, on which asyncio cancels its task: an exception in the midst of asyncpg would be fatal.

    Raised by the handler itself, KeyboardInterrupt comes up wherever the program is, in callbacks of C code too, and
    Python crashed in one of twelve stops of a worker.
    """
    signal.raise_signal(signal.SIGINT)


@contextmanager
def held_back(failed: list[Exception]) -> Iterator[None]:
    """Let what comes after a failure go on; whoever asked raises it when all is done."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - raised by the caller
        failed.append(error)


def _about_the_database(error: Exception) -> str | None:
    """Say what to do about an error that is no fault of the program."""
    if getattr(getattr(error, "orig", error), "sqlstate", None) in _NOT_MIGRATED:
        return MIGRATE_FIRST
    return CONNECTION_LOST if is_passing(error) else None


def settings_of_command() -> Settings:
    settings = read_settings()
    configure_logs(settings)
    return settings
