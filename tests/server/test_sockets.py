"""graphql-transport-ws on a real service: operations of all kinds, each by itself."""

from uuid import uuid4

from tests.server.installation import Installation, Service
from tests.server.socket_client import socket
from tests.server.stories import EVENTS, heard, note, open_case
from tests.world import VOLUNTEER

AGENCIES = "{ agencies { code } }"
CODES = {"agencies": [{"code": code} for code in ("OPS", "DOE", "DSD", "DLPW", "SSO")]}


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
            "id": ("sha256:0", "DOCUMENT_UNKNOWN"),
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
