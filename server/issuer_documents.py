"""What an identity provider publishes, fetched over HTTP by a client that trusts little."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

from server.settings import is_loopback

DISCOVERY = "/.well-known/openid-configuration"
MOST_BYTES = 100_000
"""Of one document; the largest provider's keys take a tenth."""
FETCH_SECONDS = 5.0
"""For both documents together: httpx counts its own timeouts for each read anew."""


class UnusableDocumentError(Exception):
    """The provider answered with something that is not its document."""


class IssuerDocuments:
    """Finds a provider's keys: where its discovery document says, or at a URL that is known."""

    def __init__(self, issuer: str, jwks_url: str | None, *, plain_http: bool) -> None:
        self._issuer = issuer
        self._jwks_url = jwks_url
        self._plain_http = plain_http
        self._certificates = httpx.create_ssl_context(trust_env=False)
        self._certificates.load_default_certs()  # a ministry's own authority stands in the machine's store

    async def keys(self) -> list[Any]:
        """Fetch the entries of the key set, unchecked."""
        client = httpx.AsyncClient(
            verify=self._certificates,
            trust_env=False,
            follow_redirects=False,
            timeout=FETCH_SECONDS,
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )
        async with asyncio.timeout(FETCH_SECONDS), client:
            document = await _fetch(client, self._jwks_url or await self._discovered(client))
        keys = document.get("keys")
        if not isinstance(keys, list):
            raise UnusableDocumentError
        return keys

    async def _discovered(self, client: httpx.AsyncClient) -> str:
        """Give where the keys are; a document of another issuer is not believed (OpenID Connect Discovery, 4.3)."""
        document = await _fetch(client, self._issuer.rstrip("/") + DISCOVERY)
        url = document.get("jwks_uri")
        if document.get("issuer") != self._issuer or not isinstance(url, str):
            raise UnusableDocumentError
        if not is_safe(url, plain_http=self._plain_http):
            raise UnusableDocumentError
        return url


async def _fetch(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    body = bytearray()
    async with client.stream("GET", url) as response:
        if response.status_code != httpx.codes.OK:
            raise UnusableDocumentError
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > MOST_BYTES:
                raise UnusableDocumentError
    document = orjson.loads(body)
    if not isinstance(document, dict):
        raise UnusableDocumentError
    return document


def is_safe(url: str, *, plain_http: bool) -> bool:
    """Can nobody between change what this URL gives? `plain_http` allows it to other machines too."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or any(character <= " " for character in url):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and (plain_http or is_loopback(host)))
