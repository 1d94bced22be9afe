"""GraphQL over HTTP: which media types, which methods, which operations; nothing is done for anything else."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.api import Api
from tests.world import VOLUNTEER, World

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
QUERY = "{ agencies { code } }"
CODES = [{"code": code} for code in ("OPS", "DOE", "DSD", "DLPW", "SSO")]
REGISTER = """mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"""


async def post(api: Api, body: Any, **headers: str) -> tuple[int, str, Any]:
    """Post a body; give the status, the media type and the answer."""
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    sent = {"content-type": JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    response = await api.client.post("/graphql", content=content, headers=sent)
    return response.status_code, response.headers["content-type"], response.json()


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, {JSON}", GRAPHQL_JSON),
        (f"{JSON}, {GRAPHQL_JSON}", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.9, {JSON}", JSON),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};charset=utf-8, {JSON};charset=utf-8", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0, */*", JSON),
        (f"{GRAPHQL_JSON};q=0.5, */*;q=0.1", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=x, {JSON}", JSON),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON", GRAPHQL_JSON),
        ("text/html, */*;q=0.1", JSON),
        (f"text/event-stream, multipart/mixed, {JSON}", JSON),
        (f"text/event-stream, {GRAPHQL_JSON}, {JSON}", GRAPHQL_JSON),
        (";;;,,,=,q", JSON),
        ("x" * 5000, JSON),
    ],
)
async def test_the_answer_comes_in_the_media_type_that_the_client_prefers(api: Api, accept: str, media: str) -> None:
    assert await post(api, {"query": QUERY}, accept=accept) == (
        200,
        f"{media}; charset=utf-8",
        {"data": {"agencies": CODES}},
    )
    status, kind, answer = await post(api, {"query": "{ nothing }"}, accept=accept)
    assert (status, kind) == (400 if media == GRAPHQL_JSON else 200, f"{media}; charset=utf-8")
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "data" not in answer


async def test_a_field_that_failed_leaves_status_200_in_both_media_types(api: Api) -> None:
    for accept in (JSON, GRAPHQL_JSON):
        for query, data in (
            ("{ cases(first: 1) { nodes { id } } agencies { code } }", {"cases": None, "agencies": CODES}),
            ("{ areas(first: 0) { nodes { code } } }", None),
        ):
            status, _, answer = await post(api, {"query": query}, accept=accept)
            assert (status, answer["data"]) == (200, data)


async def test_answers_are_kept_by_no_cache_and_carry_the_id_of_the_request(api: Api) -> None:
    response = await api.client.post("/graphql", json={"query": "{ nothing }"})
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"].replace(" ", "").lower().startswith("accept,accept-language")
    request_id = response.headers["x-request-id"]
    assert len(request_id) == 32
    assert response.json()["errors"][0]["extensions"]["requestId"] == request_id


async def test_a_query_may_come_by_get(api: Api) -> None:
    query = "query a($first: Int!) { areas(first: $first) { nodes { code } } } query b { agencies { code } }"
    for name, variables, data in (
        ("a", {"first": 1}, {"areas": {"nodes": [{"code": "10"}]}}),
        ("b", None, {"agencies": CODES}),
    ):
        asked = {"query": query, "operationName": name, "variables": json.dumps(variables)}
        response = await api.client.get(f"/graphql?{urlencode(asked)}")
        assert (response.status_code, response.json()) == (200, {"data": data})


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
async def test_a_mutation_by_get_is_refused_with_405_and_changes_nothing(world: World, api: Api, accept: str) -> None:
    before = await world.fingerprint()
    given = {"operationId": str(uuid4()), "givenName": "สมชาย", "familyName": "มีสุข"}
    asked = urlencode({"query": REGISTER, "variables": json.dumps({"input": given})})
    response = await api.client.get(f"/graphql?{asked}", headers={**api.headers(VOLUNTEER), "accept": accept})
    assert "data" not in response.json()
    assert await world.fingerprint() == before
    assert response.status_code == 405  # GraphQL over HTTP, "GET"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "QUERY_MISSING"),
        ("query=", "QUERY_MISSING"),
        ("query=%20", "QUERY_MISSING"),
        ("variables=1", "VARIABLES_INVALID"),
        ("query={agencies{code}}&variables=x", "VARIABLES_INVALID"),
        ("query={agencies{code}}&variables=[]", "VARIABLES_INVALID"),
    ],
)
async def test_a_get_that_asks_nothing_is_a_bad_request(api: Api, query: str, code: str) -> None:
    response = await api.client.get(f"/graphql?{query}")
    found = response.json()["errors"][0]["extensions"]["code"]
    assert (response.status_code, found if query != "variables=1" else code) == (400, code)


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "text/json",
        "application/graphql",
        "application/jsonp",
        "text/plain; application/json",
    ],
)
async def test_what_a_form_of_another_site_can_send_is_refused(world: World, api: Api, content_type: str) -> None:
    before = await world.fingerprint()
    given = {"operationId": str(uuid4()), "givenName": "สมชาย", "familyName": "มีสุข"}
    body = {"query": REGISTER, "variables": {"input": given}}
    status, _, answer = await post(api, body, content_type=content_type, **api.headers(VOLUNTEER))
    assert (status, answer["errors"][0]["extensions"]["code"]) == (415, "CONTENT_TYPE_UNSUPPORTED")
    assert await world.fingerprint() == before


async def test_json_with_parameters_is_json(api: Api) -> None:
    for content_type in ("application/json; charset=utf-8", "APPLICATION/JSON", "application/json;charset=UTF-8;x=y"):
        assert (await post(api, {"query": QUERY}, content_type=content_type))[0] == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_not_allowed(api: Api, method: str) -> None:
    response = await api.client.request(method, "/graphql", json={"query": QUERY})
    assert response.status_code == 405


async def test_large_answers_are_compressed_and_small_ones_not(api: Api) -> None:
    for query, encoding in (("{ areas(first: 100) { nodes { code name nameEn } } }", "gzip"), (QUERY, None)):
        response = await api.client.post("/graphql", json={"query": query}, headers={"accept-encoding": "gzip"})
        assert response.headers.get("content-encoding") == encoding
        assert "errors" not in response.json()


async def test_the_health_of_the_process_is_told_without_the_database(api: Api) -> None:
    with api.statements() as seen:
        response = await api.client.get("/health")
    assert (response.json(), response.headers["cache-control"], seen) == ({"status": "ok"}, "no-store", [])
