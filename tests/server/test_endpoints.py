"""No call reaches a loopback, link-local or private address, however it is written and whenever the name turns."""

import asyncio
import ssl
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path

import pytest

from casework.deliveries import Attempt
from models.webhook_words import DeliveryFault
from server.endpoints import Endpoints, resolve
from tests.casework.rules.test_endpoints import HIDDEN
from tests.server.receiver import HOST, receiving

REFUSED = Attempt(DeliveryFault.ADDRESS_REFUSED)
LOOPBACK = ip_network("127.0.0.0/8")


def leading_to(*answers: Sequence[str]) -> tuple[list[str], Endpoints]:
    """Give endpoints whose names lead where the answers say, one after the other; and the names that were asked for."""
    asked: list[str] = []
    left = list(answers)

    async def look_up(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return left.pop(0)

    return asked, Endpoints([LOOPBACK], resolver=look_up)


@pytest.mark.parametrize("address", HIDDEN)
async def test_a_name_that_leads_to_a_hidden_address_is_not_called(address: str) -> None:
    async def look_up(_host: str, _port: int) -> Sequence[str]:
        return [address]

    endpoints = Endpoints(resolver=look_up)
    for scheme in ("http", "https"):
        assert await endpoints.post(f"{scheme}://news.example.go.th/", {}, b"{}") == REFUSED


SPELLINGS = """
    127.0.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 127.1 [::1] [::ffff:127.0.0.1] localhost
""".split()  # noqa: SIM905 - read more easily


@pytest.mark.parametrize("host", SPELLINGS)
async def test_loopback_is_not_called_however_it_is_written(host: str) -> None:
    """The system's own resolver reads the numbers; a receiver listens there and hears nothing."""
    async with receiving() as receiver:
        endpoints = Endpoints()
        for scheme in ("http", "https"):
            assert await endpoints.post(f"{scheme}://{host}:{receiver.port}/", {}, b"{}") == REFUSED
        assert receiver.connections == 0


async def test_the_systems_resolver_reads_numbers_as_addresses() -> None:
    assert [await resolve(host, 80) for host in ("2130706433", "0x7f.1")] == [[HOST], [HOST]]


async def test_one_hidden_address_among_public_ones_is_enough_to_refuse() -> None:
    async with receiving() as receiver:
        asked, endpoints = leading_to([HOST, "10.0.0.1"])
        assert await endpoints.post(f"http://news.example.go.th:{receiver.port}/", {}, b"{}") == REFUSED
        assert (asked, receiver.connections) == (["news.example.go.th"], 0)


async def test_a_name_is_asked_for_once_so_that_one_which_turns_after_the_check_turns_in_vain() -> None:
    """The second answer would lead to a hidden address; nobody asks for it, and the address judged is called."""
    async with receiving() as receiver:
        asked, endpoints = leading_to([HOST], ["10.0.0.1"])
        sent = await endpoints.post(f"http://news.example.go.th:{receiver.port}/", {}, b"{}")
        assert (sent, asked) == (Attempt(None, 204), ["news.example.go.th"])
        assert receiver.received[0].headers["host"] == f"news.example.go.th:{receiver.port}"


async def test_a_redirect_is_not_followed_wherever_it_leads() -> None:
    async with receiving() as inside, receiving(f"307 Elsewhere\r\nlocation: http://{HOST}:{inside.port}/") as outside:
        sent = await Endpoints([LOOPBACK]).post(outside.url, {}, b"{}")
        assert (sent, len(outside.received), inside.connections) == (Attempt(DeliveryFault.STATUS, 307), 1, 0)


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as proxy, receiving() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{HOST}:{proxy.port}")
        assert await Endpoints([LOOPBACK]).post(receiver.url, {}, b"{}") == Attempt(None, 204)
        assert (proxy.connections, receiver.connections) == (0, 1)


async def test_http_is_refused_to_a_public_address() -> None:
    _, endpoints = leading_to(["8.8.8.8"])
    assert await endpoints.post("http://news.example.go.th/", {}, b"{}") == REFUSED


async def test_an_endpoint_that_does_not_answer_in_time_or_is_not_there_is_told_apart() -> None:
    async with receiving() as receiver:
        receiver.slow = asyncio.Event()
        assert await Endpoints([LOOPBACK], seconds=0.2).post(receiver.url, {}, b"{}") == Attempt(DeliveryFault.TIMEOUT)
        closed = receiver.url
    assert await Endpoints([LOOPBACK]).post(closed, {}, b"{}") == Attempt(DeliveryFault.UNREACHABLE)


@pytest.fixture
def secure(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


async def test_an_endpoint_that_nobody_vouches_for_is_not_sent_anything(secure: ssl.SSLContext) -> None:
    async with receiving(secure=secure) as receiver:
        asked, endpoints = leading_to([HOST])
        sent = await endpoints.post(f"https://localhost:{receiver.port}/", {}, b"{}")
        assert (sent, asked, receiver.received) == (Attempt(DeliveryFault.UNREACHABLE), ["localhost"], [])


async def test_a_certificate_is_that_of_the_name_and_not_of_the_address(
    secure: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with receiving(secure=secure) as receiver:
        _, endpoints = leading_to([HOST], [HOST])
        named = [await endpoints.post(f"https://{name}:{receiver.port}/", {}, b"{}") for name in ("localhost", "other")]
        assert named == [Attempt(None, 204), Attempt(DeliveryFault.UNREACHABLE)]
        assert len(receiver.received) == 1
