"""`caseEvents` of a real service: heard as they happen, once, in order, by those they are meant for."""

import asyncio
from typing import Any

import pytest

from tests.server.installation import Installation, Service
from tests.server.socket_client import socket
from tests.server.stories import EVENTS, heard, note, open_case, refer
from tests.world import COORDINATOR, DLPW, OTHER_VOLUNTEER, SSO, VOLUNTEER

AGENCIES = "{ agencies { code } }"
CODES = {"agencies": [{"code": code} for code in ("OPS", "DOE", "DSD", "DLPW", "SSO")]}


async def test_events_are_delivered_as_they_happen_and_a_cursor_continues_behind_them(
    installation: Installation, service: Service
) -> None:
    case = await open_case(service)
    async with socket(service.address) as follower:
        await follower.init(installation.token(VOLUNTEER))
        await follower.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
        cursors = []
        for text in (None, "หนึ่ง", "สอง"):
            if text is not None:
                await note(service, case, text)
            said, payload = await follower.hear_of("1")
            assert said == "next"
            event = heard(payload)
            assert event["event"]["kind"] == ("NOTE_ADDED" if text else "CASE_OPENED")
            assert event["event"]["note"] == ({"text": text} if text else None)
            cursors.append(event["cursor"])
    async with socket(service.address) as again:
        await again.init(installation.token(VOLUNTEER))
        await again.subscribe("x", EVENTS, id=case["id"], after=cursors[0])
        texts = [heard((await again.hear_of("x"))[1])["event"]["note"] for _ in range(2)]
        assert texts == [{"text": "หนึ่ง"}, {"text": "สอง"}]
        await again.say({"id": "x", "type": "complete"})
        await note(service, case, "nobody listens")
        await again.subscribe("y", AGENCIES)
        assert await again.hear_of("y") == ("next", {"data": CODES})


async def test_what_an_answer_does_not_show_is_heard_from_its_cursor_on(
    installation: Installation, service: Service
) -> None:
    """The event of the opening may come again: it is shown, but may not have had its position yet."""
    async with socket(service.address) as follower:
        await follower.init(installation.token(COORDINATOR))
        for number in ("1", "2", "3", "4", "5"):
            case = await open_case(service)
            assert [event["kind"] for event in case["timeline"]["nodes"]] == ["CASE_OPENED"]
            await note(service, case, "โทรแล้ว")
            await follower.subscribe(number, EVENTS, id=case["id"], after=case["eventsCursor"])
            kind = heard((await follower.hear_of(number))[1])["event"]["kind"]
            if kind == "CASE_OPENED":
                kind = heard((await follower.hear_of(number))[1])["event"]["kind"]
            assert kind == "NOTE_ADDED"


async def test_what_is_not_meant_for_the_listener_is_not_delivered(
    installation: Installation, service: Service
) -> None:
    case = await open_case(service)
    await refer(service, case)
    async with socket(service.address) as office, socket(service.address) as holder:
        for listener, by in ((office, DLPW), (holder, VOLUNTEER)):
            await listener.init(installation.token(by))
            await listener.subscribe("1", EVENTS, id=case["id"])
            await listener.subscribe("ready", AGENCIES)  # answered after the subscription has begun to look
            assert await listener.hear_of("ready") == ("next", {"data": CODES})
            assert (await listener.hear_of("ready"))[0] == "complete"
        await note(service, case, "เฉพาะเจ้าของ", "HOLDER_ONLY")
        await note(service, case, "ภายใน", "OWN_AGENCY")
        await note(service, case, "ทุกฝ่าย", "CASE")
        texts = [heard((await holder.hear_of("1"))[1])["event"]["note"] for _ in range(3)]
        assert texts == [{"text": "เฉพาะเจ้าของ"}, {"text": "ภายใน"}, {"text": "ทุกฝ่าย"}]
        event = heard((await office.hear_of("1"))[1])["event"]
        assert (event["kind"], event["note"]) == ("NOTE_ADDED", None)  # the office has not registered it: no text


@pytest.mark.parametrize(
    ("by", "code"), [(OTHER_VOLUNTEER, "NOT_FOUND"), (SSO, "NOT_FOUND"), (None, "NOT_SIGNED_IN"), ("x", "NO_SEAT")]
)
async def test_a_stranger_hears_one_refusal_and_the_end(
    installation: Installation, service: Service, by: str | None, code: str
) -> None:
    case = await open_case(service)
    async with socket(service.address) as stranger:
        await stranger.init(None if by is None else installation.token(by))
        await stranger.subscribe("1", EVENTS, id=case["id"])
        said, payload = await stranger.hear_of("1")
        assert (said, heard(payload)) == ("next", {"code": code})
        assert await stranger.hear_of("1") == ("complete", None)


async def test_whoever_leaves_their_post_hears_no_more(installation: Installation, service: Service) -> None:
    handle = "volunteer 430118"
    case = await open_case(service, handle)
    async with socket(service.address) as follower:
        await follower.init(installation.token(handle))
        await follower.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
        assert heard((await follower.hear_of("1"))[1])["event"]["kind"] == "CASE_OPENED"
        ended = await installation.value(
            "UPDATE incumbency SET until = now() FROM account "
            "WHERE account.id = account_id AND account.given_name_en = 'Chaloemphon' RETURNING incumbency.id"
        )
        assert ended is not None
        await note(service, case, "หลังพ้นตำแหน่ง", by=COORDINATOR)
        said, payload = await follower.hear_of("1")
        assert said == "next"
        assert heard(payload) in ({"code": "NO_SEAT"}, {"code": "NOT_FOUND"})
        assert await follower.hear_of("1") == ("complete", None)


async def test_fifty_listeners_hear_the_same(installation: Installation, service: Service) -> None:
    case = await open_case(service)
    token = installation.token(VOLUNTEER)

    async def listen(begun: asyncio.Semaphore) -> Any:
        async with socket(service.address) as client:
            await client.init(token)
            await client.subscribe("1", EVENTS, id=case["id"], after=installation.beginning)
            await client.hear_of("1")
            begun.release()
            return heard((await client.hear_of("1"))[1])["event"]["note"]

    begun = asyncio.Semaphore(0)
    listening = [asyncio.create_task(listen(begun)) for _ in range(50)]
    for _ in listening:
        await begun.acquire()
    await note(service, case, "ถึงทุกคน")
    assert await asyncio.gather(*listening) == [{"text": "ถึงทุกคน"}] * 50
