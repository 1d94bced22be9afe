"""A walk through one demo script in memory: who holds the case, who may act, which step may follow."""

from datetime import datetime, timedelta
from typing import Any

from casework.rules import states
from models import vocabulary as words
from models.action_words import CaseAction
from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.casework.demo_actors import Actor, actor, moment, office_codes, sensitive_types
from tests.casework.demo_referrals import WalkedReferral

C = CaseState
WAIT_FOR_OBJECTIONS = timedelta(days=7)


class Walk:
    """Plays one script against the rules; `referrals` and `duplicates` tell afterwards what became of them."""

    def __init__(self, case: Any) -> None:
        opener = actor(case["by"])
        self.case = case
        self.state = C.NEW
        self.states = {C.NEW}
        self.holder = opener.party
        self.volunteer = opener.seat if opener.seat.startswith("volunteer") else None
        self.asked: str | None = None
        self.referrals: dict[str, WalkedReferral] = {}
        self.duplicates: dict[str, tuple[CaseState, str]] = {}
        self.outcomes: set[str] = set()
        self.resolved: tuple[str, datetime] | None = None
        self.sensitive = not sensitive_types().isdisjoint(case["problems"])
        assert opener.handles_sensitive or not self.sensitive
        for number, step in enumerate(case["steps"]):
            by = actor(step["by"])
            assert by.handles_sensitive or not self.sensitive, step
            assert self.state not in states.ENDED or step["do"] == "reopen", step
            self.before = case["steps"][number - 1] if number else {}
            getattr(self, f"_{step['do']}", self._referral)(step, by)
            self.states.add(self.state)

    @property
    def open(self) -> list[WalkedReferral]:
        return [referral for referral in self.referrals.values() if referral.state in states.REFERRAL_OPEN]

    def at_work(self) -> set[str]:
        return {referral.office for referral in self.open if referral.state is not ReferralState.SENT}

    def participants(self) -> set[str | None]:
        return {self.holder, self.volunteer, *self.at_work()}

    def _status(self, step: Any, by: Actor) -> None:
        after = CaseState(step["to"])
        assert by.party == self.holder, step
        states.check_case_step(self.state, after)
        assert ("review_on" in step) == (after in states.WAITING), step
        assert ("reason" in step) == (after in states.ENDED_EARLY), step
        if after is C.RESOLVED:
            states.check_resolvable(set(self.case["problems"]) - self.outcomes, len(self.open))
            self.resolved = by.seat, moment(self.case, step)
        assert not (after in states.ENDED_EARLY and self.open), step
        self.state = after

    def _note(self, step: Any, by: Actor) -> None:
        over_area = not self.sensitive and by.seat == f"mentor {self.case['area'][:4]}"
        assert by.party in self.participants() or over_area or by.coordinates, step
        words.Audience(step["audience"])

    def _outcome(self, step: Any, by: Actor) -> None:
        assert by.party == self.holder, step
        assert self.state in states.UNDER_WORK, step
        assert step["problem"] in self.case["problems"], step
        check_result(step)
        self.outcomes.add(step["problem"])

    def _refer(self, step: Any, by: Actor) -> None:
        assert self.state in states.UNDER_WORK, step
        assert by.party == self.holder != step["to"], step
        assert step["problem"] in self.case["problems"], step
        assert (step["problem"], step["to"]) not in {(other.problem, other.office) for other in self.open}, step
        assert step["ref"] not in self.referrals, step
        assert step["to"] in office_codes(), step
        transfers = [other for other in self.open if other.kind is ReferralKind.TRANSFER]
        assert not (step["kind"] == "TRANSFER" and transfers), step
        self.referrals[step["ref"]] = WalkedReferral(step, by.party, moment(self.case, step))

    def _referral(self, step: Any, by: Actor) -> None:
        referral = self.referrals[step["ref"]]
        senders = {referral.sender, *(["OPS-43"] if by.coordinates else [])}
        allowed = {"office": {referral.office}, "sender": senders, "system": {"system"}}[referral.side(step["do"])]
        assert by.party in allowed, step
        if step["do"] == "dispute":
            assert states.why_not_disputed(self.state) is None, step
        referral.move(step, moment(self.case, step))
        if step["do"] == "accept" and referral.kind is ReferralKind.TRANSFER:
            self.holder = referral.office
        elif step["do"] == "complete" and referral.kind is ReferralKind.REFER:
            check_result(step)
            self.outcomes.add(referral.problem)
        elif step["do"] in {"reject", "return"}:
            assert step["suggested"] is None or step["suggested"] in office_codes() - {referral.office}, step

    def _assign(self, step: Any, by: Actor) -> None:
        mentor = f"mentor {self.case['area'][:4]}"
        assert by.party == self.holder or by.coordinates or by.seat == mentor, step
        self.asked = actor(step["to"]).seat

    def _accept_assignment(self, step: Any, by: Actor) -> None:
        assert by.seat == self.asked, step
        self.asked, self.volunteer = None, by.seat
        if self.holder.startswith(("volunteer", "mentor")):
            self.holder = by.seat

    def _decline_assignment(self, step: Any, by: Actor) -> None:
        assert by.seat == self.asked, step
        assert step["reason"], step
        self.asked = None

    def _end(self, step: Any, *, sensitive: bool) -> None:
        assert self.sensitive is sensitive, step
        self.state = states.CLOSES_BY_ITSELF[self.state]

    def _confirm_closing(self, step: Any, by: Actor) -> None:
        assert (by.seat, bool(step["note"])) == (self.volunteer, True), step
        self._end(step, sensitive=False)

    def _approve_closing(self, step: Any, by: Actor) -> None:
        assert by.coordinates or by.seat == f"head {self.holder}", step
        assert self.resolved is not None, step
        assert self.resolved[0] != by.seat, step
        self._end(step, sensitive=True)

    def _close(self, step: Any, by: Actor) -> None:
        assert self.resolved is not None, step
        assert moment(self.case, step) - self.resolved[1] >= WAIT_FOR_OBJECTIONS, step
        assert by.seat == "system", step
        self._end(step, sensitive=False)

    def _dispute_closing(self, step: Any, by: Actor) -> None:
        assert (self.state, by.seat, bool(step["reason"])) == (C.RESOLVED, self.volunteer, True), step
        self.state = C.IN_PROGRESS

    def _reopen(self, step: Any, by: Actor) -> None:
        assert by.party == self.holder or by.coordinates, step
        assert step["reason"], step
        self.state = states.CASE_VERBS[CaseAction.REOPEN][self.state]

    def _party(self, step: Any, by: Actor) -> None:
        assert by.party in self.participants(), step
        words.PartyKind(step["kind"])
        assert step["name"], step

    def _follow(self, step: Any, by: Actor) -> None:
        assert by.coordinates or by.seat == f"mentor {self.case['area'][:4]}", step

    def _duplicate(self, step: Any, by: Actor) -> None:
        assert by.seat == self.volunteer or (by.coordinates and not self.sensitive), step
        assert set(step["problems"]) <= set(self.case["problems"]), step
        assert words.Channel(step["channel"]), step
        assert words.Priority(step["priority"]), step
        self.duplicates[step["label"]] = C.NEW, by.party

    def _merge(self, step: Any, by: Actor) -> None:
        state, holder = self.duplicates[step["case"]]
        assert {self.state, state} <= states.OPEN, step
        assert by.coordinates or by.party == self.holder == holder, step
        self.duplicates[step["case"]] = C.MERGED, holder

    def _unmerge(self, step: Any, by: Actor) -> None:
        state, holder = self.duplicates[step["case"]]
        assert (self.before["do"], self.before["case"], self.before["by"]) == ("merge", step["case"], by.seat), step
        assert state is C.MERGED, step
        self.duplicates[step["case"]] = C.NEW, holder


def check_result(step: Any) -> None:
    words.Outcome(step["outcome"])
    assert float(step["recovered"] or 0) <= float(step["claimed"] or 0), step
