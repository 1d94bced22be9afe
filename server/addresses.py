"""Where a request comes from, for rate limits: what a client says of itself counts for nothing."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import HTTPConnection

_BRACKETED, _WITH_PORT = re.compile(r"\[([^]]*)\]"), re.compile(r"([0-9.]+):[0-9]+$")
HOME_NETWORK = 64
"""Bits of an IPv6 address that a provider gives to one customer, who chooses the rest at will."""


def address_of(connection: HTTPConnection, proxies: int) -> str:
    """Give the address that the outermost of `proxies` trusted proxies saw, of IPv6 the network.

    Each adds the address that it saw at the end of X-Forwarded-For; what stands before may be the client's own words.
    """
    peer = connection.client.host if connection.client else ""
    told = [each.strip() for line in connection.headers.getlist("x-forwarded-for") for each in line.split(",")]
    return _network(told[-proxies] if 0 < proxies <= len(told) else peer)


def _network(text: str) -> str:
    """Write an address in one way, without the port that some proxies add; what is none stays nobody's."""
    bracketed, with_port = _BRACKETED.match(text), _WITH_PORT.match(text)
    found = bracketed or with_port
    try:
        address: IPv4Address | IPv6Address = ip_address(found[1] if found else text)
    except ValueError:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> HOME_NETWORK << HOME_NETWORK))
