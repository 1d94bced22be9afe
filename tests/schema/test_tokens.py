"""Whoever comes with a token that is not a good one is told so, with 401 and a code; nothing is read or written."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from casework.demo.network import subject_of
from casework.keys import Keys
from server.auth import ALGORITHM, AUDIENCE, ISSUER, Tokens
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.schema.stage import seat_id
from tests.world import COORDINATOR, VOLUNTEER, World

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def _b64(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _claims(**more: Any) -> dict[str, Any]:
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": str(subject_of(VOLUNTEER)), "exp": int((NOW + HOUR).timestamp())}
    return {name: value for name, value in (claims | more).items() if value is not None}


def _tokens(api: Api) -> dict[str, tuple[str, str]]:
    good = api.token(VOLUNTEER)
    head, body, signature = good.split(".")
    key = OctKey.import_key(api.world.keys.derive("demo tokens"))

    def signed(**more: Any) -> str:
        return jwt.encode({"alg": ALGORITHM}, _claims(**more), key)

    other = Tokens(Keys(b"another installation's secret 32"), demo=True)
    invalid = {
        "another key": other.issue(subject_of(VOLUNTEER), now=NOW, lasts=HOUR),
        "alg none": f"{_b64({'alg': 'none', 'typ': 'JWT'})}.{_b64(_claims())}.",
        "alg none, our signature": f"{_b64({'alg': 'none'})}.{body}.{signature}",
        "another algorithm": jwt.encode({"alg": "HS512"}, _claims(), key, algorithms=["HS512"]),
        "truncated": good[:-5],
        "without signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "other claims": f"{head}.{_b64(_claims(sub=str(subject_of(COORDINATOR))))}.{signature}",
        "no JWT": "x",
        "dots": "....",
        "empty": "",
        "thai": "%E0%B8%81",
        "very long": "A" * 5000,
        "no expiry": signed(exp=None),
        "text as expiry": signed(exp="2099-01-01"),
        "no subject": signed(sub=None),
        "a subject that is no UUID": signed(sub="volunteer 430116"),
        "a number as subject": signed(sub=5),
        "another audience": signed(aud="elsewhere"),
        "another issuer": signed(iss="elsewhere"),
        "claims that are no object": f"{head}.{_b64([1])}.{signature}",
    }
    expired = {
        "expired": signed(exp=int((NOW - HOUR).timestamp())),
        "expired in 1970": signed(exp=1),
    }
    return {n: (t, "TOKEN_INVALID") for n, t in invalid.items()} | {n: (t, "TOKEN_EXPIRED") for n, t in expired.items()}


async def test_a_bad_token_is_refused_with_401_and_changes_nothing(world: World, api: Api) -> None:
    given = {"operationId": str(uuid4()), **await scene_of("openCase").stage(api)}
    mutation = "mutation ($input: OpenCaseInput!) { openCase(input: $input) { __typename } }"
    before = await world.fingerprint()
    for name, (token, code) in _tokens(api).items():
        for query, variables in (("{ agencies { code } }", {}), (mutation, {"input": given})):
            response = await api.client.post(
                "/graphql",
                json={"query": query, "variables": variables},
                headers={"authorization": f"Bearer {token}", "accept-language": "en"},
            )
            assert response.status_code == 401, name
            assert response.headers["www-authenticate"] == "Bearer"
            (error,) = response.json()["errors"]
            assert error["extensions"]["code"] == code, name
            assert error["extensions"]["requestId"] == response.headers["x-request-id"]
            assert "data" not in response.json()
    assert await world.fingerprint() == before


@pytest.mark.parametrize("header", ["Basic dTpw", "Bearer", "Token abc", "Bearer a b", "bearer\tx"])
async def test_another_scheme_than_bearer_is_refused(api: Api, header: str) -> None:
    response = await api.client.post(
        "/graphql", json={"query": "{ agencies { code } }"}, headers={"authorization": header}
    )
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (401, "TOKEN_INVALID")


async def test_the_refusal_speaks_the_callers_language(api: Api) -> None:
    for language, message in (
        ("th", "โทเคนใช้ไม่ได้ กรุณาเข้าสู่ระบบใหม่"),
        ("en", "This token is not valid here; sign in again."),
    ):
        headers = {"authorization": "Bearer x", "accept-language": language}
        response = await api.client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
        assert response.json()["errors"][0]["message"] == message


async def test_an_unknown_account_is_signed_in_but_fills_no_post(world: World, api: Api) -> None:
    await world.case()
    answer = await api.answer("{ viewer { seat { id } } agencies { code } cases(first: 1) { nodes { id } } }", "nobody")
    assert answer["data"]["viewer"] is None
    assert len(answer["data"]["agencies"]) == 5
    assert answer["data"]["cases"] is None
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NO_SEAT"]


async def test_a_post_that_is_not_the_accounts_own_gives_nothing(world: World, api: Api) -> None:
    await world.case()
    own, others = await seat_id(api, VOLUNTEER), await seat_id(api, COORDINATOR)
    query = "{ viewer { seat { id } } cases(first: 1) { nodes { id } } }"
    response = await _in_seat(api, own, query)
    assert response["data"]["viewer"] == {"seat": {"id": own}}
    for seat in (others, "", "x", "p1", own[:-1], api.id("Case", 1), "%00", "1"):
        answer = await _in_seat(api, seat, query)
        assert answer["data"] == {"viewer": None, "cases": None}, seat
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["NO_SEAT"]


async def _in_seat(api: Api, seat: str, query: str) -> dict[str, Any]:
    headers = {**api.headers(VOLUNTEER), "prasan-seat": seat}
    answer: dict[str, Any] = (await api.client.post("/graphql", json={"query": query}, headers=headers)).json()
    return answer


async def test_an_incumbency_that_ended_gives_nothing(world: World, api: Api) -> None:
    await world.case()
    world.now = datetime(2024, 1, 1, tzinfo=UTC)
    answer = await api.answer("{ viewer { seat { id } } cases(first: 1) { nodes { id } } }", VOLUNTEER)
    assert answer["data"] == {"viewer": None, "cases": None}
