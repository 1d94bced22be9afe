"""From a bearer token to a caller: demo tokens in demo mode, the identity provider's where one is set."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from server.auth import TokenFault, TokenRefused, Tokens
from server.issuer import Issuer
from server.runtime import utc_now


class Identity:
    """Takes the tokens of this installation, and no others."""

    def __init__(self, tokens: Tokens, issuer: Issuer | None, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._tokens = tokens
        self._issuer = issuer
        self._clock = clock

    async def verify(self, token: str) -> tuple[UUID, datetime]:
        """Give the subject, and until when the token is taken; refuse all others alike."""
        now = self._clock()
        try:
            return self._tokens.verify(token, now=now)
        except TokenRefused as refused:
            if self._issuer is None or refused.fault is TokenFault.TOKEN_EXPIRED:
                raise
        return await self._issuer.verify(token, now=now)
