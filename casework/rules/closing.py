"""How a resolved case is closed: by confirmation, by time, or by approval when it is sensitive."""

from datetime import datetime, timedelta

from casework.errors import RefusalCode
from models.action_words import CaseAction
from models.vocabulary import CaseState

TO_DISPUTE = timedelta(days=7)
"""Calendar days from RESOLVED on (the project's own proposal, for the ministry to replace)."""


def closes_by_itself(*, resolved_at: datetime, sensitive: bool, now: datetime) -> bool:
    """Has the time to dispute passed? A sensitive case waits for an approval, however long."""
    return not sensitive and now >= resolved_at + TO_DISPUTE


def answer_by(state: CaseState, *, resolved_at: datetime | None, sensitive: bool) -> datetime | None:
    """Give the instant at which silence closes the case; None where it closes nothing."""
    if state is not CaseState.RESOLVED or resolved_at is None or sensitive:
        return None
    return resolved_at + TO_DISPUTE


def why_not_answered(action: CaseAction, state: CaseState, *, sensitive: bool) -> RefusalCode | None:
    """Tell the citizen what stands against confirming or disputing the result; None when it is awaited."""
    if state is not CaseState.RESOLVED:
        return RefusalCode.ANSWER_NOT_AWAITED
    if action is CaseAction.CONFIRM_CLOSING and sensitive:
        return RefusalCode.CONFIRMATION_NOT_NEEDED
    return None


def why_not(action: CaseAction, *, sensitive: bool) -> RefusalCode | None:
    """Tell what the kind of case has against closing it so; None for everything that is no closing."""
    if action is CaseAction.CONFIRM_CLOSING and sensitive:
        return RefusalCode.CLOSING_NEEDS_APPROVAL
    if action is CaseAction.APPROVE_CLOSING and not sensitive:
        return RefusalCode.APPROVAL_NOT_NEEDED
    return None
