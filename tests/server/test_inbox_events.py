"""`inboxEvents` of real processes: nothing missed and nothing twice, whoever is stopped or restarted meanwhile."""

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from casework.keys import Keys
from resolvers.feed_points import FeedPoint
from schema.cursors import sealed_cursor
from tests.server.installation import SECRET, Installation, Service, serving
from tests.server.socket_client import Socket, socket
from tests.server.stories import EVENTS, INBOX, do, heard, note, open_case, refer
from tests.world import DLPW, VOLUNTEER

LAST = "SELECT max(position) FROM feed"


@asynccontextmanager
async def listening(installation: Installation, at: Service, after: str | None = None) -> AsyncIterator[Socket]:
    async with socket(at.address) as office:
        await office.init(installation.token(DLPW))
        await office.subscribe("1", INBOX, after=after)
        yield office


async def news(office: Socket) -> dict[str, Any]:
    said, payload = await office.hear_of("1")
    assert said == "next"
    told: dict[str, Any] = heard(payload)
    return told


async def test_an_office_goes_on_where_it_was_at_another_process_and_after_a_restart(
    installation: Installation, service: Service
) -> None:
    with serving(installation) as stopping:
        async with listening(installation, stopping) as office:
            begun = await news(office)
            assert begun["__typename"] == "CursorMoved"
            case = await open_case(service)
            await refer(service, case)
            await note(service, case, "หนึ่ง")
            live = [await news(office) for _ in range(2)]
            assert [one["event"]["kind"] for one in live] == ["REFERRAL_SENT", "NOTE_ADDED"]
            assert {one["case"]["id"] for one in live} == {case["id"]}
        await note(service, case, "สอง")
        assert stopping.end(signal.SIGTERM) == 0
    await note(service, case, "สาม")
    with serving(installation) as restarted:
        for at in (restarted, service):
            async with listening(installation, at, begun["cursor"]) as office:
                assert [await news(office) for _ in range(2)] == live
            async with listening(installation, at, live[0]["cursor"]) as office:
                missed = [await news(office) for _ in range(3)]
                assert missed[0] == live[1]
                assert [one["event"]["kind"] for one in missed] == ["NOTE_ADDED"] * 3
        async with listening(installation, restarted, missed[-1]["cursor"]) as office:
            await note(service, case, "สี่")
            fourth = await news(office)
            assert fourth["event"]["kind"] == "NOTE_ADDED"
            assert fourth["cursor"] not in {one["cursor"] for one in missed}


async def test_a_cursor_that_the_database_does_not_know_is_the_last_word(
    installation: Installation, service: Service
) -> None:
    """As after a restore from a copy that is older than the cursor."""
    last = await installation.value(LAST)
    for position in (last, last + 1):
        unknown = sealed_cursor(Keys(SECRET.encode()), FeedPoint(position, b"restored"))
        async with listening(installation, service, unknown) as office:
            told = await news(office)
            assert (told["__typename"], told["reason"]) == ("ResyncRequired", "PLACE_UNKNOWN")
            assert await office.hear_of("1") == ("complete", None)
    async with listening(installation, service, told["cursor"]) as office:
        case = await open_case(service)
        await refer(service, case)
        assert (await news(office))["event"]["kind"] == "REFERRAL_SENT"


async def test_an_office_whose_referral_is_recalled_is_told_that_the_events_end(
    installation: Installation, service: Service
) -> None:
    case = await open_case(service)
    referral = await refer(service, case)
    async with socket(service.address) as office:
        await office.init(installation.token(DLPW))
        await office.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
        kinds = [heard((await office.hear_of("1"))[1])["event"]["kind"] for _ in range(3)]
        assert kinds == ["CASE_OPENED", "CASE_STATUS_CHANGED", "REFERRAL_SENT"]
        await do(
            service,
            "recallReferral",
            VOLUNTEER,
            want="referral { id }",
            referral=referral["id"],
            expectedVersion=referral["version"],
            reason="ส่งผิด",
            category="SENT_IN_ERROR",
        )
        assert heard((await office.hear_of("1"))[1]) == {"caseId": case["id"], "why": "STATUS_ONLY"}
        assert await office.hear_of("1") == ("complete", None)
