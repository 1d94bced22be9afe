"""What people meant to do, and all that they were told about it: the book against which all is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

DONE = frozenset({"APPLIED", "REBASED", "DUPLICATE", "DONE"})
"""Words that say that the verb itself was done; DONE is that of a mutation sent by itself."""
KEPT = DONE | {"SALVAGED"}
"""Words that say that something was written."""


def new_id(rng: Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


@dataclass
class Intent:
    """One press of a button: `verb` with `given`, under an operationId of `account`."""

    operation_id: str
    account: UUID
    verb: str
    given: dict[str, Any]
    seen: dict[str, Any] | None = None
    about: str | None = None
    """Id of the case, or the operationId that opens it."""
    answers: list[str] = field(default_factory=list)
    """Every word that came back for it by itself; the last is what the person was told."""
    kept_back: str | None = None
    """Why a whole queue was refused that held it, the last time it was sent."""
    over: bool = False
    """The person was told what became of it, and it is not sent any more."""

    def told(self, answer: str, *, over: bool) -> None:
        self.answers.append(answer)
        self.over = over

    @property
    def last(self) -> str | None:
        return self.answers[-1] if self.answers else None

    @property
    def was_done(self) -> bool:
        return self.over and self.last in DONE

    def __str__(self) -> str:
        return f"{self.verb} {self.operation_id} of account {self.account}"


@dataclass
class Book:
    """Every intent of everybody, and whatever was answered that should never be."""

    intents: dict[str, Intent] = field(default_factory=dict)
    faults: list[tuple[str, list[str]]] = field(default_factory=list)
    """What it was, and the requests that the service's log may know."""

    def new(self, rng: Random, account: UUID, verb: str, given: dict[str, Any], **more: Any) -> Intent:
        operation_id = new_id(rng)
        intent = Intent(operation_id, account, verb, {"operationId": operation_id, **given}, **more)
        self.intents[operation_id] = intent
        return intent

    def fault(self, what: str, errors: Sequence[Mapping[str, Any]] = ()) -> None:
        self.faults.append((what, [error["extensions"]["requestId"] for error in errors]))
