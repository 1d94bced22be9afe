"""Clients that hang up: what nobody will read is not worked out any further."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive


class HungUp(Exception):  # noqa: N818 - an event, not an error
    """The client has closed its connection."""


@asynccontextmanager
async def while_listening(receive: Receive) -> AsyncIterator[None]:
    """Cancel the block when the client hangs up, whose body has been read."""
    working, over = asyncio.current_task(), False
    assert working is not None  # noqa: S101 - a coroutine runs in a task

    def cancel(heard: "asyncio.Task[None]") -> None:
        if not over and not heard.cancelled():
            working.cancel()

    listening = asyncio.create_task(_hang_up(receive))
    listening.add_done_callback(cancel)
    try:
        yield
    except asyncio.CancelledError:
        if listening.done() and working.uncancel() == 0:
            raise HungUp from None
        raise
    finally:
        over = True
        listening.cancel()


async def _hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
