"""What a volunteer does in a day: opens cases, works on them, is offline, and now and then sets the clock wrong."""

from datetime import timedelta
from random import Random
from typing import Any

from tests.simulation.intents import Intent
from tests.simulation.people import Online
from tests.simulation.phone import Kept, Phone

NEXT = {
    "NEW": ("SCREENING", "SCREENING", "SCREENING", "WITHDRAWN"),
    "SCREENING": ("IN_PROGRESS", "IN_PROGRESS", "OUT_OF_SCOPE"),
    "IN_PROGRESS": ("WAITING_CITIZEN", "WAITING_AGENCY", "RESOLVED", "RESOLVED", "WITHDRAWN"),
    "WAITING_CITIZEN": ("IN_PROGRESS",),
    "WAITING_AGENCY": ("IN_PROGRESS",),
}
NAMES = ("คำมูล", "บุญมี", "สมหญิง", "ทองใบ", "แก้วตา", "จันทร์เพ็ญ", "ดวงใจ", "มณีรัตน์", "ไพรวัลย์", "อรุณี")
REFERABLE = frozenset({"SCREENING", "IN_PROGRESS"})
PROBLEM = "UNPAID_WAGES"
WRONG_BY = (timedelta(hours=3), timedelta(days=-40), timedelta(days=543 * 365), timedelta(minutes=4))
LONGEST_OFFLINE = 150
"""Minutes."""


class Volunteer:
    """A post's work: in the field with the phone, and now and then at a desk with a network."""

    def __init__(self, phone: Phone, desk: Online, area: str, *, pace: float) -> None:
        self.pace = pace
        self.phone = phone
        self.desk = desk
        self.area = area

    @property
    def rng(self) -> Random:
        return self.phone.rng

    async def step(self) -> None:
        """Capture a little; then, with a network, sync and do what only works with one."""
        if self.phone.left or self.phone.store.seat is None:
            await self.phone.sync()
            return
        for _ in range(self.rng.choice((1, 1, 1, 2))):
            self._capture()
        self._move_about()
        if self.phone.is_offline:
            return
        if not await self.desk.retry():
            return
        await self._errands()
        if await self.phone.sync() and self.rng.random() < 0.5:
            await self._refer()

    def _move_about(self) -> None:
        luck, minutes = self.rng.random(), self.rng.randint(10, LONGEST_OFFLINE)
        wrong = self.rng.choice(WRONG_BY)
        if luck < 0.25 and not self.phone.is_offline:
            self.phone.offline_until = self.phone.clock() + timedelta(minutes=minutes / self.pace)
        elif luck > 0.97:
            self.phone.skew = wrong

    def _capture(self) -> None:
        opens, cases = (
            self.rng.random() < 0.35,
            sorted(self.phone.store.cases.values(), key=lambda case: case.reference),
        )
        screen = self.rng.random() < 0.6
        if opens or not cases:
            self._open(screen=screen)
        else:
            self._work_on(self.rng.choice(cases))

    def _open(self, *, screen: bool) -> None:
        phone = self.phone
        person = phone.capture("registerCitizen", givenName=self.rng.choice(NAMES), familyName=self.rng.choice(NAMES))
        opened = phone.capture(
            "openCase",
            citizen={"registeredBy": person.operation_id},
            problemTypes=[PROBLEM],
            area=self.area,
            narrative="ค้างค่าแรง 20 วัน",
            channel="VOLUNTEER",
        )
        opened.about = opened.operation_id
        if screen:
            phone.capture(
                "updateCaseStatus",
                about=opened.operation_id,
                seen={"state": "NEW", "holder": phone.store.seat},
                case={"openedBy": opened.operation_id},
                expectedVersion=1,
                state="SCREENING",
            )
            self._note({"openedBy": opened.operation_id}, opened.operation_id)

    def _work_on(self, case: Kept) -> None:
        shown = self.phone.view(case)
        luck, seen = self.rng.random(), {"state": shown.state, "holder": shown.holder or ""}
        sees = seen if self.rng.random() < 0.85 else None
        versioned = {"case": {"id": case.id}, "expectedVersion": shown.version if luck < 0.8 else case.version}
        if luck < 0.3 or shown.state not in NEXT:
            self._note({"id": case.id}, case.id)
        elif luck < 0.45:
            visit = {"case": {"id": case.id}, "outcome": "DONE", "note": "พบที่บ้าน"}
            self.phone.capture("recordVisit", about=case.id, visit={"unplanned": visit})
        elif luck < 0.6:
            self.phone.capture(
                "recordOutcome", about=case.id, seen=sees, **versioned, problemType=PROBLEM, outcome="PAID"
            )
        else:
            self._step(case, shown, sees, versioned)

    def _step(self, case: Kept, shown: Kept, seen: dict[str, Any] | None, versioned: dict[str, Any]) -> None:
        state = self.rng.choice(NEXT[shown.state])
        more: dict[str, Any] = {}
        if state.startswith("WAITING"):
            more["reviewOn"] = (self.phone.clock() + timedelta(days=5)).date().isoformat()
        elif state in {"WITHDRAWN", "OUT_OF_SCOPE"}:
            more["reason"] = "ผู้ร้องขอถอน"
        self.phone.capture("updateCaseStatus", about=case.id, seen=seen, **versioned, state=state, **more)

    def _note(self, case: dict[str, Any], about: str) -> Intent:
        audience = self.rng.choice(("CASE", "CASE", "HOLDER_ONLY"))
        intent = self.phone.capture("addNote", about=about, case=case, text="", audience=audience)
        intent.given["text"] = f"โทรแล้ว {intent.operation_id}"
        return intent

    async def _errands(self) -> None:
        """Take the cases that a mentor has asked this post to take."""
        while self.desk.errands:
            verb, given = self.desk.errands.pop(0)
            answer = await self.desk.do(verb, "case { id version }", **given)
            if answer is None:
                return

    async def _refer(self) -> None:
        cases = [case for case in self.phone.store.cases.values() if case.state in REFERABLE]
        if not cases:
            return
        case = self.rng.choice(sorted(cases, key=lambda each: each.reference))
        kind = self.rng.choice(("REFER", "REFER", "TRANSFER", "CONSULT"))
        await self.desk.do(
            "referCase", "referral { id }", case={"id": case.id}, expectedVersion=case.version,
            office={"code": self.rng.choice(("DLPW-43", "SSO-43"))}, problemType=PROBLEM, kind=kind,
            reason="อยู่ในอำนาจ", reasonCategory="COMPETENCE", legalBasis="CONSENT",
        )  # fmt: skip
