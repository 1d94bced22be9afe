"""What the tests of real processes share: one installation, set up by the commands themselves, and one service."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.server.demo_copies import installed
from tests.server.installation import Installation, Service, serving
from tests.server.provider import Provider, providing
from tests.server.uploads import kept
from tests.world import World


@pytest.fixture(scope="session")
async def installation(
    superuser_url: str, testrun_uid: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Installation]:
    """A database that `prasan migrate`, `reference load` and `demo load` have filled."""
    async with installed(superuser_url, tmp_path_factory.mktemp("ประสาน งาน"), testrun_uid) as made:
        yield made


@pytest.fixture
async def fresh(superuser_url: str, tmp_path: Path) -> AsyncIterator[Installation]:
    """A database with nothing in it."""
    made = await Installation.make(superuser_url, tmp_path)
    yield made
    await made.drop()


@pytest.fixture(scope="session")
def service(installation: Installation) -> Iterator[Service]:
    """A `prasan serve` that the tests of sockets share."""
    with serving(installation) as running:
        yield running


@pytest.fixture(scope="session")
def _provider() -> Iterator[Provider]:
    with providing() as running:
        yield running


@pytest.fixture
def provider(_provider: Provider) -> Provider:
    """An identity provider in another process, in a good mood and with one key that no test has used."""
    _provider.is_in_mood("fine")
    _provider.rotate()
    return _provider


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of localhost that it has signed itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "localhost.pem"
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def empty_store(world: World) -> None:
    """Remove what other tests have left in the store of files."""
    for path in kept(world):
        path.unlink()
