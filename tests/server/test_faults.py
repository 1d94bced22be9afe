"""Faults of ours: masked for the client, logged with the request's id, and without a word of anybody's data."""

import json
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
import structlog
from asyncpg import AdminShutdownError, CannotConnectNowError, TooManyConnectionsError
from graphql import GraphQLError
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from server.database import reading, writing
from server.faults import INTERNAL, RETRY_AFTER, UNAVAILABLE, as_told, is_passing
from tests.api import Api
from tests.world import COORDINATOR, VOLUNTEER, World

NOWHERE = make_url("postgresql+asyncpg://prasan_app@127.0.0.1:1/nowhere")
CASES = "{ cases(first: 5) { nodes { id citizen { name } } } agencies { code } }"
SECRETS = ("สมหญิง", "ใจดี", "0812345678", "นายจ้าง", "somying")


@asynccontextmanager
async def unreachable(world: World) -> AsyncIterator[Api]:
    """An application whose database is gone."""
    engine = create_async_engine(NOWHERE, hide_parameters=True)
    lost = replace(world, reader=reading(engine), writer=writing(engine))
    async with Api.around(lost) as api:
        yield api
    await engine.dispose()


@pytest.fixture
def logged() -> Any:
    with structlog.testing.capture_logs() as entries:
        yield entries


def _check_masked(answer: dict[str, Any], wanted: tuple[str, str, str], *, thai: bool) -> str:
    """Check the one error of an answer; give its request id."""
    (error,) = answer["errors"]
    code, th, en = wanted
    assert (error["extensions"]["code"], error["message"]) == (code, th if thai else en)
    assert set(error) <= {"message", "locations", "path", "extensions"}
    again = {"retryAfter": RETRY_AFTER} if wanted is UNAVAILABLE else {}
    assert {name: value for name, value in error["extensions"].items() if name not in {"code", "requestId"}} == again
    request_id: str = error["extensions"]["requestId"]
    return request_id


@pytest.mark.parametrize("language", ["th", "en"])
async def test_a_database_that_is_gone_is_unavailable(world: World, logged: list[Any], language: str) -> None:
    async with unreachable(world) as api:
        answer = await api.answer(CASES, VOLUNTEER, language=language)
        request_id = _check_masked(answer, UNAVAILABLE, thai=language == "th")
        assert "data" not in answer
        headers = {**api.headers(VOLUNTEER), "accept": "application/graphql-response+json"}
        response = await api.client.post("/graphql", json={"query": CASES}, headers=headers)
        assert (response.status_code, response.headers["retry-after"]) == (503, str(RETRY_AFTER))
        entry = logged[0]
        assert (entry["event"], entry["request_id"], entry["log_level"]) == ("request.fault", request_id, "error")
        assert entry["error"] in {"ConnectionRefusedError", "OSError"}
        assert (await api.ask("{ agencies { code } }"))["agencies"][0] == {"code": "OPS"}


async def test_a_mutation_without_a_database_may_be_tried_again(world: World, logged: list[Any]) -> None:
    given = {"operationId": str(uuid4()), "givenName": "สมหญิง", "familyName": "ใจดี", "phones": ["0812345678"]}
    query = "mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"
    async with unreachable(world) as api:
        _check_masked(await api.answer(query, VOLUNTEER, input=given), UNAVAILABLE, thai=False)
    assert not [secret for secret in SECRETS if secret in json.dumps(logged, ensure_ascii=False, default=str)]
    async with Api.around(world) as api:
        answer = await api.answer(query, VOLUNTEER, input=given)
        assert answer["data"]["registerCitizen"]["__typename"] == "RegisterCitizenPayload"
    assert await world.value("SELECT count(*) FROM citizen") == 1


async def test_a_broken_row_is_an_internal_fault_of_its_field_alone(
    world: World, api: Api, logged: list[Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    case_id = await world.case(VOLUNTEER, citizen_id=await world.citizen(phones=["0812345678"]))
    await _break(world, case_id)
    query = "{ cases(first: 5) { nodes { timeline(first: 5) { nodes { summary toState } } } } agencies { code } }"
    with caplog.at_level(logging.DEBUG):
        answer = await api.answer(query, VOLUNTEER)
    assert answer["data"]["cases"]["nodes"][0]["timeline"] is None
    assert len(answer["data"]["agencies"]) == 5
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes == {"INTERNAL"}
    assert {error["message"] for error in answer["errors"]} == {INTERNAL[2]}
    ids = {error["extensions"]["requestId"] for error in answer["errors"]}
    assert {entry["request_id"] for entry in logged} == ids
    told = (
        json.dumps([answer["errors"], logged], ensure_ascii=False, default=str)
        + caplog.text
        + "".join(capfd.readouterr())
    )
    assert not [secret for secret in (*SECRETS, "BROKEN BY THE TEST") if secret in told]


async def _break(world: World, case_id: int) -> None:
    """Write what no action writes: an event whose payload names a state that is none."""
    async with world.owner.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO event (subject_kind, subject_id, seq, kind, recorded_at, audience, payload, "
                "previous_hash, hash) VALUES ('CASE', :id, 99, 'CASE_STATUS_CHANGED', now(), 'CASE', "
                """'{"from": "BROKEN BY THE TEST สมหญิง", "to": "BROKEN BY THE TEST"}', '', '')"""
            ),
            {"id": case_id},
        )


async def test_a_statement_that_takes_too_long_is_given_up_as_unavailable(
    world: World, api: Api, logged: list[Any]
) -> None:
    case_id = await world.case()
    async with world.owner.begin() as blocking:
        await blocking.execute(text("LOCK TABLE case_content IN ACCESS EXCLUSIVE MODE"))
        impatient = create_async_engine(
            world.reader.url, connect_args={"server_settings": {"statement_timeout": "200"}}, hide_parameters=True
        )
        services = replace(world, reader=reading(impatient), writer=writing(impatient))
        async with Api.around(services) as hurried:
            answer = await hurried.answer("{ cases(first: 1) { nodes { reference narrative } } }", VOLUNTEER)
        await impatient.dispose()
    assert answer["data"]["cases"]["nodes"][0]["narrative"] is None
    _check_masked(answer, UNAVAILABLE, thai=False)
    assert [entry["sqlstate"] for entry in logged] == ["57014"]
    found = await api.ask("{ cases(first: 1) { nodes { id } } }", COORDINATOR)
    assert found["cases"]["nodes"] == [{"id": api.id("Case", case_id)}]


def test_a_fault_that_takes_many_fields_with_it_is_told_at_each_and_logged_once(logged: list[Any]) -> None:
    one, other = RuntimeError(), RuntimeError()
    fields = [GraphQLError("", path=["nodes", at], original_error=one if at < 2 else other) for at in range(3)]
    told = as_told(fields, thai=False, request_id="r")
    assert [(error["path"], error["extensions"]["code"]) for error in told] == [
        (["nodes", at], "INTERNAL") for at in range(3)
    ]
    assert [entry["field"] for entry in logged] == [["nodes", 0], ["nodes", 2]]


WRONG_RECORDS: list[tuple[Any, str]] = [
    ({"title": "สมหญิง"}, "to include required field 'givenName'."),
    ({"operationId": "0812345678"}, "Value cannot represent a UUID."),
    ({"givenName": ["สมหญิง"]}, "String cannot represent a non string value."),
    ({"language": "somying"}, "This value does not exist in 'Language' enum."),
    ({"phones": "0812345678" * 5}, "'PhoneNumber is a string of at most 40 characters.'."),
    ({"giveName": "สมหญิง"}, "not to include unknown field 'giveName'. Did you mean 'givenName'?"),
    ({"unknown": "สมหญิง"}, "not to include unknown field 'unknown'."),
    ("สมหญิง", "Expected value of type 'RegisterCitizenInput' to be an object."),
]


@pytest.mark.parametrize(("wrong", "end"), WRONG_RECORDS, ids=range(len(WRONG_RECORDS)))
@pytest.mark.parametrize("inlined", [False, True])
async def test_a_wrong_value_is_told_by_its_place_and_never_repeated(
    api: Api, wrong: Any, end: str, *, inlined: bool
) -> None:
    given = wrong if isinstance(wrong, str) else {"familyName": "ใจดี", "operationId": str(uuid4()), **wrong}
    if inlined:
        text = json.dumps(given, ensure_ascii=False)
        literal = re.sub(r'"(\w+)":', r"\1:", text).replace('"somying"', "somying")
        answer = await api.answer(f"mutation {{ registerCitizen(input: {literal}) {{ __typename }} }}")
    else:
        query = "mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"
        answer = await api.answer(query, input=given)
    told = json.dumps(answer["errors"], ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in told] == []
    assert inlined or end in {error["message"][-len(end) :] for error in answer["errors"]}, told


@pytest.mark.parametrize("error", [CannotConnectNowError(), TooManyConnectionsError(), AdminShutdownError()])
def test_a_server_that_refuses_the_connection_itself_may_take_it_a_moment_later(error: Exception) -> None:
    assert is_passing(error)


def test_a_connection_that_was_lost_in_the_middle_is_lost_whatever_the_driver_calls_it() -> None:
    orig = RuntimeError("protocol")
    assert is_passing(DBAPIError("SELECT", {}, orig, connection_invalidated=True))
    assert not is_passing(DBAPIError("SELECT", {}, orig))


async def test_connections_are_given_back_whatever_goes_wrong(world: World, api: Api) -> None:
    await world.case()
    for query in (
        "{ cases(first: 0) { nodes { id } } viewer { seat { id } } }",
        "{ nothing }",
        "{ cases(first: 1) { nodes { reference timeline(first: 0) { nodes { kind } } } } }",
    ):
        await api.answer(query, VOLUNTEER)
    pool: Any = world.reader.pool
    assert pool.checkedout() == 0
