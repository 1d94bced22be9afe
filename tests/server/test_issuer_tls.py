"""A provider is who its certificate says: one that no authority of this machine has signed is not believed."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.issuer_documents import IssuerDocuments

KEYS = b'{"keys": [{"kid": "of a document that came safely"}]}'


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(KEYS), KEYS))
    await writer.drain()
    writer.close()


@pytest.fixture
async def address(certificate: Path) -> AsyncIterator[str]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    async with await asyncio.start_server(_answer, "localhost", 0, family=2, ssl=context) as server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def test_a_provider_that_nobody_vouches_for_is_not_believed(address: str) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        await IssuerDocuments(address, f"{address}/jwks", plain_http=True).keys()


async def test_an_authority_of_this_machine_is_believed(
    address: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    keys = await IssuerDocuments(address, f"{address}/jwks", plain_http=False).keys()
    assert keys == [{"kid": "of a document that came safely"}]


async def test_no_proxy_of_the_environment_comes_between(
    address: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for name in ("HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert len(await IssuerDocuments(address, f"{address}/jwks", plain_http=False).keys()) == 1
