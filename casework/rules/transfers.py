"""Transfers that go in circles: the same step twice says that nobody takes the case as theirs."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Holder(NamedTuple):
    """Who held a case: a seat or an office."""

    seat_id: int | None
    office_id: int | None


def goes_in_circles(journey: Sequence[Holder], to: Holder) -> bool:
    """Would the present holder, the last of the journey, give the case to somebody to whom it gave it before?

    Giving it back is another step, and may be taken once; so a pair passes a case to and fro once, not for ever.
    """
    return (journey[-1], to) in pairwise(journey)
