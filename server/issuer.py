"""Tokens of an identity provider (OpenID Connect): signature, issuer, audience, times and subject, or refused alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, UnsupportedAlgorithmError
from joserfc.jws import JWSRegistry

from server.auth import LONGEST_TOKEN, UNREADABLE, TokenFault, TokenRefused, read_claims, wanted
from server.issuer_documents import IssuerDocuments, is_safe
from server.issuer_keys import IssuerKeys
from server.problems import StartupProblem
from server.settings import Settings

log = structlog.get_logger()


class Terms(NamedTuple):
    """What a token must say. Without `not_before` it may lack `nbf`; one that is there counts all the same."""

    issuer: str
    audience: str
    algorithms: Sequence[str]
    leeway: int = 0
    not_before: bool = True


class _Pinned(JWSRegistry):
    """Only the algorithms that were pinned, whatever the library would recommend or warn of."""

    def get_alg(self, name: str) -> Any:
        if name not in (self.allowed or ()):
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


class Issuer:
    """Verifies the tokens of one provider."""

    def __init__(self, terms: Terms, keys: IssuerKeys) -> None:
        self._terms = terms
        self.keys = keys
        self._registry = _Pinned(algorithms=terms.algorithms, strict_check_header=False)
        self._options: dict[str, jwt.ClaimsOption] = {
            "iss": wanted(terms.issuer),
            "aud": wanted(terms.audience),
            "nbf": {"essential": terms.not_before},
        }

    async def verify(self, token: str, *, now: datetime) -> tuple[UUID, datetime]:
        """Give the subject, and until when the token is taken; why it is not, only the log may know."""
        try:
            return await self._read(token, now)
        except ExpiredTokenError:
            raise TokenRefused(TokenFault.TOKEN_EXPIRED) from None
        except UNREADABLE as error:
            log.debug("token.refused", reason=type(error).__name__, claim=getattr(error, "claim", None))
            raise TokenRefused(TokenFault.TOKEN_INVALID) from None

    async def _read(self, token: str, now: datetime) -> tuple[UUID, datetime]:
        if len(token) > LONGEST_TOKEN:
            raise ValueError("longer than any token")
        header = jws.extract_compact(token.encode(), registry=self._registry).headers()
        self._registry.check_header(header)
        self._registry.get_alg(header["alg"])  # before the provider is asked: what no key could verify costs nothing
        key = await self.keys.find(header["kid"]) if "kid" in header else None
        if key is None:
            raise InvalidKeyIdError
        claims = jwt.decode(token, key, registry=self._registry).claims
        return read_claims(claims, self._options, now=now, leeway=self._terms.leeway)


def issuer_of(settings: Settings) -> Issuer | None:
    """Give the provider that the settings name, if any; a setting that cannot work is one sentence."""
    issuer, audience, plain = settings.oidc_issuer, settings.oidc_audience, settings.in_demo_mode
    if issuer is None or audience is None:
        if issuer or audience or settings.oidc_jwks_url:
            raise StartupProblem("Set both PRASAN_OIDC_ISSUER and PRASAN_OIDC_AUDIENCE, or neither.")
        return None
    for name, url in (("PRASAN_OIDC_ISSUER", issuer), ("PRASAN_OIDC_JWKS_URL", settings.oidc_jwks_url)):
        if url is not None and not is_safe(url, plain_http=plain):
            raise StartupProblem(f"Set {name} to an https URL without a password; http is for this machine only.")
    documents = IssuerDocuments(issuer, settings.oidc_jwks_url, plain_http=plain)
    keys = IssuerKeys(
        documents.keys,
        cache_seconds=settings.oidc_cache_seconds,
        cooldown_seconds=settings.oidc_cooldown_seconds,
    )
    algorithms, leeway = settings.oidc_algorithms.split(), settings.oidc_leeway_seconds
    return Issuer(Terms(issuer, audience, algorithms, leeway, settings.oidc_not_before), keys)
