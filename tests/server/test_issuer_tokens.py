"""Tokens of a real provider: good ones sign in, bad ones are refused alike, whatever is wrong with them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from server import guard
from server.auth import Tokens
from server.identity import Identity
from tests.api import Api
from tests.server.bad_tokens import forged, unknown, wrong
from tests.server.provider import AUDIENCE, Hands, Provider
from tests.world import COORDINATOR, VOLUNTEER, World

HOUR = timedelta(hours=1)
WHO = "{ viewer { seat { name } } }"
REGISTER = 'mutation { registerCitizen(input: {operationId: "%s", givenName: "สม", familyName: "ใจ"}) { __typename } }'
OPERATION = "b1a7c6ce-6f0c-4c43-9b8f-0a1b2c3d4e5f"
INVALID = {"message": "This token is not valid here; sign in again.", "code": "TOKEN_INVALID"}
EXPIRED = {"message": "This token has expired; sign in again.", "code": "TOKEN_EXPIRED"}


class Told:
    """The time that the service believes it is."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Told:
    return Told()


@pytest.fixture
async def api(world: World, provider: Provider, clock: Told) -> AsyncIterator[Api]:
    identity = Identity(Tokens(world.keys, demo=False), provider.issuer(leeway=30), clock=clock)
    async with Api.around(world, identity=identity) as client:
        yield client


async def _send(api: Api, token: str, query: str = WHO) -> Any:
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    return await api.client.post("/graphql", json={"query": query}, headers=headers)


async def _refusal(api: Api, token: str, query: str = WHO) -> dict[str, str]:
    """Give what a client is told, which must be all that differs from one refusal to the next."""
    response = await _send(api, token, query)
    request_id = response.headers.pop("x-request-id")
    (error,) = response.json()["errors"]
    assert error["extensions"].pop("requestId") == request_id
    assert response.json().keys() == {"errors"}
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert set(response.headers) == HEADERS
    return {"message": error["message"], "code": error["extensions"]["code"]}


HEADERS = {"cache-control", "vary", "www-authenticate", "content-length", "content-type", *guard.HEADERS}


@pytest.mark.parametrize(("kind", "algorithm"), [("RSA", "RS256"), ("RSA", "PS256"), ("EC", "ES256"), ("OKP", "EdDSA")])
async def test_each_pinned_algorithm_signs_in(api: Api, provider: Provider, kind: str, algorithm: str) -> None:
    provider.rotate(kind)
    response = await _send(api, provider.token(VOLUNTEER, {"alg": algorithm}))
    assert response.json() == {"data": {"viewer": {"seat": {"name": "อาสาสมัครแรงงานตำบลหนองกอมเกาะ"}}}}


@pytest.mark.parametrize("more", [{"aud": ["other", AUDIENCE]}, {"iat": 5, "scope": "openid"}], ids=str)
async def test_what_else_a_token_says_does_no_harm(api: Api, provider: Provider, more: dict[str, Any]) -> None:
    header = {"x5t": "abc", "ver": "1.0", "jku": "https://evil.example/jwks"}
    assert (await _send(api, provider.token(VOLUNTEER, header, **more))).json()["data"]["viewer"] is not None


@pytest.mark.parametrize("made", [forged, wrong, unknown])
async def test_bad_tokens_are_refused_alike_and_change_nothing(
    world: World, api: Api, provider: Provider, made: Any
) -> None:
    before, asked = await world.fingerprint(), None
    for name, token in made(provider).items():
        for query in (WHO, REGISTER % OPERATION):
            assert await _refusal(api, token, query) == INVALID, name
        asked = asked or provider.asked()
        assert provider.asked() == asked, name
    assert await world.fingerprint() == before
    assert provider.asked("/thief") == 0


async def test_a_token_of_the_demo_is_no_better_than_another_bad_one(api: Api) -> None:
    assert await _refusal(api, api.token(VOLUNTEER)) == INVALID


async def test_a_token_is_taken_until_it_expires_and_our_clocks_may_differ(
    api: Api, provider: Provider, clock: Told
) -> None:
    begins = datetime.now(UTC).replace(microsecond=0)
    token = provider.token(COORDINATOR, now=begins)
    for seconds, taken in ((-31, INVALID), (-30, None), (0, None), (3629, None), (3630, EXPIRED), (10**8, EXPIRED)):
        clock.at = begins + timedelta(seconds=seconds)
        if taken is None:
            assert (await _send(api, token)).status_code == 200
        else:
            assert await _refusal(api, token) == taken, seconds


async def test_a_provider_without_nbf_can_be_allowed_for(world: World, provider: Provider) -> None:
    identity = Identity(Tokens(world.keys, demo=False), provider.issuer(not_before=False))
    async with Api.around(world, identity=identity) as api:
        assert (await _send(api, provider.token(VOLUNTEER, nbf=None))).status_code == 200
        tomorrow = int((datetime.now(UTC) + 24 * HOUR).timestamp())
        assert await _refusal(api, provider.token(VOLUNTEER, nbf=tomorrow)) == INVALID


async def test_the_log_says_what_kind_of_fault_it_was_and_not_whose(api: Api, provider: Provider) -> None:
    tokens = [provider.token(VOLUNTEER, aud="elsewhere"), provider.token(VOLUNTEER)[:-5], "x"]
    with capture_logs() as logs:
        for token in tokens:
            await _refusal(api, token)
    refused = [(line["reason"], line["claim"]) for line in logs if line["event"] == "token.refused"]
    assert refused == [("InvalidClaimError", "aud"), ("BadSignatureError", None), ("DecodeError", None)]
    assert not [token for token in tokens[:2] if token in str(logs)]


async def test_before_the_first_keys_a_token_is_to_be_sent_again_later(world: World, provider: Provider) -> None:
    token, hands = provider.token(VOLUNTEER), Hands()
    provider.is_in_mood("down")
    identity = Identity(Tokens(world.keys, demo=False), provider.issuer(hands))
    async with Api.around(world, identity=identity) as api:
        response = await _send(api, token)
        (error,) = response.json()["errors"]
        assert (response.status_code, error["extensions"]["code"]) == (503, "UNAVAILABLE")
        assert await _refusal(api, "x") == INVALID
        assert (await api.client.post("/graphql", json={"query": "{ agencies { code } }"})).status_code == 200
        provider.is_in_mood("fine")
        hands.at += 10
        assert (await _send(api, token)).status_code == 200


async def test_several_authorization_headers_are_one_too_many(api: Api, provider: Provider) -> None:
    good = ("authorization", f"Bearer {provider.token(VOLUNTEER)}")
    for second in (good, ("authorization", "Bearer x"), ("Authorization", "")):
        for headers in ([good, second], [second, good]):
            response = await api.client.post("/graphql", json={"query": WHO}, headers=headers)
            assert response.status_code == 401, headers


async def test_with_a_demo_beside_it_both_kinds_of_tokens_are_taken(world: World, provider: Provider) -> None:
    identity = Identity(Tokens(world.keys, demo=True), provider.issuer())
    async with Api.around(world, identity=identity) as api:
        for token in (api.token(VOLUNTEER), provider.token(VOLUNTEER)):
            assert (await _send(api, token)).json()["data"]["viewer"] is not None
        assert await _refusal(api, "x") == INVALID
