"""What is told of cases to those who see no person in them: the public, without a post, and auditors."""

from models.statistics_words import NEED_AN_AREA, StatisticsBy
from models.vocabulary import SeatKind

PUBLISHED_BY = frozenset(StatisticsBy) - NEED_AN_AREA - {StatisticsBy.OFFICE}
"""By what the public may count: nothing that is smaller than a province."""
PROVINCE_DIGITS = 2


def may_publish(by: StatisticsBy | None, area: str | None) -> bool:
    """May the public be told of this area, or of the country, counted by this?"""
    return (by is None or by in PUBLISHED_BY) and (area is None or len(area) == PROVINCE_DIGITS)


def needs_suppression(kind: SeatKind | None) -> bool:
    """Are small counts withheld from this kind of post, or from the public, which has none?"""
    return kind is None or kind is SeatKind.AUDITOR
