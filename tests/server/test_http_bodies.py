"""Bodies that are no GraphQL request, and documents that cannot be executed: a 4xx and a stable code, never a 500."""

import json
from typing import Any

import pytest

from tests.api import Api
from tests.server.test_http import GRAPHQL_JSON, QUERY, post
from tests.world import VOLUNTEER, World

DEEP = 100_000
SHAPES: list[tuple[Any, int, str]] = [
    ("5", 400, "BODY_NOT_AN_OBJECT"),
    ("null", 400, "BODY_NOT_AN_OBJECT"),
    ('"x"', 400, "BODY_NOT_AN_OBJECT"),
    ("[]", 400, "BODY_NOT_AN_OBJECT"),
    ("true", 400, "BODY_NOT_AN_OBJECT"),
    (f"[{json.dumps({'query': QUERY})}]", 400, "BODY_NOT_AN_OBJECT"),
    ("", 400, "BODY_NOT_JSON"),
    (" ", 400, "BODY_NOT_JSON"),
    ("{", 400, "BODY_NOT_JSON"),
    ("query { agencies { code } }", 400, "BODY_NOT_JSON"),
    (b'{"query": "\xff\xfe"}', 400, "BODY_NOT_JSON"),
    (json.dumps({"query": QUERY}).encode("utf-16"), 400, "BODY_NOT_JSON"),
    (b"\xef\xbb\xbf" + json.dumps({"query": QUERY}).encode(), 400, "BODY_NOT_JSON"),
    ('{"query": "{ agencies { code } }", "variables": {"a": NaN}}', 400, "BODY_NOT_JSON"),
    ('{"query": "{ agencies { code } }", "variables": {"a": Infinity}}', 400, "BODY_NOT_JSON"),
    ('{"query": "{ agencies { code } }", "variables": {"a": ' + "9" * 5000 + "}}", 400, "BODY_NOT_JSON"),
    ("[" * 40_000 + "]" * 40_000, 400, "BODY_NOT_JSON"),
    ('{"a":' * 15_000 + "1" + "}" * 15_000, 400, "BODY_NOT_JSON"),
    ("{}", 400, "QUERY_MISSING"),
    ({"query": None}, 400, "QUERY_MISSING"),
    ({"query": 5}, 400, "QUERY_MISSING"),
    ({"query": [QUERY]}, 400, "QUERY_MISSING"),
    ({"query": ""}, 400, "QUERY_MISSING"),
    ({"query": " \n"}, 400, "QUERY_MISSING"),
    ({"query": QUERY, "variables": []}, 400, "VARIABLES_INVALID"),
    ({"query": QUERY, "variables": "{}"}, 400, "VARIABLES_INVALID"),
    ({"query": QUERY, "variables": 0}, 400, "VARIABLES_INVALID"),
    ({"query": QUERY, "operationName": 5}, 400, "OPERATION_NAME_INVALID"),
    ({"query": QUERY, "operationName": ["a"]}, 400, "OPERATION_NAME_INVALID"),
    ("[" * DEEP + "]" * DEEP, 413, "BODY_TOO_LARGE"),
    ({"query": QUERY, "variables": {"a": "x" * 1_000_000}}, 413, "BODY_TOO_LARGE"),
]


@pytest.mark.parametrize(("body", "status", "code"), SHAPES, ids=range(len(SHAPES)))
async def test_a_body_that_is_no_request_is_refused_with_a_code(api: Api, body: Any, status: int, code: str) -> None:
    found, _, answer = await post(api, body)
    (error,) = answer["errors"]
    assert (found, error["extensions"]["code"]) == (status, code)
    assert "data" not in answer


async def test_a_note_of_a_megabyte_is_too_large_and_changes_nothing(world: World, api: Api) -> None:
    case = api.case(await world.case())
    before = await world.fingerprint()
    query = "mutation ($input: AddNoteInput!) { addNote(input: $input) { __typename } }"
    given = {"operationId": "6f8a3b52-3c1e-4a52-9a57-3a1b8f6f5a01", "case": case, "text": "ก" * 350_000}
    status, _, answer = await post(api, {"query": query, "variables": {"input": given}}, **api.headers(VOLUNTEER))
    assert (status, answer["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    assert await world.fingerprint() == before


async def test_variables_may_be_as_deep_as_inputs_are_and_not_much_deeper(api: Api) -> None:
    def nested(levels: int) -> Any:
        return {"a": nested(levels - 1)} if levels else 1

    for levels, status in ((4, 200), (63, 200), (64, 400), (2000 // 10, 400)):
        found, _, answer = await post(api, {"query": QUERY, "variables": nested(levels)})
        assert found == status, levels
        assert "errors" in answer or status == 200


DOCUMENTS: list[tuple[str, str | None, str]] = [
    ("{", None, "GRAPHQL_PARSE_FAILED"),
    ("}", None, "GRAPHQL_PARSE_FAILED"),
    ("{ agencies { code }", None, "GRAPHQL_PARSE_FAILED"),
    ("agencies", None, "GRAPHQL_PARSE_FAILED"),
    ('{ areas(filter: {name: "\n"}) { nodes { code } } }', None, "GRAPHQL_PARSE_FAILED"),
    ("{ \x00 }", None, "GRAPHQL_PARSE_FAILED"),
    ("#", None, "GRAPHQL_PARSE_FAILED"),
    ("{ " + "a " * 2_000 + "}", None, "GRAPHQL_PARSE_FAILED"),
    ("{ agencies { code } } " + "#" * 30_000 + "\n" + "{ a }" * 700, None, "GRAPHQL_PARSE_FAILED"),
    ("{a" * 400 + "}" * 400, None, "GRAPHQL_PARSE_FAILED"),
    ("{ areas(first: " + "[" * 900 + "]" * 900 + ") { nodes { code } } }", None, "GRAPHQL_PARSE_FAILED"),
    ("{ areas(first: " + "9" * 5_000 + ") { nodes { code } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ areas(first: 1e999999999) { nodes { code } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ nothing }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ agencies }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query ($a: Int) { agencies { code } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query a { agencies { code } } query b { agencies { code } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query a { agencies { code } } query b { agencies { code } }", "c", "GRAPHQL_VALIDATION_FAILED"),
    ("query a { agencies { code } } query a { agencies { code } }", "a", "GRAPHQL_VALIDATION_FAILED"),
    ("query a { agencies { code } }", "b", "GRAPHQL_VALIDATION_FAILED"),
    ("fragment a on Query { agencies { code } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("type A { a: Int }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query ($a: Int!) { areas(first: $a) { nodes { code } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query ($a: String!) { areas(first: $a) { nodes { code } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ('subscription { caseEvents(caseId: "p1") { __typename } }', None, "GRAPHQL_VALIDATION_FAILED"),
]


@pytest.mark.parametrize(("query", "name", "code"), DOCUMENTS, ids=range(len(DOCUMENTS)))
async def test_a_document_that_cannot_be_executed_is_told_so(api: Api, query: str, name: str | None, code: str) -> None:
    status, _, answer = await post(api, {"query": query, "operationName": name}, accept=GRAPHQL_JSON)
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}
    assert (status, "data" in answer) == (400, False)
    assert len(answer["errors"]) <= 11


async def test_a_document_of_two_thousand_tokens_is_read_and_a_longer_one_not(api: Api) -> None:
    for ids, code in ((1_980, "IDS_TOO_MANY"), (2_000, "GRAPHQL_PARSE_FAILED")):
        _, _, answer = await post(api, {"query": "{ nodes(ids: [" + '"a" ' * ids + "]) { id } }"})
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


async def test_of_a_hundred_wrong_values_ten_are_told(api: Api) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    _, _, answer = await post(api, {"query": query, "variables": {"ids": [{}] * 100}})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["GRAPHQL_VALIDATION_FAILED"] * 10


async def test_an_empty_operation_name_is_none(api: Api) -> None:
    assert (await post(api, {"query": QUERY, "operationName": ""}))[2]["data"]["agencies"][0] == {"code": "OPS"}
