"""The identity provider of tests/server/oidc_issuer.py, as tests use it: asked over HTTP, like the service asks it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from casework.demo.network import subject_of
from server.issuer import Issuer, Terms
from server.issuer_documents import IssuerDocuments
from server.issuer_keys import IssuerKeys
from tests.server.oidc_issuer import DISCOVERY, JWKS

AUDIENCE = "prasan of the tests"
ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
HOUR = timedelta(hours=1)


class Hands:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Provider:
    """A running provider; `kid` is the key that signs unless a test names another."""

    address: str
    client: httpx.Client
    kid: str = "key 1"

    def _do(self, path: str, **given: Any) -> dict[str, Any]:
        response = self.client.post(f"{self.address}{path}", content=json.dumps(given))  # which lets NaN pass
        done: dict[str, Any] = response.raise_for_status().json()
        return done

    def rotate(self, kind: str = "RSA", *, keep: bool = False) -> str:
        self.kid = self._do("/rotate", kind=kind, keep=keep)["kid"]
        return self.kid

    def is_in_mood(self, mood: str) -> None:
        self._do("/mood", mood=mood)

    def asked(self, path: str = JWKS) -> int:
        found: int = self.client.get(f"{self.address}/asked").json().get(path, 0)
        return found

    def discovered(self) -> int:
        return self.asked(DISCOVERY)

    def claims(self, who: str, now: datetime | None = None, **more: Any) -> dict[str, Any]:
        """Give the claims of a post of the demo; what is None is left out."""
        now = now or datetime.now(UTC)
        times = {"nbf": int(now.timestamp()), "exp": int((now + HOUR).timestamp())}
        claims = {"iss": self.address, "aud": AUDIENCE, "sub": str(subject_of(who)), **times, **more}
        return {name: value for name, value in claims.items() if value is not None}

    def token(
        self, who: str, header: dict[str, Any] | None = None, *, now: datetime | None = None, **claims: Any
    ) -> str:
        full = {"alg": "RS256", "typ": "JWT", "kid": self.kid, **(header or {})}
        token: str = self._do("/sign", header=full, claims=self.claims(who, now, **claims))["token"]
        return token

    def keys(
        self, clock: Hands, *, cache: float = 300, cooldown: float = 10, jwks_url: str | None = None
    ) -> IssuerKeys:
        documents = IssuerDocuments(self.address, jwks_url, plain_http=False)
        return IssuerKeys(documents.keys, cache_seconds=cache, cooldown_seconds=cooldown, clock=clock)

    def issuer(self, clock: Hands | None = None, **terms: Any) -> Issuer:
        """Give the service's side of this provider, with keys that stay fresh until a test moves the clock."""
        return Issuer(Terms(self.address, AUDIENCE, ALGORITHMS, **terms), self.keys(clock or Hands()))

    @property
    def settings(self) -> dict[str, str]:
        return {"PRASAN_DEMO": "false", "PRASAN_OIDC_ISSUER": self.address, "PRASAN_OIDC_AUDIENCE": AUDIENCE}


@contextmanager
def providing() -> Iterator[Provider]:
    """Run a provider until the end of the block."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "tests.server.oidc_issuer"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            with httpx.Client(trust_env=False) as client:
                yield Provider(address, client)
        finally:
            process.terminate()
