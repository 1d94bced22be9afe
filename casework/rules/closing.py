"""How a resolved case is closed: by confirmation, by time, or by approval when it is sensitive."""

from datetime import datetime, timedelta

from casework.errors import RefusalCode
from models.vocabulary import CaseAction

TO_DISPUTE = timedelta(days=7)
"""Calendar days from RESOLVED on (the project's own proposal, for the ministry to replace)."""


def closes_by_itself(*, resolved_at: datetime, sensitive: bool, now: datetime) -> bool:
    """Has the time to dispute passed? A sensitive case waits for an approval, however long."""
    return not sensitive and now >= resolved_at + TO_DISPUTE


def why_not(action: CaseAction, *, sensitive: bool) -> RefusalCode | None:
    """Tell what the kind of case has against closing it so; None for everything that is no closing."""
    if action is CaseAction.CONFIRM_CLOSING and sensitive:
        return RefusalCode.CLOSING_NEEDS_APPROVAL
    if action is CaseAction.APPROVE_CLOSING and not sensitive:
        return RefusalCode.APPROVAL_NOT_NEEDED
    return None
