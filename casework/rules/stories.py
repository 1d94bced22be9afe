"""A case as its journal tells it at an instant: events in, how the case stood out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from casework.rules.states import ENDED, REFERRAL_OPEN, WAITING
from models.vocabulary import CaseState, EventKind, Outcome, ReasonCategory, ReferralKind, ReferralState

E, R = EventKind, ReferralState


class Told(Protocol):
    """An event of a case; `by_volunteer` tells whether a volunteer's post did it."""

    @property
    def kind(self) -> EventKind: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def actor_seat_id(self) -> int | None: ...
    @property
    def by_volunteer(self) -> bool: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass(slots=True)
class ProblemStory:
    """One problem; `changed_later` when a result was written after the instant: the journal keeps no amounts."""

    code: str
    from_case_id: int | None = None
    outcome: Outcome | None = None
    outcome_at: datetime | None = None
    changed_later: bool = False


@dataclass(slots=True)
class ReferralStory:
    """One referral. `clocks` and `packet_until` are None where no event tells them.

    `moved_later`, `renewed_later` and `reported_later`: after the instant the clocks, the packet or the report changed.
    """

    kind: ReferralKind
    sent_at: datetime
    state: ReferralState = R.SENT
    asked_from: ReferralState | None = None
    version: int = 1
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    suggested_office_id: int | None = None
    reply_category: ReasonCategory | None = None
    discloses: Sequence[str] | None = None
    packet_until: datetime | None = None
    clocks: "Clocks | None" = None
    reported: bool = False
    moved_later: bool = False
    renewed_later: bool = False
    reported_later: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    respond_by: datetime | None
    result_by: datetime | None


@dataclass(slots=True)
class CaseStory:
    """How a case stood at `at`."""

    at: datetime
    state: CaseState = CaseState.NEW
    version: int = 0
    holder_seat_id: int | None = None
    holder_office_id: int | None = None
    volunteer_seat_id: int | None = None
    assigned_seat_id: int | None = None
    updated_at: datetime | None = None
    legal_due_at: datetime | None = None
    review_on: date | None = None
    resolved_at: datetime | None = None
    ended_at: datetime | None = None
    erased_at: datetime | None = None
    merged_into_case_id: int | None = None
    absorbed: list[int] = field(default_factory=list)
    problems: dict[str, ProblemStory] = field(default_factory=dict)
    referrals: dict[int, ReferralStory] = field(default_factory=dict)


Brought = Mapping[int, Sequence[tuple[str, Outcome | None]]]
"""The problems that a merged case brought, for events that do not name them."""


def tell(events: Iterable[Told], at: datetime, *, brought: Brought) -> CaseStory | None:
    """Tell a case's events in their order up to `at`, which belongs to it; None when the case was not there yet."""
    story = CaseStory(at)
    for event in events:
        if event.recorded_at > at:
            _look_ahead(story, event)
            continue
        if event.kind in RAISE_VERSION:
            story.version += 1
        if event.kind not in TOUCH_NOTHING:
            story.updated_at = event.recorded_at
        if "legalDueAt" in event.payload:
            due = event.payload["legalDueAt"]
            story.legal_due_at = datetime.fromisoformat(due) if due else None
        if event.kind is E.CASE_ABSORBED:
            _absorb(story, event, brought)
        elif event.kind in _TELLERS:
            _TELLERS[event.kind](story, event)
        elif event.kind in _OF_REFERRALS:
            _step_of_referral(story, event)
    return story if story.version else None


TOUCH_NOTHING = frozenset({E.CASE_FOLLOWED, E.CASE_UNFOLLOWED, E.NOTICE_GIVEN})
RAISE_VERSION = frozenset(
    {
        E.CASE_OPENED, E.CASE_STATUS_CHANGED, E.OUTCOME_RECORDED, E.CLOSING_DISPUTED, E.CASE_CLOSED, E.CASE_REOPENED,
        E.CASE_MERGED, E.CASE_UNMERGED, E.CASE_ABSORBED, E.CASE_RELEASED, E.TRACKING_CODE_RENEWED,
        E.ASSIGNMENT_PROPOSED, E.ASSIGNMENT_ACCEPTED, E.ASSIGNMENT_DECLINED, E.REFERRAL_SENT, E.CITIZEN_ERASED,
        E.DEADLINE_EXTENDED,
    }
)  # fmt: skip
"""One for each changing verb on the case; a transfer that is accepted is counted with its referral."""


def _opened(story: CaseStory, event: Told) -> None:
    story.problems = {code: ProblemStory(code) for code in event.payload["problemTypes"]}
    if event.by_volunteer:
        story.volunteer_seat_id = event.actor_seat_id
    _held(story, event)


def _held(story: CaseStory, event: Told) -> None:
    story.holder_seat_id, story.holder_office_id = event.payload["seat"], event.payload["office"]


def _moved(story: CaseStory, event: Told) -> None:
    before, story.state = story.state, CaseState(event.payload["to"])
    review = event.payload.get("reviewOn")
    story.review_on = date.fromisoformat(review) if review and story.state in WAITING else None
    story.merged_into_case_id = event.payload["case"] if story.state is CaseState.MERGED else None
    if story.state is CaseState.RESOLVED:
        story.resolved_at = event.recorded_at
    if story.state in ENDED:
        story.ended_at, story.assigned_seat_id = event.recorded_at, None
    elif before is CaseState.RESOLVED or before in ENDED:
        story.resolved_at = story.ended_at = None


def _proposed(story: CaseStory, event: Told) -> None:
    story.assigned_seat_id = event.payload["seat"]


def _accepted(story: CaseStory, event: Told) -> None:
    story.assigned_seat_id, story.volunteer_seat_id = None, event.payload["seat"]


def _declined(story: CaseStory, _event: Told) -> None:
    story.assigned_seat_id = None


def _absorb(story: CaseStory, event: Told, brought: Brought) -> None:
    source = event.payload["case"]
    codes = event.payload.get("problemTypes")
    found = brought.get(source, ()) if codes is None else _pairs(codes, event.payload.get("outcomes"))
    for code, outcome in found:
        story.problems.setdefault(code, ProblemStory(code, from_case_id=source, outcome=outcome))
    story.absorbed.append(source)


def _pairs(codes: Sequence[str], outcomes: Sequence[str] | None) -> list[tuple[str, Outcome | None]]:
    """Put outcomes beside codes: an empty word stands for none, and a level may hide them all."""
    return [
        (code, Outcome(outcome) if outcome else None)
        for code, outcome in zip(codes, outcomes or [""] * len(codes), strict=True)
    ]


def _released(story: CaseStory, event: Told) -> None:
    source = event.payload["case"]
    story.absorbed.remove(source)
    story.problems = {code: each for code, each in story.problems.items() if each.from_case_id != source}


def _erased(story: CaseStory, event: Told) -> None:
    story.erased_at = event.recorded_at


def _concluded(story: CaseStory, event: Told) -> None:
    problem = story.problems.get(event.payload["problemType"])
    if problem is not None and event.payload.get("outcome"):
        problem.outcome, problem.outcome_at = Outcome(event.payload["outcome"]), event.recorded_at


def _sent(story: CaseStory, event: Told) -> None:
    sent = ReferralStory(ReferralKind(event.payload["kind"]), event.recorded_at)
    story.referrals[event.payload["referral"]] = sent
    _packet(sent, event)
    _clocks(sent, event)


def _step_of_referral(story: CaseStory, event: Told) -> None:
    sent = story.referrals[event.payload["referral"]]
    sent.version += 1
    if event.kind in _STAMPS:
        setattr(sent, _STAMPS[event.kind], event.recorded_at)
    if event.kind is E.REFERRAL_INFO_REQUESTED:
        sent.asked_from, sent.asked_at, sent.state = sent.state, event.recorded_at, R.NEEDS_INFO
    elif event.kind is E.REFERRAL_INFO_ANSWERED:
        sent.state = sent.asked_from or sent.state
        sent.asked_from = sent.asked_at = None
        _clocks(sent, event)
    elif event.kind is E.DISCLOSURE_RENEWED:
        _packet(sent, event)
    else:
        _lead_on(story, sent, event)


def _lead_on(story: CaseStory, sent: ReferralStory, event: Told) -> None:
    sent.state = _state_after(sent.kind, event.kind)
    sent.asked_from = sent.asked_at = None
    sent.ended_at = None if sent.state in REFERRAL_OPEN else event.recorded_at
    if event.kind is E.REFERRAL_COMPLETED:
        sent.reported = True
        _concluded(story, event)
    if event.kind is E.REFERRAL_DISPUTED:
        _packet(sent, event)
        _clocks(sent, event)
    if sent.state is R.COMPLETED and sent.kind is ReferralKind.TRANSFER:
        story.version += 1
    sent.suggested_office_id = event.payload.get("suggestedOffice", sent.suggested_office_id)
    if event.payload.get("category"):
        sent.reply_category = ReasonCategory(event.payload["category"])


_OF_REFERRALS: Mapping[EventKind, ReferralState] = {
    E.REFERRAL_RECEIVED: R.RECEIVED,
    E.REFERRAL_ACCEPTED: R.ACCEPTED,
    E.REFERRAL_REJECTED: R.REJECTED,
    E.REFERRAL_STARTED: R.IN_PROGRESS,
    E.REFERRAL_COMPLETED: R.COMPLETED,
    E.REFERRAL_INFO_REQUESTED: R.NEEDS_INFO,
    E.REFERRAL_INFO_ANSWERED: R.RECEIVED,
    E.REFERRAL_DISPUTED: R.DISPUTED,
    E.REFERRAL_RECALLED: R.RECALLED,
    E.REFERRAL_RETURNED: R.RETURNED,
    E.REFERRAL_LAPSED: R.LAPSED,
    E.DISCLOSURE_RENEWED: R.SENT,
}
_STAMPS: Mapping[EventKind, str] = {
    E.REFERRAL_RECEIVED: "received_at",
    E.REFERRAL_ACCEPTED: "accepted_at",
    E.REFERRAL_STARTED: "started_at",
}
_COMPLETES = frozenset({(ReferralKind.TRANSFER, E.REFERRAL_ACCEPTED), (ReferralKind.INFORM, E.REFERRAL_RECEIVED)})


def _state_after(kind: ReferralKind, event: EventKind) -> ReferralState:
    return R.COMPLETED if (kind, event) in _COMPLETES else _OF_REFERRALS[event]


def _packet(sent: ReferralStory, event: Told) -> None:
    if "discloses" in event.payload:
        sent.discloses = event.payload["discloses"]
    if "disclosureExpiresAt" in event.payload:
        sent.packet_until = datetime.fromisoformat(event.payload["disclosureExpiresAt"])


def _clocks(sent: ReferralStory, event: Told) -> None:
    """Take the clocks from the event; one that sets them without telling them leaves them unknown."""
    if "respondBy" not in event.payload:
        sent.clocks = None
        return
    respond_by, result_by = event.payload["respondBy"], event.payload["resultBy"]
    sent.clocks = Clocks(
        datetime.fromisoformat(respond_by) if respond_by else None,
        datetime.fromisoformat(result_by) if result_by else None,
    )


def _look_ahead(story: CaseStory, event: Told) -> None:
    """Note what rows no longer show, because a later event changed it."""
    problem = story.problems.get(event.payload.get("problemType", ""))
    if problem is not None and event.payload.get("outcome"):
        problem.changed_later = True
    sent = story.referrals.get(event.payload.get("referral", 0))
    if sent is not None:
        sent.moved_later |= event.kind in {E.REFERRAL_INFO_ANSWERED, E.REFERRAL_DISPUTED}
        sent.renewed_later |= event.kind in {E.DISCLOSURE_RENEWED, E.REFERRAL_DISPUTED}
        sent.reported_later |= event.kind is E.REFERRAL_COMPLETED


_TELLERS: Mapping[EventKind, Callable[[CaseStory, Told], None]] = {
    E.CASE_OPENED: _opened,
    E.CASE_HOLDER_CHANGED: _held,
    **dict.fromkeys(
        (
            E.CASE_STATUS_CHANGED, E.CASE_CLOSED, E.CASE_REOPENED, E.CLOSING_DISPUTED, E.CASE_MERGED, E.CASE_UNMERGED,
        ),
        _moved,
    ),
    E.OUTCOME_RECORDED: _concluded,
    E.ASSIGNMENT_PROPOSED: _proposed,
    E.ASSIGNMENT_ACCEPTED: _accepted,
    E.ASSIGNMENT_DECLINED: _declined,
    E.CASE_RELEASED: _released,
    E.CITIZEN_ERASED: _erased,
    E.REFERRAL_SENT: _sent,
}  # fmt: skip
