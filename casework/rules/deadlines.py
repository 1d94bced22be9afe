"""When a referral must be answered and its result reported."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from typing import NamedTuple

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import after_working_days, bangkok_day, working_days_between
from models.vocabulary import Priority, ReferralKind, ReferralState

RESPOND = "REFERRAL_RESPOND"
RESULT = "REFERRAL_RESULT"
LAPSE = "REFERRAL_LAPSE"


class Standard(NamedTuple):
    """A service standard in Thai working days, in force from one day until another (exclusive)."""

    code: str
    kind: ReferralKind
    priority: Priority
    effective_from: date
    effective_until: date | None
    working_days: int


class ReferralTimes(NamedTuple):
    """`result_by` is None for a transfer, which ends when it is accepted; an information has neither."""

    respond_by: datetime | None
    result_by: datetime | None


def standard_in_force(
    standards: Sequence[Standard], *, code: str, kind: ReferralKind, priority: Priority, on: date
) -> Standard | None:
    """Give the standard in force on a day; before the first one was made, that one counts."""
    own = sorted(
        (s for s in standards if (s.code, s.kind, s.priority) == (code, kind, priority)),
        key=lambda standard: standard.effective_from,
    )
    in_force = [s for s in own if s.effective_from <= on and (s.effective_until is None or on < s.effective_until)]
    return (in_force[-1] if in_force else own[0]) if own else None


def working_days(
    standards: Sequence[Standard], *, code: str, kind: ReferralKind, priority: Priority, on: date
) -> int | None:
    standard = standard_in_force(standards, code=code, kind=kind, priority=priority, on=on)
    return None if standard is None else standard.working_days


def referral_times(
    standards: Sequence[Standard],
    *,
    kind: ReferralKind,
    priority: Priority,
    sent_at: datetime,
    wanted: datetime | None,
    holidays: Container[date],
) -> ReferralTimes:
    """Compute both times; the sender may only shorten the first."""
    if kind is ReferralKind.INFORM:
        if wanted is not None:
            raise Refusal(RefusalCode.RESPOND_BY_UNWANTED, "input", "respondBy")
        return ReferralTimes(None, None)
    day = bangkok_day(sent_at)
    respond_days = working_days(standards, code=RESPOND, kind=kind, priority=priority, on=day)
    respond_by = after_working_days(sent_at, respond_days or 0, holidays=holidays)
    if wanted is not None:
        respond_by = _shortened(wanted, respond_by, sent_at)
    result_by = result_time(
        standards, kind=kind, priority=priority, since=respond_by, standard_of=day, holidays=holidays
    )
    return ReferralTimes(respond_by, result_by)


def result_time(
    standards: Sequence[Standard],
    *,
    kind: ReferralKind,
    priority: Priority,
    since: datetime,
    standard_of: date | None = None,
    holidays: Container[date],
) -> datetime | None:
    """Tell when a result is due that is waited for `since`; None for kinds that report none."""
    on = standard_of or bangkok_day(since)
    days = working_days(standards, code=RESULT, kind=kind, priority=priority, on=on)
    return None if days is None else after_working_days(since, days, holidays=holidays)


def _shortened(wanted: datetime, by_rule: datetime, sent_at: datetime) -> datetime:
    if wanted > by_rule:
        raise Refusal(RefusalCode.RESPOND_BY_TOO_LATE, "input", "respondBy", limit=by_rule.isoformat())
    if wanted <= sent_at:
        raise Refusal(RefusalCode.DATE_IN_PAST, "input", "respondBy")
    return wanted


def lapses_at(
    standards: Sequence[Standard],
    *,
    kind: ReferralKind,
    priority: Priority,
    sent_at: datetime,
    respond_by: datetime | None,
    holidays: Container[date],
) -> datetime | None:
    """Tell when a referral that nobody answers goes back to its sender; an information never does."""
    days = working_days(standards, code=LAPSE, kind=kind, priority=priority, on=bangkok_day(sent_at))
    return None if respond_by is None or days is None else after_working_days(respond_by, days, holidays=holidays)


def moved_on(
    due: datetime | None, *, asked_at: datetime, answered_at: datetime, holidays: Container[date]
) -> datetime | None:
    """Give a time back that stood still from a question to its answer: as many working days later."""
    if due is None:
        return None
    days = working_days_between(asked_at, answered_at, holidays=holidays)
    return due if days == 0 else after_working_days(due, days, holidays=holidays)


UNANSWERED = frozenset({ReferralState.SENT, ReferralState.RECEIVED})
ANSWERED = frozenset({ReferralState.ACCEPTED, ReferralState.IN_PROGRESS, ReferralState.DISPUTED})


def due_of(state: ReferralState, *, respond_by: datetime | None, result_by: datetime | None) -> datetime | None:
    """Give what an open referral is due by: its answer, and once accepted its result; nothing while it needs info."""
    if state in UNANSWERED:
        return respond_by
    return result_by if state in ANSWERED else None
