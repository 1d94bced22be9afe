"""Where a request comes from: what the trusted proxies say, and nothing that a client says of itself."""

import pytest
from starlette.requests import HTTPConnection

from server.addresses import address_of


def connection(peer: str | None, *forwarded: str) -> HTTPConnection:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return HTTPConnection({"type": "http", "headers": headers, "client": None if peer is None else (peer, 4711)})


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, [], "192.0.2.1"),
        (0, ["203.0.113.9"], "192.0.2.1"),
        (1, [], "192.0.2.1"),
        (1, ["203.0.113.9"], "203.0.113.9"),
        (1, ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        (1, ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        (2, ["198.51.100.1, 203.0.113.9, 10.0.0.1"], "203.0.113.9"),
        (2, ["203.0.113.9"], "192.0.2.1"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(proxies: int, forwarded: list[str], address: str) -> None:
    assert address_of(connection("192.0.2.1", *forwarded), proxies) == address


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.9:51234", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]:51234", "2001:db8:1:2::"),
        ("unknown", ""),
        ("203.0.113.999", ""),
        ("", ""),
        ("x" * 10_000, ""),
    ],
)
def test_an_address_is_written_in_one_way_and_of_ipv6_the_network_counts(told: str, address: str) -> None:
    assert address_of(connection("192.0.2.1", told), 1) == address


def test_a_connection_without_a_peer_is_nobodys() -> None:
    assert address_of(connection(None), 0) == ""
