"""A referral of a demo script in memory: it moves by the rules of states.py, and by who may move it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from casework.rules import states
from models import vocabulary as words
from models.action_words import ReferralAction
from models.vocabulary import ReferralKind, ReferralState

ACTIONS: Mapping[str, ReferralAction] = {
    "receive": ReferralAction.RECEIVE,
    "accept": ReferralAction.ACCEPT,
    "start": ReferralAction.START,
    "complete": ReferralAction.COMPLETE,
    "reject": ReferralAction.REJECT,
    "return": ReferralAction.RETURN,
    "ask_info": ReferralAction.REQUEST_INFO,
    "answer_info": ReferralAction.ANSWER_INFO,
    "recall": ReferralAction.RECALL,
    "dispute": ReferralAction.DISPUTE,
}
SENDERS = frozenset({"answer_info", "recall", "dispute"})
LAPSES_AFTER = timedelta(days=30)
"""Ten working days after the day by which the office had to answer, and a margin."""
TEXTS = {
    "reject": "reason", "return": "reason", "recall": "reason", "dispute": "reason",
    "ask_info": "question", "answer_info": "answer", "complete": "report",
}  # fmt: skip


class WalkedReferral:
    def __init__(self, sent: Any, sender: str, at: datetime) -> None:
        self.kind = ReferralKind(sent["kind"])
        self.office: str = sent["to"]
        self.problem: str = sent["problem"]
        self.sender = sender
        self.sent_at = at
        self.state = ReferralState.SENT
        self._asked_from: ReferralState | None = None
        assert sent["reason"], sent
        words.ReasonCategory(sent["category"])
        words.LegalBasis(sent["legal_basis"])
        assert [words.DisclosedField(field) for field in sent["discloses"]] == sent["discloses"], sent
        assert not (self.kind is ReferralKind.INFORM and sent["discloses"]), sent

    def side(self, do: str) -> str:
        """Tell who makes this step: the office, the sender or the system."""
        if do == "lapse":
            return "system"
        return "sender" if do in SENDERS else "office"

    def move(self, step: Any, at: datetime) -> None:
        assert step["do"] not in TEXTS or step[TEXTS[step["do"]]], step
        if step["do"] == "lapse":
            assert at - self.sent_at >= LAPSES_AFTER, step
            assert self.kind is not ReferralKind.INFORM, step
            self.state = states.LAPSES[self.state]
            return
        if step["do"] == "complete" and self.kind is ReferralKind.CONSULT:
            assert (step["outcome"], step["claimed"], step["recovered"]) == (None, None, None), step
        if "category" in step:
            words.ReasonCategory(step["category"])
        asked_from = self._asked_from if step["do"] == "answer_info" else None
        before = self.state
        self.state = states.next_referral_state(before, ACTIONS[step["do"]], self.kind, asked_from=asked_from)
        if step["do"] == "ask_info":
            self._asked_from = before
