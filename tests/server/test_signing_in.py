"""A `prasan serve` and an identity provider, each a process of its own: whom it lets in and for how long."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from casework.demo.network import subject_of
from tests.server.installation import PATIENCE, Installation, Service, serving
from tests.server.provider import Provider
from tests.server.socket_client import socket
from tests.server.stories import EVENTS
from tests.world import COORDINATOR, VOLUNTEER

WHO = "{ viewer { seat { name } } agencies { code } }"
AGENCIES = [{"code": code} for code in ("OPS", "DOE", "DSD", "DLPW", "SSO")]
IN_HASTE = {
    "PRASAN_OIDC_COOLDOWN_SECONDS": "0.001",
    "PRASAN_OIDC_LEEWAY_SECONDS": "0",
    "PRASAN_SOCKET_LOOK_SECONDS": "0.1",
}


@pytest.fixture(scope="module")
def strict(installation: Installation, _provider: Provider) -> Iterator[Service]:
    """A service outside demo mode that takes the provider's tokens, and waits for nothing longer than a test would."""
    _provider.is_in_mood("fine")
    with serving(installation, **_provider.settings, **IN_HASTE) as running:
        yield running


async def _ask(service: Service, token: str | None, query: str = WHO) -> httpx.Response:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        url = f"http://{service.address}/graphql"
        return await client.post(url, json={"query": query}, headers={"accept-language": "en", **headers})


def _code(response: httpx.Response) -> tuple[int, str]:
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["code"]


async def test_a_person_signs_in_with_a_token_of_the_provider(strict: Service, provider: Provider) -> None:
    response = await _ask(strict, provider.token(VOLUNTEER))
    seat = {"name": "อาสาสมัครแรงงานตำบลหนองกอมเกาะ"}
    assert response.json() == {"data": {"viewer": {"seat": seat}, "agencies": AGENCIES}}


async def test_keys_rotate_without_a_restart(strict: Service, provider: Provider) -> None:
    old = provider.token(VOLUNTEER)
    assert (await _ask(strict, old)).status_code == 200
    for kind, algorithm in (("EC", "ES256"), ("OKP", "EdDSA"), ("RSA", "RS256")):
        provider.rotate(kind)
        assert (await _ask(strict, provider.token(VOLUNTEER, {"alg": algorithm}))).status_code == 200
    assert _code(await _ask(strict, old)) == (401, "TOKEN_INVALID")


async def test_a_service_that_starts_before_its_provider_serves_its_public_part_and_then_all(
    installation: Installation, provider: Provider
) -> None:
    token = provider.token(VOLUNTEER)
    provider.is_in_mood("down")
    with serving(installation, **provider.settings, **IN_HASTE) as early:
        assert len([line for line in early.said if "issuer.keys_not_fetched" in line]) == 1
        assert (await _ask(early, None)).json()["data"] == {"viewer": None, "agencies": AGENCIES}
        assert _code(await _ask(early, token)) == (503, "UNAVAILABLE")
        assert _code(await _ask(early, "x")) == (401, "TOKEN_INVALID")
        async with socket(early.address) as client:
            await client.say({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
            assert await client.closed_with() == 1013
        provider.is_in_mood("fine")
        assert (await _ask(early, token)).status_code == 200


async def test_a_socket_is_closed_when_its_token_expires(strict: Service, provider: Provider) -> None:
    soon = int(datetime.now(UTC).timestamp()) + 2
    async with socket(strict.address) as client:
        await client.init(provider.token(VOLUNTEER, exp=soon))
        assert await client.closed_with() == 4403


@pytest.mark.parametrize(("leaver", "follows"), [("volunteer 430119", False), ("mentor 4305", True)])
async def test_an_open_socket_ends_with_the_incumbency(
    installation: Installation, strict: Service, provider: Provider, leaver: str, *, follows: bool
) -> None:
    token = provider.token(leaver)
    async with socket(strict.address) as open_one, socket(strict.address) as other:
        await open_one.init(token)
        await other.init(provider.token(COORDINATOR))
        if follows:
            (case,) = (await _ask(strict, token, "{ cases(first: 1) { nodes { id } } }")).json()["data"]["cases"][
                "nodes"
            ]
            await open_one.subscribe("live", EVENTS, id=case["id"])
        await _end(installation, leaver, "now()")
        # What is followed is looked at by itself too: its refusal may come before the socket is closed.
        assert await open_one.closed_with(after="live") == 4403
        await other.subscribe("1", "{ agencies { code } }")
        assert await other.hear_of("1") == ("next", {"data": {"agencies": AGENCIES}})
    assert (await _ask(strict, token)).json()["data"]["viewer"] is None
    await _end(installation, leaver, "NULL")


async def _end(installation: Installation, who: str, when: str) -> None:
    end = f"UPDATE incumbency SET until = {when} FROM account WHERE account.id = account_id AND subject = $1"
    await installation.value(end, subject_of(who))


async def _raw(service: Service, *lines: str) -> str:
    """Send a request as it stands, and give the first line of the answer."""
    host, port = service.address.split(":")
    body = '{"query": "{ viewer { seat { id } } }"}'
    head = ("POST /graphql HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}")
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write("\r\n".join([*head, "Connection: close", *lines, "", body]).encode())
        await writer.drain()
        answer = await reader.readline()
        writer.close()
    return answer.decode().strip()


async def test_what_no_client_sends_is_refused_like_everything_else(strict: Service, provider: Provider) -> None:
    good, refused = provider.token(VOLUNTEER), "HTTP/1.1 401 Unauthorized"
    for lines in (
        ["Authorization: Bearer " + "A" * 1_000_000],
        [f"Authorization: Bearer {good}{'A' * 1_000_000}"],
        [f"Authorization: Bearer {good} Prasan-Seat: x"],
        [f"Authorization: Bearer {good}, Bearer x"],
        [f"Authorization: Bearer {good}", "Authorization: Bearer x"],
        ["Authorization: Bearer x", f"Authorization: Bearer {good}"],
        [f"Authorization: Bearer x\t{good}"],
        [f"Authorization: Basic {good}"],
        ["Authorization: Bearer ก"],
    ):
        assert await _raw(strict, *lines) == refused, [line[:40] for line in lines]
    for lines in ([f"Authorization: Bearer {good}\0"], [f"Authorization: Bearer {good}\rX: y"]):
        assert await _raw(strict, *lines) == "HTTP/1.1 400 Bad Request"
    assert await _raw(strict, f"Authorization: Bearer {good}") == "HTTP/1.1 200 OK"


@pytest.mark.parametrize("token", ["x", "", "A" * 10_000, "a\r\nPrasan-Seat: 1", "\0", "ก", "a.b.c"])
async def test_a_socket_with_a_bad_token_is_closed_whatever_is_bad(strict: Service, token: str) -> None:
    async with socket(strict.address) as client:
        await client.say({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        assert await client.closed_with() == 4403


async def test_a_token_of_the_demo_opens_nothing_outside_it(
    installation: Installation, strict: Service, provider: Provider
) -> None:
    assert _code(await _ask(strict, installation.token(VOLUNTEER))) == (401, "TOKEN_INVALID")
    assert [line for line in strict.said if "Bearer" in line or "Traceback" in line] == []
    assert (await _ask(strict, provider.token(VOLUNTEER))).status_code == 200


async def test_without_a_provider_only_the_public_part_is_served_and_the_start_says_so(
    installation: Installation,
) -> None:
    with serving(installation, PRASAN_DEMO="false") as closed:
        address = f"http://{closed.address}/graphql"
        assert closed.said[-1] == (
            f"Prasan serves {address}. Only its public part: set PRASAN_OIDC_ISSUER and PRASAN_OIDC_AUDIENCE"
            " to let people sign in.\n"
        )
        assert (await _ask(closed, None)).json()["data"] == {"viewer": None, "agencies": AGENCIES}
        assert _code(await _ask(closed, installation.token(VOLUNTEER))) == (401, "TOKEN_INVALID")
