"""What to talk about where nobody came: the topics of a campaign that is proposed, not planned."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from casework.rules.calendar import bangkok_day
from models.statistics_words import CampaignReason

TOPICS = 3
"""As many as people remember of an evening."""


class ProposedCampaign(NamedTuple):
    """Topics by the codes of problem types, and why."""

    topics: tuple[str, ...]
    reason: CampaignReason


def proposed_campaign(types: Sequence[str], around: Mapping[str, int], last: datetime | None) -> ProposedCampaign:
    """Propose what people around came with most; then, in the order of the types, what else the agency does."""
    by_need = sorted(types, key=lambda code: -around.get(code, 0))
    reason = CampaignReason.NOBODY_EVER if last is None else CampaignReason.NOBODY_IN_PERIOD
    return ProposedCampaign(tuple(by_need[:TOPICS]), reason)


def days_since(last: datetime | None, now: datetime) -> int | None:
    """Count the days in Bangkok from an instant to another; None: never."""
    return None if last is None else (bangkok_day(now) - bangkok_day(last)).days
