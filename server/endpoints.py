"""Calls endpoints that others name: their name is resolved once, every address judged, and that address called."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import httpcore
import httpx

from casework.deliveries import Attempt
from casework.rules.addresses import Network, is_allowed, is_public
from models.webhook_words import DeliveryFault

SECONDS = 15.0
"""For a whole attempt: httpcore counts its own timeouts for each step anew."""
MOST_TRIED = 3
"""Addresses of one name."""
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class AddressRefusedError(Exception):
    """A name leads to an address that must not be called."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system where a name leads; it also reads numbers such as 2130706433 and 0x7f.1 as addresses."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that it has judged: a name that leads elsewhere a moment later changes nothing."""

    def __init__(self, allowed: Iterable[Network], *, encrypted: bool, resolver: Resolve) -> None:
        self._allowed = tuple(allowed)
        self._encrypted = encrypted
        self._resolve = resolver
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from None
        if not addresses or not all(self._may_call(address) for address in addresses):
            raise AddressRefusedError
        *others, last = addresses[:MOST_TRIED]
        for address in others:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(last, port, timeout, local_address, socket_options)

    def _may_call(self, address: str) -> bool:
        return is_allowed(address, self._allowed) or (self._encrypted and is_public(address))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Endpoints:
    """Posts to endpoints: no proxy of the environment, no redirect, no cookie; of an answer only the status is read."""

    def __init__(
        self, allowed: Iterable[Network] = (), *, seconds: float = SECONDS, resolver: Resolve = resolve
    ) -> None:
        self._allowed = tuple(allowed)
        self._seconds = seconds
        self._resolve = resolver
        self._certificates = httpx.create_ssl_context(trust_env=False)
        self._certificates.load_default_certs()  # a ministry's own authority stands in the machine's store

    async def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Attempt:
        """Send exactly these bytes, and tell what came of it."""
        try:
            async with asyncio.timeout(self._seconds):
                status = await self._status(url, headers, content)
        except AddressRefusedError:
            return Attempt(DeliveryFault.ADDRESS_REFUSED)
        except (TimeoutError, httpcore.TimeoutException):
            return Attempt(DeliveryFault.TIMEOUT)
        except (OSError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol):
            return Attempt(DeliveryFault.UNREACHABLE)
        taken = httpx.codes.is_success(status)
        return Attempt(None if taken else DeliveryFault.STATUS, status)

    async def _status(self, url: str, headers: Mapping[str, str], content: bytes) -> int:
        encrypted = url.startswith("https://")
        network = GuardedNetwork(self._allowed, encrypted=encrypted, resolver=self._resolve)
        async with (
            httpcore.AsyncConnectionPool(ssl_context=self._certificates, network_backend=network) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=content) as answer,
        ):
            return answer.status
