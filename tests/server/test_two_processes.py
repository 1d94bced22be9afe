"""Two processes on one database are one service: what one does, the other tells, even after a kill."""

import asyncio
import signal

import asyncpg
import pytest
from websockets.exceptions import ConnectionClosed

from server.feed import STAMPING
from tests.server.installation import Installation, Service, serving
from tests.server.socket_client import socket
from tests.server.stories import EVENTS, heard, note, open_case
from tests.world import COORDINATOR, VOLUNTEER

PENDING = "SELECT count(*) FROM feed_pending"
GAPS = "SELECT count(*) - max(position) FROM feed"


async def test_what_one_process_does_the_other_delivers_and_a_kill_loses_nothing(
    installation: Installation, service: Service
) -> None:
    with serving(installation) as other:
        case = await open_case(other)
        async with socket(service.address) as follower:
            await follower.init(installation.token(VOLUNTEER))
            await follower.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
            assert heard((await follower.hear_of("1"))[1])["event"]["kind"] == "CASE_OPENED"
            await note(other, case, "จากอีกกระบวนการ")
            second = heard((await follower.hear_of("1"))[1])
            assert second["event"]["note"] == {"text": "จากอีกกระบวนการ"}

            await _reconnected_elsewhere(installation, service, other, case, second["cursor"])
            third = heard((await follower.hear_of("1"))[1])
            assert third["event"]["note"] == {"text": "ขณะไม่ได้เชื่อมต่อ"}

            await _killed_before_stamping(installation, other, case)
            fourth = heard((await follower.hear_of("1"))[1])
            assert fourth["event"]["note"] == {"text": "ก่อนถูกตัด"}
            assert await installation.value(PENDING) == 0
            assert await installation.value(GAPS) == 0
    await note(service, case, "ยังอยู่")


async def _reconnected_elsewhere(
    installation: Installation, service: Service, other: Service, case: dict[str, str], cursor: str
) -> None:
    """A client that was at one process goes on at the other, exactly behind what it has heard."""
    await note(service, case, "ขณะไม่ได้เชื่อมต่อ")
    async with socket(other.address) as again:
        await again.init(installation.token(COORDINATOR))
        await again.subscribe("2", EVENTS, id=case["id"], after=cursor)
        event = heard((await again.hear_of("2"))[1])["event"]
        assert event["note"] == {"text": "ขณะไม่ได้เชื่อมต่อ"}


async def _killed_before_stamping(installation: Installation, other: Service, case: dict[str, str]) -> None:
    """While nobody can stamp, a process commits, answers, and is killed."""
    holder = await asyncpg.connect(installation.url())
    await holder.execute("SELECT pg_advisory_lock($1)", STAMPING)
    await note(other, case, "ก่อนถูกตัด")
    assert await holder.fetchval(PENDING) == 1
    assert other.end(signal.SIGKILL) == -signal.SIGKILL
    assert await holder.fetchval(PENDING) == 1
    await holder.close()


async def test_a_stop_ends_open_subscriptions_and_leaves_quietly(installation: Installation) -> None:
    with serving(installation) as stopping:
        case = await open_case(stopping)
        async with socket(stopping.address) as follower:
            await follower.init(installation.token(VOLUNTEER))
            await follower.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
            await follower.hear_of("1")
            ending = asyncio.get_running_loop().run_in_executor(None, stopping.end, signal.SIGINT)
            with pytest.raises(ConnectionClosed):
                await follower.hear()
            assert await ending == 0
        assert [line for line in stopping.said if "Traceback" in line] == []
    port = stopping.address.rpartition(":")[2]
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", int(port))
