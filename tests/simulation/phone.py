"""A volunteer's phone as docs/how-to/volunteer-app.md says: keeps cases, captures intents, sends them later."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tests.simulation.intents import DONE, KEPT, Intent
from tests.simulation.people import Person

CASE = "id reference version state holder { ... on Seat { id } ... on Office { id } }"
CHANGES = f"""query ($since: String) {{ changes(since: $since, first: 20) {{
  upserts {{ {CASE} }} tombstones {{ caseId }} cursor hasMore startsOver }} }}"""
WHO = "{ viewer { queueOwner seat { id } } }"
APPLY = f"""mutation ($input: ApplyOperationsInput!) {{ applyOperations(input: $input) {{
  __typename
  ... on ApplyOperationsPayload {{ results {{
    operationId status case {{ {CASE} viewerAccess {{ level }} }} refusal {{ code path }} }} }}
  ... on Refusal {{ code }} }} }}"""
MOST_AT_ONCE = 12
WRONG_CLOCK = frozenset({"DATE_IN_FUTURE", "DATE_TOO_EARLY", "BUDDHIST_YEAR"})
KEEPS_THE_QUEUE = frozenset({"QUEUE_OF_ANOTHER", "NO_SEAT"})
RAISES_VERSION = frozenset({"updateCaseStatus", "recordOutcome"})
WORKS = frozenset({"WORK", "FULL"})


@dataclass(frozen=True)
class Kept:
    """A case as the phone has it."""

    id: str
    reference: str
    version: int
    state: str
    holder: str | None

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Kept":
        holder = told["holder"] or {}
        return cls(told["id"], told["reference"], told["version"], told["state"], holder.get("id"))


@dataclass
class Store:
    """What is on the phone: cases, how far they were read, what was captured, by whom."""

    cases: dict[str, Kept] = field(default_factory=dict)
    cursor: str | None = None
    owner: str | None = None
    seat: str | None = None
    queue: list[Intent] = field(default_factory=list)
    opened: dict[str, str] = field(default_factory=dict)
    """The ids of cases by the operation that opened them."""


class Phone(Person):
    """Without `calm`, the network loses, doubles and reorders what it sends."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.store = Store()
        self.skew = timedelta()
        self.offline_until: datetime | None = None
        self.left = False
        """Its owner has lost the post."""
        self.found: Store | None = None
        """What somebody else left on this phone."""
        self._delivered: list[list[dict[str, Any]]] = []

    @property
    def is_offline(self) -> bool:
        return self.offline_until is not None and self.clock() < self.offline_until and not self.calm

    @property
    def is_answered(self) -> bool:
        """Is everything done, refused, or kept for its owner and said to be so?"""
        return not self.store.queue or (self.left and all(intent.kept_back for intent in self.store.queue))

    def capture(
        self, verb: str, *, about: str | None = None, seen: dict[str, Any] | None = None, **given: Any
    ) -> Intent:
        at = (self.clock() + self.skew).isoformat()
        intent = self.book.new(self.rng, self.subject, verb, {"capturedAt": at, **given}, about=about, seen=seen)
        self.store.queue.append(intent)
        return intent

    def view(self, case: Kept) -> Kept:
        """Give the case as the screen shows it: with all that was captured and not answered yet."""
        for intent in self.store.queue:
            if intent.verb in RAISES_VERSION and intent.about in {case.id, *self._openings(case.id)}:
                state = intent.given.get("state", case.state)
                case = replace(case, version=case.version + 1, state=state)
        return case

    def _openings(self, case_id: str) -> list[str]:
        return [operation for operation, opened in self.store.opened.items() if opened == case_id]

    async def sync(self) -> bool:
        """Send the queue, then ask what changed; tell whether everything was answered."""
        if self.is_offline or not await self._knows_itself():
            return False
        if self.found is not None:
            await self._send_what_was_found(self.found)
        if not self.calm and self._delivered and self.rng.random() < 0.1:
            await self._redeliver()
        return await self._send_queue() and await self._pull()

    async def sign_in(self) -> None:
        while self.store.owner is None:
            await self._knows_itself()

    async def _knows_itself(self) -> bool:
        if self.store.owner is None:
            data = await self.ask(WHO, {})
            viewer = (data or {}).get("viewer") or {}
            if not viewer.get("seat"):
                return False
            self.store.owner, self.store.seat = viewer["queueOwner"], viewer["seat"]["id"]
        return True

    async def _send_queue(self) -> bool:
        while waiting := self.store.queue:
            size = self.rng.randint(1, MOST_AT_ONCE)
            start = 0
            if not self.calm and len(waiting) > size and self.rng.random() < 0.2:
                start = size  # a later part overtakes an earlier one
            batch = waiting[start : start + size]
            before = [(intent.operation_id, len(intent.answers)) for intent in waiting]
            if not await self._send(batch, self.store):
                return False
            if start == 0 and before == [(intent.operation_id, len(intent.answers)) for intent in self.store.queue]:
                return False  # nothing moved: wait for another time
            if all(intent.answers and not intent.over for intent in self.store.queue):
                return False
        return True

    async def _send(self, batch: list[Intent], store: Store) -> bool:
        operations = [_operation(intent) for intent in batch]
        data = await self.ask(APPLY, {"input": {"queueOwner": store.owner, "operations": operations}})
        if not data:
            return False
        answer = data["applyOperations"]
        if "results" not in answer:
            if answer["code"] not in KEEPS_THE_QUEUE:
                self.book.fault(f"{self.name}: the whole queue was refused with {answer['code']}")
            for intent in store.queue:
                intent.kept_back = answer["code"]
            return False
        if [result["operationId"] for result in answer["results"]] != [intent.operation_id for intent in batch]:
            self.book.fault(f"{self.name}: the results are not those of the operations")
        for intent, result in zip(batch, answer["results"], strict=True):
            self._settle(intent, result)
        store.queue[:] = [intent for intent in store.queue if not intent.over]
        if all(intent.last in DONE for intent in batch):
            self._delivered.append(operations)
        return True

    def _settle(self, intent: Intent, result: dict[str, Any]) -> None:
        status, refusal, case = result["status"], result["refusal"] or {}, result["case"]
        intent.kept_back = None
        if status in KEPT:
            intent.told(status, over=True)
            if intent.verb == "openCase" and case is not None:  # who has left the post is shown nothing
                self.store.opened[intent.operation_id] = case["id"]
            if case is not None and case["viewerAccess"]["level"] in WORKS and status in DONE:
                self.store.cases[case["id"]] = Kept.of(case)
        elif status == "CONFLICT":
            intent.told(status, over=True)
        elif refusal["code"] in WRONG_CLOCK and "capturedAt" in refusal["path"] and "capturedAt" in intent.given:
            self.skew = timedelta()
            del intent.given["capturedAt"]
            intent.told(refusal["code"], over=False)
        else:
            intent.told(refusal["code"], over=not self._waits_for_another(intent, refusal))

    def _waits_for_another(self, intent: Intent, refusal: dict[str, Any]) -> bool:
        """An intent whose forerunner has no answer yet goes on waiting for it."""
        if refusal["code"] != "NOT_FOUND" or refusal["path"][-1] not in {"openedBy", "registeredBy"}:
            return False
        named = _forerunner(intent.given)
        return named in self.book.intents and not self.book.intents[named].over

    async def _pull(self) -> bool:
        more = True
        while more:
            data = await self.ask(CHANGES, {"since": self.store.cursor})
            page = (data or {}).get("changes")
            if page is None:
                return False
            if page["startsOver"]:
                self.store.cases.clear()
            for case in page["upserts"]:
                self.store.cases[case["id"]] = Kept.of(case)
            for tombstone in page["tombstones"]:
                self.store.cases.pop(tombstone["caseId"], None)
            self.store.cursor, more = page["cursor"], page["hasMore"]
        return True

    async def _redeliver(self) -> None:
        """The network brings once more what was done long ago: nothing is done, and nothing else is said."""
        operations = self._delivered[self.rng.randrange(len(self._delivered))]
        data = await self.ask(APPLY, {"input": {"queueOwner": self.store.owner, "operations": operations}})
        for result in ((data or {}).get("applyOperations") or {}).get("results", ()):
            if result["status"] != "DUPLICATE":
                self.book.fault(f"{self.name}: {result['operationId']}, done before, was answered {result['status']}")

    async def _send_what_was_found(self, found: Store) -> None:
        """Somebody else's queue, sent in one's own name: refused whole, or it would be forgery."""
        if not found.queue:
            self.found = None
            return
        data = await self.ask(
            APPLY, {"input": {"queueOwner": found.owner, "operations": [_operation(each) for each in found.queue[:9]]}}
        )
        answer = (data or {}).get("applyOperations")
        if answer is None:
            return
        if answer.get("code") not in KEEPS_THE_QUEUE:
            self.book.fault(f"{self.name} sent the queue of another account and was answered {answer}")
        for intent in found.queue[:9]:
            intent.kept_back = answer.get("code")
        self.found = None


def _operation(intent: Intent) -> dict[str, Any]:
    told = {"intent": {intent.verb: dict(intent.given)}}
    return told if intent.seen is None else {**told, "seen": intent.seen}


def _forerunner(given: Any) -> str | None:
    """Find the operation that an input names, however deep."""
    if isinstance(given, dict):
        for name, value in given.items():
            if name in {"openedBy", "registeredBy"}:
                return str(value)
            if (found := _forerunner(value)) is not None:
                return found
    return None
