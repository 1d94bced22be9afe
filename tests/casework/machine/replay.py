"""A case told again from its events alone: what must stand on its rows if the journal tells the truth and all of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from casework.rules.states import (
    CASE_STEPS,
    CASE_VERBS,
    CLOSES_BY_ITSELF,
    ENDED,
    LAPSES,
    REFERRAL_OPEN,
    REFERRAL_STEPS,
    UNMERGES_TO,
)
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import AccessSource, CaseState, EventKind, Level, ReferralKind
from models.vocabulary import ReferralState as R

E, S = EventKind, AccessSource


class Part(NamedTuple):
    """A participation that runs."""

    seat: int | None
    office: int | None
    level: Level
    source: AccessSource
    referral: int | None = None


class Holding(NamedTuple):
    seat: int | None
    office: int | None
    since: datetime
    until: datetime | None = None


@dataclass
class Sent:
    kind: ReferralKind
    office: int
    state: R = R.SENT
    asked_from: R | None = None
    version: int = 1


STEPS_OF_REFERRALS: Mapping[EventKind, ReferralAction] = {
    E.REFERRAL_RECEIVED: ReferralAction.RECEIVE,
    E.REFERRAL_ACCEPTED: ReferralAction.ACCEPT,
    E.REFERRAL_REJECTED: ReferralAction.REJECT,
    E.REFERRAL_STARTED: ReferralAction.START,
    E.REFERRAL_COMPLETED: ReferralAction.COMPLETE,
    E.REFERRAL_INFO_REQUESTED: ReferralAction.REQUEST_INFO,
    E.REFERRAL_INFO_ANSWERED: ReferralAction.ANSWER_INFO,
    E.REFERRAL_DISPUTED: ReferralAction.DISPUTE,
    E.REFERRAL_RECALLED: ReferralAction.RECALL,
    E.REFERRAL_RETURNED: ReferralAction.RETURN,
}
VERBS_OF_CASES: Mapping[EventKind, CaseAction] = {
    E.CLOSING_DISPUTED: CaseAction.DISPUTE_CLOSING,
    E.CASE_REOPENED: CaseAction.REOPEN,
    E.CASE_MERGED: CaseAction.MERGE,
}
COMPLETES = {
    (ReferralKind.TRANSFER, E.REFERRAL_ACCEPTED),
    (ReferralKind.INFORM, E.REFERRAL_RECEIVED),
}
UNVERSIONED = {
    E.NOTE_ADDED,
    E.ATTACHMENT_ADDED,
    E.ATTACHMENT_SCANNED,
    E.PARTY_ADDED,
    E.KEY_DATE_RECORDED,
    E.NOTICE_GIVEN,
    E.VISIT_RECORDED,
    E.INCIDENT_JOINED,
    E.INCIDENT_REFERRED,
    E.INCIDENT_DISMISSED,
    E.CASE_FOLLOWED,
    E.CASE_UNFOLLOWED,
    E.CASE_OPENED,
    E.DISCLOSURE_RENEWED,
    *STEPS_OF_REFERRALS,
}
CLOSED_OFF = {R.COMPLETED, R.REJECTED, R.RECALLED, R.RETURNED, R.LAPSED}


@dataclass
class Story:
    """A case as its events tell it, given the seats of volunteers and the codes of sensitive problems."""

    volunteers: frozenset[int]
    sensitive: frozenset[str]
    state: CaseState = CaseState.NEW
    volunteer: int | None = None
    asked: int | None = None
    version: int = 1
    holdings: list[Holding] = field(default_factory=list)
    referrals: dict[int, Sent] = field(default_factory=dict)
    parts: set[Part] = field(default_factory=set)

    def tell(self, events: Sequence[Any]) -> "Story":
        for event in events:
            kind = EventKind(event.kind)
            if kind not in UNVERSIONED | {E.CASE_HOLDER_CHANGED, E.REFERRAL_LAPSED}:
                self.version += 1
            _TELLERS.get(kind, _nothing)(self, event)
            if kind in STEPS_OF_REFERRALS or kind is E.REFERRAL_LAPSED:
                self._step_of_referral(kind, event.payload)
        return self

    def move_to(self, after: CaseState) -> None:
        was_ended, self.state = self.state in ENDED, after
        if after in ENDED:
            self.asked = None
            self.parts = {part for part in self.parts if part.source is S.HOLDER}
        elif was_ended and self.volunteer is not None:
            self.parts.add(Part(self.volunteer, None, Level.FULL, S.ASSIGNMENT))

    def end_parts(self, *sources: AccessSource, seat: int | None) -> None:
        self.parts = {part for part in self.parts if not (part.source in sources and part.seat == seat)}

    def hold(self, event: Any) -> None:
        seat, office = event.payload["seat"], event.payload["office"]
        if self.holdings:
            self.holdings[-1] = self.holdings[-1]._replace(until=event.recorded_at)
        self.holdings.append(Holding(seat, office, event.recorded_at))
        opened = {part for part in self.parts if part.source is S.OPENED and part.seat != self.volunteer}
        self.parts = {part for part in self.parts if part.source is not S.HOLDER} - opened
        self.parts.add(Part(seat, office, Level.FULL, S.HOLDER))

    def _step_of_referral(self, kind: EventKind, payload: Mapping[str, Any]) -> None:
        referral_id = payload["referral"]
        sent = self.referrals[referral_id]
        sent.version += 1
        before, sent.state = sent.state, _after(kind, sent, case_ends="category" not in payload)
        sent.asked_from = before if sent.state is R.NEEDS_INFO else None
        if sent.state is R.COMPLETED and sent.kind is ReferralKind.TRANSFER:
            self.version += 1
        self.parts = {part for part in self.parts if part.referral != referral_id or sent.state not in CLOSED_OFF}
        if kind in {E.REFERRAL_RECEIVED, E.REFERRAL_DISPUTED} and sent.state not in CLOSED_OFF:
            self.parts.discard(Part(None, sent.office, Level.ANONYMOUS, S.REFERRAL, referral_id))
            self.parts.add(Part(None, sent.office, Level.WORK, S.REFERRAL, referral_id))


def _after(kind: EventKind, sent: Sent, *, case_ends: bool) -> R:
    """The end of a case takes back what nobody accepted and returns the rest, whatever the office was asked."""
    if kind is E.REFERRAL_LAPSED:
        return LAPSES[sent.state]
    if (sent.kind, kind) in COMPLETES:
        return R.COMPLETED
    if kind in {E.REFERRAL_RECALLED, E.REFERRAL_RETURNED} and case_ends:
        assert sent.state not in CLOSED_OFF, (kind, sent)
        unaccepted = (sent.asked_from or sent.state) in {R.SENT, R.RECEIVED}
        assert unaccepted == (kind is E.REFERRAL_RECALLED), (kind, sent)
        return R.RECALLED if unaccepted else R.RETURNED
    steps = REFERRAL_STEPS[STEPS_OF_REFERRALS[kind]][sent.state]
    return next((step for step in steps if step is sent.asked_from), next(iter(steps)))


def _nothing(story: Story, event: Any) -> None: ...


def _opened(story: Story, event: Any) -> None:
    story.volunteer = event.actor_seat_id if event.actor_seat_id in story.volunteers else None
    story.hold(event)
    if story.volunteer is not None or story.sensitive & set(event.payload["problemTypes"]):
        story.parts.add(Part(event.actor_seat_id, None, Level.FULL, S.OPENED))


def _changed(story: Story, event: Any) -> None:
    before, after = CaseState(event.payload["from"]), CaseState(event.payload["to"])
    assert before is story.state, event
    if event.kind == E.CASE_STATUS_CHANGED:
        assert after in CASE_STEPS[before], event
    elif event.kind == E.CASE_CLOSED:
        assert CLOSES_BY_ITSELF[before] is after, event
    elif event.kind == E.CASE_UNMERGED:
        assert (before, after in UNMERGES_TO) == (CaseState.MERGED, True), event
    else:
        assert CASE_VERBS[VERBS_OF_CASES[EventKind(event.kind)]][before] is after, event
    story.move_to(after)


def _proposed(story: Story, event: Any) -> None:
    _answered(story, event)
    story.asked = event.payload["seat"]
    story.parts.add(Part(story.asked, None, Level.ANONYMOUS, S.ASSIGNMENT))


def _answered(story: Story, event: Any) -> None:
    story.end_parts(S.ASSIGNMENT, seat=story.asked)
    story.asked = None
    if event.kind == E.ASSIGNMENT_ACCEPTED:
        story.end_parts(S.ASSIGNMENT, S.OPENED, seat=story.volunteer)
        story.volunteer = event.payload["seat"]
        story.parts.add(Part(story.volunteer, None, Level.FULL, S.ASSIGNMENT))


def _sent(story: Story, event: Any) -> None:
    sent = Sent(ReferralKind(event.payload["kind"]), event.payload["office"])
    story.referrals[event.payload["referral"]] = sent
    story.parts.add(Part(None, sent.office, Level.ANONYMOUS, S.REFERRAL, event.payload["referral"]))


def _renewed(story: Story, event: Any) -> None:
    """A new packet moves the referral nowhere."""
    sent = story.referrals[event.payload["referral"]]
    assert sent.state in REFERRAL_OPEN, event
    sent.version += 1


_TELLERS: Mapping[EventKind, Callable[[Story, Any], None]] = {
    E.CASE_OPENED: _opened,
    E.CASE_HOLDER_CHANGED: lambda story, event: story.hold(event),
    E.ASSIGNMENT_PROPOSED: _proposed,
    E.ASSIGNMENT_ACCEPTED: _answered,
    E.ASSIGNMENT_DECLINED: _answered,
    E.REFERRAL_SENT: _sent,
    E.DISCLOSURE_RENEWED: _renewed,
    **dict.fromkeys((E.CASE_STATUS_CHANGED, E.CASE_CLOSED, E.CASE_UNMERGED, *VERBS_OF_CASES), _changed),
}
