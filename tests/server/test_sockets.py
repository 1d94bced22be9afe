"""graphql-transport-ws on a real service: operations of all kinds, each alone; who may hear what."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.server.installation import Installation, Service
from tests.server.socket_client import socket
from tests.server.stories import EVENTS, do, heard, note, open_case
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
        for sequence, kind in ((1, "CASE_OPENED"), (2, "NOTE_ADDED"), (3, "NOTE_ADDED")):
            if sequence > 1:
                await note(service, case, f"บันทึก {sequence}")
            said, payload = await follower.hear_of("1")
            assert said == "next"
            event = heard(payload)
            assert (event["event"]["sequence"], event["event"]["kind"]) == (sequence, kind)
            cursors.append(event["cursor"])
    async with socket(service.address) as again:
        await again.init(installation.token(VOLUNTEER))
        await again.subscribe("x", EVENTS, id=case["id"], after=cursors[0])
        sequences = [heard((await again.hear_of("x"))[1])["event"]["sequence"] for _ in range(2)]
        assert sequences == [2, 3]
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
            assert [event["sequence"] for event in case["timeline"]["nodes"]] == [1]
            await note(service, case, "โทรแล้ว")
            await follower.subscribe(number, EVENTS, id=case["id"], after=case["eventsCursor"])
            first = heard((await follower.hear_of(number))[1])["event"]["sequence"]
            if first == 1:
                first = heard((await follower.hear_of(number))[1])["event"]["sequence"]
            assert first == 2


async def test_what_is_not_meant_for_the_listener_is_not_delivered(
    installation: Installation, service: Service
) -> None:
    case = await open_case(service)
    await _refer(service, case)
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


async def _refer(service: Service, case: dict[str, Any]) -> None:
    screened = await do(
        service,
        "updateCaseStatus",
        VOLUNTEER,
        want="case { version }",
        case={"id": case["id"]},
        expectedVersion=case["version"],
        state="SCREENING",
    )
    await do(
        service,
        "referCase",
        VOLUNTEER,
        want="referral { id }",
        case={"id": case["id"]},
        expectedVersion=screened["case"]["version"],
        office={"code": "DLPW-43"},
        problemType="UNPAID_WAGES",
        reason="อยู่ในอำนาจ",
        reasonCategory="COMPETENCE",
        legalBasis="CONSENT",
    )


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


async def test_queries_and_mutations_are_answered_over_a_socket_too(
    installation: Installation, service: Service
) -> None:
    async with socket(service.address) as client:
        await client.init(installation.token(VOLUNTEER))
        register = "mutation ($i: RegisterCitizenInput!) { registerCitizen(input: $i) { __typename } }"
        given = {"operationId": str(uuid4()), "givenName": "สมชาย", "familyName": "มีสุข"}
        answers = []
        for id_, query, variables in (
            ("q", AGENCIES, {}),
            ("m", register, {"i": given}),
            ("again", register, {"i": given}),
        ):
            await client.subscribe(id_, query, **variables)
            answers.append((await client.hear_of(id_))[1])
            assert await client.hear_of(id_) == ("complete", None)
        done = {"data": {"registerCitizen": {"__typename": "RegisterCitizenPayload"}}}
        assert answers == [{"data": CODES}, done, done]


async def test_a_wrong_operation_ends_only_itself(installation: Installation, service: Service) -> None:
    case = await open_case(service)
    async with socket(service.address) as client:
        await client.init(installation.token(VOLUNTEER))
        await client.subscribe("live", EVENTS, id=case["id"])
        wrong = {
            "syntax": ("{", "GRAPHQL_PARSE_FAILED"),
            "field": ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
            "empty": ("", "QUERY_MISSING"),
            "several": ("query a { agencies { code } } query b { agencies { code } }", "GRAPHQL_VALIDATION_FAILED"),
            "variable": (
                "subscription ($id: ID!) { caseEvents(caseId: $id) { __typename } }",
                "GRAPHQL_VALIDATION_FAILED",
            ),
        }
        for id_, (query, code) in wrong.items():
            await client.subscribe(id_, query)
            said, errors = await client.hear_of(id_)
            assert (said, [error["extensions"]["code"] for error in errors]) == ("error", [code])
        await note(service, case, "ยังฟังอยู่")
        assert heard((await client.hear_of("live"))[1])["event"]["note"] == {"text": "ยังฟังอยู่"}


async def test_an_operation_of_no_more_use_may_be_completed_twice_and_its_id_used_again(service: Service) -> None:
    async with socket(service.address) as client:
        await client.init(None)
        for _ in range(3):
            await client.subscribe("1", AGENCIES)
            assert (await client.hear_of("1"), await client.hear_of("1")) == (
                ("next", {"data": CODES}),
                ("complete", None),
            )
            await client.say({"id": "1", "type": "complete"})
        await client.say({"type": "ping", "payload": {"any": 1}})
        assert (await client.hear())["type"] == "pong"


async def test_the_legacy_protocol_is_not_spoken(service: Service) -> None:
    async with socket(service.address, "graphql-ws") as client:
        assert client.connection.subprotocol is None
        assert await client.closed_with() == 4406


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
