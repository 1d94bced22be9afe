"""When a referral must be answered and its result reported."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from typing import NamedTuple

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import after_working_days, bangkok_day
from models.vocabulary import Priority, ReferralKind, ReferralState

RESPOND = "REFERRAL_RESPOND"
RESULT = "REFERRAL_RESULT"


class Standard(NamedTuple):
    """A service standard in Thai working days, in force from one day until another (exclusive)."""

    code: str
    kind: ReferralKind
    priority: Priority
    effective_from: date
    effective_until: date | None
    working_days: int


class ReferralTimes(NamedTuple):
    """`result_by` is None for a transfer: it ends when it is accepted."""

    respond_by: datetime
    result_by: datetime | None


def working_days(
    standards: Sequence[Standard], *, code: str, kind: ReferralKind, priority: Priority, on: date
) -> int | None:
    """Give the standard in force on a day; before the first one was made, that one counts."""
    own = sorted(
        (s for s in standards if (s.code, s.kind, s.priority) == (code, kind, priority)),
        key=lambda standard: standard.effective_from,
    )
    in_force = [s for s in own if s.effective_from <= on and (s.effective_until is None or on < s.effective_until)]
    return (in_force[-1] if in_force else own[0]).working_days if own else None


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
    day = bangkok_day(sent_at)
    respond_days = working_days(standards, code=RESPOND, kind=kind, priority=priority, on=day)
    result_days = working_days(standards, code=RESULT, kind=kind, priority=priority, on=day)
    respond_by = after_working_days(sent_at, respond_days or 0, holidays=holidays)
    if wanted is not None:
        respond_by = _shortened(wanted, respond_by, sent_at)
    result_by = None if result_days is None else after_working_days(respond_by, result_days, holidays=holidays)
    return ReferralTimes(respond_by, result_by)


def _shortened(wanted: datetime, by_rule: datetime, sent_at: datetime) -> datetime:
    if wanted > by_rule:
        raise Refusal(RefusalCode.RESPOND_BY_TOO_LATE, "input", "respondBy", limit=by_rule.isoformat())
    if wanted <= sent_at:
        raise Refusal(RefusalCode.DATE_IN_PAST, "input", "respondBy")
    return wanted


UNANSWERED = frozenset({ReferralState.SENT, ReferralState.RECEIVED})
ANSWERED = frozenset({ReferralState.ACCEPTED, ReferralState.IN_PROGRESS})


def due_of(state: ReferralState, *, respond_by: datetime, result_by: datetime | None) -> datetime | None:
    """Give what an open referral is due by: its answer, and once accepted its result."""
    if state in UNANSWERED:
        return respond_by
    return result_by if state in ANSWERED else None
