"""Which addresses of the network the service calls on behalf of others: public ones, and those that are allowed."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC: tuple[Network, ...] = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments
    IPv4Network("224.0.0.0/4"),  # multicast
    IPv6Network("64:ff9b:1::/48"),  # translation inside a network
    IPv6Network("fec0::/10"),  # site-local, as it once was
    IPv6Network("ff00::/8"),  # multicast
)
"""What `is_global` takes for public, in one version of Python or another."""


def is_public(text: str) -> bool:
    """Is it an address that anybody may call? One that carries another inside is judged by that one."""
    address = _inner(ip_address(text))
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


def is_allowed(text: str, networks: Iterable[Network]) -> bool:
    """Is it in one of these networks?"""
    address = ip_address(text)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return any((mapped or address) in network for network in networks)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    translated = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return address.ipv4_mapped or address.sixtofour or translated or address
