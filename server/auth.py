"""Bearer tokens: who a request says it comes from. In demo mode the service issues them itself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from casework.keys import Keys
from models.vocabulary import Word

ISSUER = "prasan-demo"
AUDIENCE = "prasan"
ALGORITHM = "HS256"
LONGEST_TOKEN = 4096


class TokenFault(Word):
    """Why a token is not taken."""

    TOKEN_INVALID = "TOKEN_INVALID", "โทเคนใช้ไม่ได้ กรุณาเข้าสู่ระบบใหม่", "This token is not valid here; sign in again."
    TOKEN_EXPIRED = "TOKEN_EXPIRED", "โทเคนหมดอายุ กรุณาเข้าสู่ระบบใหม่", "This token has expired; sign in again."


class TokenRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    def __init__(self, fault: TokenFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the account's subject, the post it chose, the language it reads. No subject: not signed in."""

    subject: UUID | None = None
    expires: datetime | None = None
    seat: str | None = None
    thai: bool = True


class Tokens:
    """Issues and verifies demo tokens; outside demo mode none is taken, until an issuer is configured."""

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
            registry = jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                iss={"essential": True, "value": ISSUER},
                aud={"essential": True, "value": AUDIENCE},
                sub={"essential": True},
                exp={"essential": True},
            )
            registry.validate(claims)
            return UUID(claims["sub"]), datetime.fromtimestamp(claims["exp"], UTC)
        except ExpiredTokenError:
            raise TokenRefused(TokenFault.TOKEN_EXPIRED) from None
        except (JoseError, ValueError, TypeError, AttributeError, OverflowError, OSError):
            raise TokenRefused(TokenFault.TOKEN_INVALID) from None


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
