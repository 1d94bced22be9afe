"""Who could take a case: volunteers of its province, each with what speaks for and against them, the best first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from models.post_words import SuggestionReason

R = SuggestionReason
AMPHOE_DIGITS = 4
TAMBON, AMPHOE, PROVINCE = 0, 1, 2
"""Steps up the tree of areas until two tambons meet."""

NEARNESS = {TAMBON: 40, AMPHOE: 20, PROVINCE: 0}
"""The neighbour first: volunteers go there. A step further costs more than anything but an absence or a refusal."""
LOAD = 8
"""Less than a step: who has much to do is still nearer than somebody idle elsewhere."""
LANGUAGE = 15
"""Being understood is worth most of a step; more than the load, for no colleague makes up for it."""
TRUSTED = 10
AWAY = -25
"""More than a step: a neighbour who is here goes before one who is away, though the cover would answer."""
REFUSED = -120
"""More than all else together: who has said no comes last, and is still there to be asked."""
POINTS: Mapping[SuggestionReason, int] = {
    R.AREA_SAME: NEARNESS[TAMBON],
    R.LOAD_LOW: LOAD,
    R.LOAD_HIGH: -LOAD,
    R.LANGUAGE: LANGUAGE,
    R.TRUSTED: TRUSTED,
    R.ABSENT: AWAY,
    R.DECLINED: REFUSED,
}


class Candidate(NamedTuple):
    """A volunteer's post that somebody fills now."""

    seat_id: int
    area_code: str
    handles_sensitive: bool = False
    is_away: bool = False
    languages: frozenset[str] = frozenset()


class Matter(NamedTuple):
    """What of a case decides; `language` is the citizen's, None where it is Thai or hidden."""

    area_code: str
    sensitive: bool = False
    language: str | None = None
    declined: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    """Posts that have it, are asked already, or are filled by somebody who is a party to it."""


class Reason(NamedTuple):
    kind: SuggestionReason
    value: int | None = None


class Suggestion(NamedTuple):
    seat_id: int
    score: int
    reasons: Sequence[Reason]


def suggest(
    matter: Matter, candidates: Iterable[Candidate], loads: Mapping[int, int], *, most: int
) -> list[Suggestion]:
    """Give the best; `loads` has the open cases of those posts whose load the one who asks may read.

    Equals come in the order of distance, load and age of the post, so the answer is the same each time.
    """
    fitting = [one for one in candidates if one.seat_id not in matter.left_out and _is_in_reach(matter, one)]
    known = [loads[one.seat_id] for one in fitting if one.seat_id in loads]
    usual = median(known) if known else 0
    found = []
    for one in fitting:
        reasons = list(_reasons(matter, one, loads.get(one.seat_id), usual))
        order = distance(matter.area_code, one.area_code), loads.get(one.seat_id, 0), one.seat_id
        found.append((Suggestion(one.seat_id, sum(map(_points, reasons)), reasons), order))
    found.sort(key=lambda pair: (-pair[0].score, pair[1]))
    return [suggestion for suggestion, _ in found[:most]]


def distance(area: str, other: str) -> int:
    """Count the steps up the tree of areas from one tambon of a province to where it meets another."""
    if area == other:
        return TAMBON
    return AMPHOE if area[:AMPHOE_DIGITS] == other[:AMPHOE_DIGITS] else PROVINCE


def _is_in_reach(matter: Matter, candidate: Candidate) -> bool:
    """A case is assigned within its province."""
    return candidate.area_code[:2] == matter.area_code[:2]


def _reasons(matter: Matter, one: Candidate, load: int | None, usual: float) -> Iterator[Reason]:
    steps = distance(matter.area_code, one.area_code)
    yield Reason(R.AREA_NEAR, steps) if steps else Reason(R.AREA_SAME)
    if load is not None and load != usual:
        yield Reason(R.LOAD_LOW if load < usual else R.LOAD_HIGH, load)
    if matter.language is not None and matter.language in one.languages:
        yield Reason(R.LANGUAGE)
    if matter.sensitive and one.handles_sensitive:
        yield Reason(R.TRUSTED)
    if one.is_away:
        yield Reason(R.ABSENT)
    if one.seat_id in matter.declined:
        yield Reason(R.DECLINED)


def _points(reason: Reason) -> int:
    return NEARNESS[reason.value or TAMBON] if reason.kind is R.AREA_NEAR else POINTS[reason.kind]
