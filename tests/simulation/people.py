"""Somebody who asks the service: whatever they ask may go wrong on the way, and they ask again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.simulation.clock import Clock, drawn
from tests.simulation.intents import Book, Intent
from tests.simulation.mischief import Fate, Trouble, draw
from tests.simulation.service import Service

RETRYABLE = "UNAVAILABLE"


class Person:
    """An account with choices of its own: what one draws changes nothing for the others."""

    def __init__(self, name: str, subject: UUID, *, service: Service, book: Book, clock: Clock, seed: int) -> None:
        self.name = name
        self.subject = subject
        self.service = service
        self.book = book
        self.clock = clock
        self.rng = drawn(seed, name)
        self.calm = False
        """Nothing goes wrong any more."""

    async def ask(self, query: str, variables: Mapping[str, Any]) -> Any:
        """Give the data, or None without an answer; a fault that is not to be tried again is written down."""
        fate = Fate(Trouble.NONE) if self.calm else draw(self.rng)
        answer = await self.service.ask(self.subject, fate, query, variables)
        if answer is None:
            return None
        codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
        if codes - {RETRYABLE, "NO_SEAT"}:
            self.book.fault(f"{self.name} was answered {sorted(codes)}", answer["errors"])
        if RETRYABLE in codes:
            return None
        return answer.get("data") or {}


class Online(Person):
    """Somebody at a desk: does one thing at a time, and sends it again until there is an answer."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.pending: Intent | None = None
        self.errands: list[tuple[str, dict[str, Any]]] = []
        """What others want of them."""

    async def retry(self) -> bool:
        """Finish what has no answer yet; False when it still has none."""
        return self.pending is None or await self._send(self.pending) is not None

    async def do(self, verb: str, want: str, /, **given: Any) -> dict[str, Any] | None:
        """Do it; give the payload, a refusal with its code, or None while there is no answer."""
        self.pending = self.book.new(self.rng, self.subject, verb, given)
        self.pending.given["want"] = want
        return await self._send(self.pending)

    async def _send(self, intent: Intent) -> dict[str, Any] | None:
        want = intent.given["want"]
        kind = intent.verb[0].upper() + intent.verb[1:]
        query = (
            f"mutation ($input: {kind}Input!) {{ result: {intent.verb}(input: $input) {{ __typename"
            f" ... on {kind}Payload {{ {want} }} ... on Refusal {{ code }} }} }}"
        )
        given = {name: value for name, value in intent.given.items() if name != "want"}
        data = await self.ask(query, {"input": given})
        if not data:
            return None
        result: dict[str, Any] = data["result"]
        code = result.get("code")
        if code != "NO_SEAT":
            intent.told(code or "DONE", over=True)
            self.pending = None
        else:
            intent.kept_back = code
        return result
