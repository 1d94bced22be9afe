"""Until when a referral discloses personal data: its disclosure packet ends by rule, or when the sender says."""

from collections.abc import Container, Sequence
from datetime import UTC, date, datetime

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import BUDDHIST_OFFSET, after_working_days, bangkok_day
from casework.rules.deadlines import ReferralTimes, Standard, working_days
from casework.rules.states import can_step
from models.action_words import ReferralAction
from models.vocabulary import Priority, ReferralKind, ReferralState

DISCLOSURE = "REFERRAL_DISCLOSURE"
DISCLOSURE_MOST = "REFERRAL_DISCLOSURE_MOST"

NEEDS_DISCLOSURE = frozenset({ReferralAction.ACCEPT, ReferralAction.START, ReferralAction.COMPLETE})
"""Work on the matter itself; an office that sees no person any more can still ask, refuse, or give back."""


def why_not_shown(
    action: ReferralAction, state: ReferralState, kind: ReferralKind, *, expires_at: datetime, now: datetime
) -> RefusalCode | None:
    """Tell whether an action that is possible otherwise needs what is no longer disclosed."""
    is_over = action in NEEDS_DISCLOSURE and can_step(action, state, kind) and expires_at <= now
    return RefusalCode.DISCLOSURE_EXPIRED if is_over else None


def expiry_by_rule(
    standards: Sequence[Standard],
    *,
    kind: ReferralKind,
    priority: Priority,
    times: ReferralTimes,
    sent_at: datetime,
    holidays: Container[date],
) -> datetime:
    """Tell when a packet ends of itself: some working days after the last thing that is waited for."""
    last = times.result_by or times.respond_by or sent_at
    days = working_days(standards, code=DISCLOSURE, kind=kind, priority=priority, on=bangkok_day(sent_at))
    return after_working_days(last, days or 0, holidays=holidays)


def chosen_expiry(
    standards: Sequence[Standard],
    *path: str,
    kind: ReferralKind,
    priority: Priority,
    wanted: datetime,
    now: datetime,
    holidays: Container[date],
) -> datetime:
    """Give the end that the sender chose, in UTC; refuse the past, the far future and Buddhist years."""
    if wanted.year > now.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if wanted <= now:
        raise Refusal(RefusalCode.DATE_IN_PAST, *path)
    days = working_days(standards, code=DISCLOSURE_MOST, kind=kind, priority=priority, on=bangkok_day(now))
    furthest = after_working_days(now, days or 0, holidays=holidays)
    if wanted > furthest:
        raise Refusal(RefusalCode.DATE_TOO_FAR, *path, limit=bangkok_day(furthest).isoformat())
    return wanted.astimezone(UTC)
