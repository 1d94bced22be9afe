"""Bearer tokens: who a request says it comes from. In demo mode the service issues them itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from casework.keys import Keys
from models.vocabulary import Word

ISSUER = "prasan-demo"
AUDIENCE = "prasan"
ALGORITHM = "HS256"
LONGEST_TOKEN = 8192
"""Characters."""
UNREADABLE = (JoseError, ValueError, TypeError, AttributeError, OverflowError, OSError, RecursionError)
"""What reading a token may raise, whoever wrote it."""


class TokenFault(Word):
    """Why a token is not taken."""

    TOKEN_INVALID = "TOKEN_INVALID", "โทเคนใช้ไม่ได้ กรุณาเข้าสู่ระบบใหม่", "This token is not valid here; sign in again."
    TOKEN_EXPIRED = "TOKEN_EXPIRED", "โทเคนหมดอายุ กรุณาเข้าสู่ระบบใหม่", "This token has expired; sign in again."


class TokenRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    def __init__(self, fault: TokenFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class IdentityUnavailableError(Exception):
    """Nobody can say now whether a token is good: the provider's keys were never fetched."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the account's subject, the post it chose, the language it reads. No subject: not signed in.

    `held` is the post in which a socket began; it keeps to that one whatever other posts the account fills.
    """

    subject: UUID | None = None
    expires: datetime | None = None
    seat: str | None = None
    thai: bool = True
    address: str = ""
    """Where the request comes from, for rate limits; kept and logged nowhere."""
    held: int | None = None


class Tokens:
    """Issues and verifies demo tokens; outside demo mode it takes none."""

    def __init__(self, keys: Keys, *, demo: bool) -> None:
        self._key = OctKey.import_key(keys.derive("demo tokens"))
        self.demo = demo

    def issue(self, subject: UUID, *, now: datetime, lasts: timedelta) -> str:
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(subject),
            "iat": int(now.timestamp()),
            "exp": int((now + lasts).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key)

    def verify(self, token: str, *, now: datetime) -> tuple[UUID, datetime]:
        """Give the subject, and when the token expires; refuse what was not issued here, or too long ago."""
        if not self.demo or len(token) > LONGEST_TOKEN:
            raise TokenRefused(TokenFault.TOKEN_INVALID)
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            return read_claims(claims, {"iss": wanted(ISSUER), "aud": wanted(AUDIENCE)}, now=now)
        except ExpiredTokenError:
            raise TokenRefused(TokenFault.TOKEN_EXPIRED) from None
        except UNREADABLE:
            raise TokenRefused(TokenFault.TOKEN_INVALID) from None


def wanted(value: str) -> jwt.ClaimsOption:
    """A claim that must be there and have this value, or have it among others."""
    return {"essential": True, "value": value}


def read_claims(
    claims: Mapping[str, Any], options: Mapping[str, jwt.ClaimsOption], *, now: datetime, leeway: int = 0
) -> tuple[UUID, datetime]:
    """Give the subject, and until when the token is taken.

    Its age is looked at last: only a token that is right in everything else is said to have expired.
    """
    at, rest = int(now.timestamp()), {name: value for name, value in claims.items() if name != "exp"}
    jwt.JWTClaimsRegistry(at, leeway, sub={"essential": True}, **options).validate(rest)
    subject = UUID(rest["sub"])
    if str(subject) != rest["sub"].lower():
        raise ValueError("one account, one spelling of its subject")
    expiry = {"exp": claims.get("exp")}
    jwt.JWTClaimsRegistry(at, leeway, exp={"essential": True}).validate(expiry)
    return subject, datetime.fromtimestamp(claims["exp"], UTC) + timedelta(seconds=leeway)


def bearer(header: str | None) -> str | None:
    """Give the token of an Authorization header; None without one, an unusable one for another scheme."""
    if header is None or not header.strip():
        return None
    scheme, _, token = header.strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def reads_thai(accept_language: str | None) -> bool:
    """Thai unless English is asked for before Thai."""
    for entry in (accept_language or "")[:200].lower().split(","):
        tag = entry.split(";")[0].strip()
        if tag.startswith("th"):
            return True
        if tag.startswith("en"):
            return False
    return True
