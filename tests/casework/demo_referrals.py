"""A referral of a demo script in memory: the rules of its states, written down a second time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from models import vocabulary as words
from models.vocabulary import ReferralKind, ReferralState

R = ReferralState
OPEN = frozenset({R.SENT, R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.NEEDS_INFO, R.DISPUTED})
UNANSWERED = frozenset({R.SENT, R.RECEIVED})
NEXT: Mapping[str, tuple[str, frozenset[ReferralState], ReferralState | None]] = {
    "receive": ("office", frozenset({R.SENT}), R.RECEIVED),
    "accept": ("office", frozenset({R.RECEIVED}), R.ACCEPTED),
    "start": ("office", frozenset({R.ACCEPTED, R.DISPUTED}), R.IN_PROGRESS),
    "complete": ("office", frozenset({R.IN_PROGRESS}), R.COMPLETED),
    "reject": ("office", UNANSWERED, R.REJECTED),
    "return": ("office", frozenset({R.ACCEPTED, R.IN_PROGRESS}), R.RETURNED),
    "ask_info": ("office", frozenset({R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS}), R.NEEDS_INFO),
    "answer_info": ("sender", frozenset({R.NEEDS_INFO}), None),
    "recall": ("sender", UNANSWERED, R.RECALLED),
    "dispute": ("sender", frozenset({R.COMPLETED}), R.DISPUTED),
    "lapse": ("system", UNANSWERED, R.LAPSED),
}
"""Who makes a step, from which states, to which; the answer leads back to the state before the question."""
LAPSES_AFTER = timedelta(days=30)
"""Ten working days after the day by which the office had to answer, and a margin."""
TEXTS = {"reject": "reason", "return": "reason", "recall": "reason", "dispute": "reason"} | {
    "ask_info": "question", "answer_info": "answer", "complete": "report",
}  # fmt: skip


class WalkedReferral:
    def __init__(self, sent: Any, sender: str, at: datetime) -> None:
        self.kind = ReferralKind(sent["kind"])
        self.office: str = sent["to"]
        self.problem: str = sent["problem"]
        self.sender = sender
        self.sent_at = at
        self.state = self._before_the_question = R.SENT
        self.states = [R.SENT]
        assert sent["reason"], sent
        words.ReasonCategory(sent["category"])
        words.LegalBasis(sent["legal_basis"])
        assert [words.DisclosedField(field) for field in sent["discloses"]] == sent["discloses"], sent
        assert not (self.kind is ReferralKind.INFORM and sent["discloses"]), sent

    def side(self, do: str) -> str:
        """Tell who makes this step: the office, the sender or the system."""
        return NEXT[do][0]

    def move(self, step: Any, at: datetime) -> None:
        _, before, after = NEXT[step["do"]]
        assert self.state in before, step
        assert step["do"] not in TEXTS or step[TEXTS[step["do"]]], step
        if step["do"] == "ask_info":
            self._before_the_question = self.state
        if step["do"] == "lapse":
            assert at - self.sent_at >= LAPSES_AFTER, step
            assert self.kind is not ReferralKind.INFORM, step
        if step["do"] == "dispute":
            assert self.kind is ReferralKind.REFER, step
        if step["do"] == "complete" and self.kind is ReferralKind.CONSULT:
            assert (step["outcome"], step["claimed"], step["recovered"]) == (None, None, None), step
        if "category" in step:
            words.ReasonCategory(step["category"])
        self.state = after or self._before_the_question
        if (step["do"], self.kind) in {("receive", ReferralKind.INFORM), ("accept", ReferralKind.TRANSFER)}:
            self.state = R.COMPLETED
        self.states.append(self.state)
