"""Those with a network: officers on referrals, mentors who move cases, the coordinator who hands posts over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.simulation.people import Online
from tests.simulation.volunteers import Volunteer

OPEN_REFERRALS = """{ cases(orderBy: UPDATED, first: 12) { nodes { referrals(first: 5) {
  nodes { id version state kind toOffice { code } } } } } }"""
STEPS = {
    "SENT": ("receiveReferral", "receiveReferral", "rejectReferral"),
    "RECEIVED": ("acceptReferral", "acceptReferral", "rejectReferral"),
    "ACCEPTED": ("startReferral", "startReferral", "returnReferral"),
    "IN_PROGRESS": ("completeReferral", "requestReferralInfo", "returnReferral"),
}
RECENT = """query ($amphoe: String!) { cases(filter: { area: $amphoe }, orderBy: UPDATED, first: 8) {
  nodes { id version state holder { ... on Seat { id } } } } }"""
WORKED_ON = frozenset({"NEW", "SCREENING", "IN_PROGRESS", "WAITING_CITIZEN"})
POST = "query ($id: ID!) { node(id: $id) { ... on Seat { id version } } }"


class Officer(Online):
    """Takes the next step of a referral to the own office."""

    office: str

    async def step(self) -> None:
        if not await self.retry():
            return
        data = await self.ask(OPEN_REFERRALS, {})
        cases = ((data or {}).get("cases") or {}).get("nodes", ())
        mine = [
            referral
            for case in cases
            for referral in (case["referrals"] or {"nodes": ()})["nodes"]
            if referral["toOffice"]["code"] == self.office and referral["state"] in STEPS
        ]
        if mine:
            await self._handle(self.rng.choice(mine))

    async def _handle(self, referral: dict[str, Any]) -> None:
        verb = self.rng.choice(STEPS[referral["state"]])
        more: dict[str, Any] = {}
        if verb in {"rejectReferral", "returnReferral"}:
            more = {"reason": "ไม่อยู่ในอำนาจ", "category": "NOT_COMPETENT"}
        elif verb == "completeReferral":
            more = {"report": "ดำเนินการแล้ว"}
        elif verb == "requestReferralInfo":
            more = {"question": "มีสลิปหรือไม่"}
        await self.do(verb, "referral { id }", referral=referral["id"], expectedVersion=referral["version"], **more)


class Mentor(Online):
    """Asks another volunteer of the amphoe to take a case over, who is told of it by the next network."""

    amphoe: str
    volunteers: Callable[[], list[Volunteer]]

    async def step(self) -> None:
        if not await self.retry():
            return
        data = await self.ask(RECENT, {"amphoe": self.amphoe})
        cases = [case for case in ((data or {}).get("cases") or {}).get("nodes", ()) if case["state"] in WORKED_ON]
        known = [each for each in self.volunteers() if each.phone.store.seat and not each.phone.left]
        if not cases or not known:
            return
        case, to = self.rng.choice(cases), self.rng.choice(known)
        if (case["holder"] or {}).get("id") == to.phone.store.seat:
            return
        asked = await self.do(
            "assignCase", "case { id version }",
            case={"id": case["id"]}, expectedVersion=case["version"], seat=to.phone.store.seat,
        )  # fmt: skip
        if asked is not None and "case" in asked:
            given = {"case": {"id": case["id"]}, "expectedVersion": asked["case"]["version"]}
            to.desk.errands.append(("acceptAssignment", given))


class Coordinator(Online):
    """Hands posts over: to somebody new, and sometimes back. Follows cases."""

    passes: "Passing | None" = None
    """The handover under way."""

    async def step(self) -> None:
        """Begin the handover, or go on until it is answered."""
        if self.passes is None:
            await self.retry()
            return
        if self.pending is None:
            await self._hand_over(self.passes)
        else:
            self._heed(await self._send(self.pending))

    async def _hand_over(self, passing: "Passing") -> None:
        data = await self.ask(POST, {"id": passing.seat})
        post = (data or {}).get("node")
        if not post:
            return
        names = {"title": "นาง", "givenName": "ใหม่", "familyName": "มาแทน", "givenNameEn": "Mai", "familyNameEn": "Ma"}
        to = str(passing.to)
        person = {"account": to} if passing.known else {"register": {"subject": to, **names}}
        given = {"seat": passing.seat, "expectedVersion": post["version"], "reason": "REPLACED", "person": person}
        self._heed(await self.do("handoverSeat", "handover { id }", **given))

    def _heed(self, answer: dict[str, Any] | None) -> None:
        if answer is not None and self.passes is not None:
            passing, self.passes = self.passes, None
            if "handover" in answer:
                passing.done()

    async def follow(self, case_id: str) -> None:
        if self.pending is None:
            await self.do("followCase", "case { id }", case={"id": case_id})


@dataclass
class Passing:
    """A post on its way to somebody, who has an account (`known`) or gets one; `done` is called once it is answered."""

    seat: str
    to: UUID
    known: bool
    done: Callable[[], None]
