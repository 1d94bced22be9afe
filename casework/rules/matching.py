"""What speaks for it that somebody at intake is a citizen on record, and how much."""

from collections.abc import Sequence
from typing import NamedTuple

from casework.rules.names import SAME, WORTH_SHOWING, Likeness
from models.match_words import MatchReason

CERTAIN = 100
"""A document names one person."""
PHONE_ALONE, PHONE_MORE, PHONE_MOST = 60, 12, 99
"""What a phone says where the name is another, what it adds where the name is alike, and the most of both."""
MOST_CANDIDATES = 10


class Judgement(NamedTuple):
    """`score` is out of 100."""

    score: int
    because: Sequence[MatchReason]


def judge(likeness: Likeness | None, *, identifier: bool, phone: bool) -> Judgement | None:
    """Weigh what is alike; None where it is too little to show. `likeness` is None where no name was asked about."""
    name = likeness is not None and likeness.score > 0
    score = likeness.score if likeness is not None else 0
    if phone:
        score = max(PHONE_ALONE, min(PHONE_MOST, score + PHONE_MORE))
    if identifier:
        score = CERTAIN
    if not (identifier or phone) and score < WORTH_SHOWING:
        return None
    same = likeness is not None and likeness.name >= SAME
    found = {
        MatchReason.IDENTIFIER: identifier,
        MatchReason.PHONE: phone,
        MatchReason.NAME_SAME: name and same,
        MatchReason.NAME_LIKE: name and not same,
        MatchReason.AREA_SAME: likeness is not None and likeness.area_same,
        MatchReason.AGE_LIKE: likeness is not None and likeness.age_like,
    }
    return Judgement(score, [reason for reason, speaks in found.items() if speaks])
