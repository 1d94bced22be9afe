"""Frames that break the protocol close the socket with the protocol's codes; the service lives on."""

from typing import Any

import pytest

from tests.server.installation import Installation, Service
from tests.server.socket_client import socket
from tests.server.stories import EVENTS, open_case
from tests.world import VOLUNTEER

AGENCIES = {"query": "{ agencies { code } }"}
BROKEN: dict[str, Any] = {
    "a number": 5,
    "null": "null",
    "a list": [],
    "a text": '"x"',
    "a batch": [{"type": "ping"}],
    "no JSON": "{",
    "nothing": "",
    "NaN": "NaN",
    "a lone surrogate": '{"type":"\\ud800"}',
    "no type": {},
    "a type that is no text": {"type": 5},
    "an unknown type": {"type": "start", "id": "1", "payload": AGENCIES},
    "a message of the service": {"type": "next", "id": "1", "payload": {}},
    "no id": {"type": "subscribe", "payload": AGENCIES},
    "an id that is no text": {"type": "subscribe", "id": 1, "payload": AGENCIES},
    "no payload": {"type": "subscribe", "id": "1"},
    "payload null": {"type": "subscribe", "id": "1", "payload": None},
    "payload a list": {"type": "subscribe", "id": "1", "payload": []},
    "complete without id": {"type": "complete"},
    "no query": {"type": "subscribe", "id": "1", "payload": {}},
    "query a number": {"type": "subscribe", "id": "1", "payload": {"query": 5}},
    "documentId a number": {"type": "subscribe", "id": "1", "payload": {"documentId": 5}},
    "query a number beside a documentId": {
        "type": "subscribe",
        "id": "1",
        "payload": {"query": 5, "documentId": "sha256:0"},
    },
    "a number of 5,000 digits": '{"type":"ping","payload":{"a":' + "9" * 5000 + "}}",
    "an object nested too deeply": '{"type":"ping","payload":' + '{"a":' * 2000 + "1" + "}" * 2001,
    "query null": {"type": "subscribe", "id": "1", "payload": {"query": None}},
    "variables a list": {"type": "subscribe", "id": "1", "payload": {**AGENCIES, "variables": []}},
    "operationName a number": {"type": "subscribe", "id": "1", "payload": {**AGENCIES, "operationName": 5}},
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_malformed_message_closes_with_4400(service: Service, name: str) -> None:
    async with socket(service.address) as client:
        await client.init(None)
        await client.say(BROKEN[name])
        assert await client.closed_with() == 4400


@pytest.mark.parametrize("frame", [5, "null", [], '"x"', {}, {"type": "connection_init", "payload": 5}, "{"], ids=str)
async def test_a_malformed_first_message_closes_with_4400(service: Service, frame: Any) -> None:
    async with socket(service.address) as client:
        await client.say(frame)
        assert await client.closed_with() == 4400


async def test_a_binary_message_closes_with_4400(service: Service) -> None:
    async with socket(service.address) as client:
        await client.connection.send(b'{"type":"connection_init"}')
        assert await client.closed_with() == 4400


async def test_an_id_that_is_in_use_closes_with_4409(installation: Installation, service: Service) -> None:
    case = await open_case(service)
    async with socket(service.address) as client:
        await client.init(installation.token(VOLUNTEER))
        for _ in range(2):
            await client.subscribe("1", EVENTS, id=case["id"])
        assert await client.closed_with() == 4409


async def test_subscribing_before_the_init_closes_with_4401(service: Service) -> None:
    async with socket(service.address) as client:
        await client.say({"type": "subscribe", "id": "1", "payload": AGENCIES})
        assert await client.closed_with() == 4401


@pytest.mark.parametrize("payload", [{}, {"payload": {}}, {"payload": None}], ids=str)
async def test_a_second_init_closes_with_4429(service: Service, payload: dict[str, Any]) -> None:
    async with socket(service.address) as client:
        await client.say({"type": "connection_init", **payload})
        assert await client.hear() == {"type": "connection_ack"}
        await client.say({"type": "connection_init", **payload})
        assert await client.closed_with() == 4429


@pytest.mark.parametrize("token", ["x", "", "a.b.c"])
async def test_a_bad_token_closes_with_4403(installation: Installation, service: Service, token: str) -> None:
    for authorization in (f"Bearer {token}", f"Basic {installation.token('auditor')}"):
        async with socket(service.address) as client:
            await client.say({"type": "connection_init", "payload": {"Authorization": authorization}})
            assert await client.closed_with() == 4403


async def test_a_frame_larger_than_a_body_may_be_closes_with_1009(service: Service) -> None:
    async with socket(service.address) as client:
        await client.init(None)
        await client.say({"type": "ping", "payload": {"text": "x" * 200_000}})
        assert await client.closed_with() == 1009


async def test_more_operations_than_a_socket_may_have_are_refused_one_by_one(
    installation: Installation, service: Service
) -> None:
    case = await open_case(service)
    async with socket(service.address) as client:
        await client.init(installation.token(VOLUNTEER))
        for number in range(101):
            await client.subscribe(str(number), EVENTS, id=case["id"])
        said, (error,) = await client.hear_of("100")
        assert (said, error["extensions"]["code"]) == ("error", "OPERATIONS_TOO_MANY")
        await client.say({"id": "0", "type": "complete"})
        await client.subscribe("again", AGENCIES["query"])
        assert (await client.hear_of("again"))[0] == "next"


async def test_the_service_lives_on(service: Service) -> None:
    assert len((await service.ask("{ agencies { code } }"))["agencies"]) == 5
    assert [line for line in service.said if "Traceback" in line] == []
