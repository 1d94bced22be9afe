"""Callers and the posts in which they ask: the context of one operation, and the post that a socket keeps to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from casework.policy.actors import Actor
from resolvers.context import Context, Services
from schema.ids import read_id
from server.auth import Caller


@asynccontextmanager
async def context_of(services: Services, caller: Caller, request_id: str = "") -> AsyncIterator[Context]:
    """Give an operation its context, and its connection back to the pool whatever happens."""
    address = caller.address
    context = Context(
        services, caller.thai, services.reference, services.clock(), address=address, request_id=request_id
    )
    try:
        if caller.subject is not None:
            await context.identify(caller.subject, _seat(context, caller))
        yield context
    except asyncio.CancelledError:
        context.give_up()
        raise
    finally:
        await asyncio.shield(context.close())


@asynccontextmanager
async def context_as(services: Services, by: Actor) -> AsyncIterator[Context]:
    """Give a command the context of somebody who was looked up already."""
    context = Context(services, thai=True, reference=services.reference, now=services.clock(), by=by)
    try:
        yield context
    finally:
        await context.close()


async def in_its_post(services: Services, caller: Caller) -> Caller:
    """Keep a caller to the post in which it begins: the one it names, else its first, which may be another tomorrow."""
    if caller.subject is None:
        return caller
    async with context_of(services, caller) as context:
        return caller if context.by is None else replace(caller, held=context.by.seat_id)


def _seat(context: Context, caller: Caller) -> int | None:
    """Read the post that the caller chose; one that is no id of a post is no post of the caller's."""
    if caller.held is not None or caller.seat is None:
        return caller.held
    number = read_id(context, "Seat", caller.seat)
    return -1 if number is None else number
