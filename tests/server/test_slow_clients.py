"""A client that does not read for a while: it delays nobody, and is told from where to go on."""

import asyncio
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.server.installation import Installation, Service, serving
from tests.server.socket_client import PROTOCOL, Socket, socket
from tests.server.stories import heard, note, open_case
from tests.world import VOLUNTEER

EVENTS = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) { __typename
  ... on CaseEvent { cursor event { note { text } } } ... on ResyncRequired { reason cursor } } }"""
LONG = "ก" * 9_990
NOTES = 24
"""Of 30 KB each: more than two sockets' buffers and what the service keeps."""


@asynccontextmanager
async def sleepy(service: Service) -> AsyncIterator[Socket]:
    """Give a client that takes only what it is asked to hear, and lets the system keep little for it."""
    host, _, port = service.address.rpartition(":")
    narrow = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
    narrow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, (host, int(port)))
    async with connect(
        f"ws://{service.address}/graphql",
        sock=narrow,
        subprotocols=[Subprotocol(PROTOCOL)],
        proxy=None,
        compression=None,
        max_queue=1,
        ping_interval=None,
    ) as connection:
        yield Socket(connection)


async def test_who_reads_too_slowly_delays_nobody_and_misses_nothing(installation: Installation) -> None:
    with serving(installation, PRASAN_FOLLOWER_BEHIND="3", PRASAN_SOCKET_PING_SECONDS="60") as service:
        case = await open_case(service)
        token = installation.token(VOLUNTEER)
        async with socket(service.address) as awake, sleepy(service) as asleep:
            for each in (awake, asleep):
                await each.init(token)
                await each.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
                assert heard((await each.hear_of("1"))[1])["event"]["note"] is None
            wanted = [f"{number:03} {LONG}" for number in range(NOTES)]
            for text in wanted:
                await note(service, case, text)
                assert heard((await awake.hear_of("1"))[1])["event"]["note"]["text"] == text
            told: list[str] = []
            while (last := heard((await asleep.hear_of("1"))[1]))["__typename"] == "CaseEvent":
                told.append(last["event"]["note"]["text"])
            assert (last["reason"], await asleep.hear_of("1")) == ("FELL_BEHIND", ("complete", None))
            assert told == wanted[: len(told)]
            await asleep.subscribe("2", EVENTS, id=case["id"], after=last["cursor"])
            rest = [heard((await asleep.hear_of("2"))[1])["event"]["note"]["text"] for _ in wanted[len(told) :]]
            assert told + rest == wanted
