"""The public keys of an identity provider: kept for a while, fetched by one request at a time, never lost."""

import asyncio
import time
import warnings
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import structlog
from joserfc.errors import SecurityWarning
from joserfc.jwk import JWKRegistry, Key

from server.auth import UNREADABLE, IdentityUnavailableError
from server.faults import described

log = structlog.get_logger()

ASYMMETRIC = frozenset({"RSA", "EC", "OKP"})
"""Types of keys that may stand in public; a shared secret may not."""


class NoUsableKeyError(Exception):
    """The provider's document holds no key that could verify a token."""


class IssuerKeys:
    """The provider's keys by `kid`. Asked again when they are old or one is unknown, and then once per cool-down."""

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Iterable[Any]]],
        *,
        cache_seconds: float,
        cooldown_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._cache_seconds = cache_seconds
        self._cooldown_seconds = cooldown_seconds
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fresh_until = self._ask_again_at = clock()
        self._turn = asyncio.Lock()

    async def warm(self) -> None:
        """Fetch the keys before the first token comes; without them the service starts all the same."""
        async with self._turn:
            await self._refresh()

    async def find(self, kid: str) -> Key | None:
        """Give the key, None when the provider has none of this id; nobody knows before the first keys are there.

        While one request fetches, those whose key is known go on with it; the others wait for what it finds.
        """
        if not (kid in self._keys and (self._are_fresh() or self._turn.locked())):
            async with self._turn:
                helps = kid not in self._keys or not self._are_fresh()
                if helps and self._clock() >= self._ask_again_at:
                    await self._refresh()
        if not self._keys:
            raise IdentityUnavailableError
        return self._keys.get(kid)

    def _are_fresh(self) -> bool:
        return self._clock() < self._fresh_until

    async def _refresh(self) -> None:
        """Replace the keys, those that the provider has withdrawn included; after a failure the old ones stay."""
        self._ask_again_at = self._clock() + self._cooldown_seconds
        try:
            found = usable(await self._fetch())
            if not found:
                raise NoUsableKeyError  # noqa: TRY301 - one line of the log for whatever went wrong
        except Exception as error:  # noqa: BLE001 - whatever the provider answers, the old keys serve on
            log.warning("issuer.keys_not_fetched", kept=len(self._keys), **described(error))
            return
        if found.keys() != self._keys.keys():
            log.info("issuer.keys_changed", keys=len(found))
        self._keys = found
        self._fresh_until = self._clock() + self._cache_seconds


def usable(entries: Iterable[Any]) -> dict[str, Key]:
    """Give the keys that may verify a signature, by their `kid`; others are ignored (RFC 7517, section 5)."""
    found: dict[str, Key] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error", SecurityWarning)  # what the library warns of, such as short keys, is not taken
        for entry in entries:
            try:
                if entry["kty"] in ASYMMETRIC and entry.get("use", "sig") == "sig" and entry["kid"]:
                    found.setdefault(entry["kid"], JWKRegistry.import_key(entry))
            except (*UNREADABLE, LookupError, SecurityWarning):
                continue
    return found
