"""What may be told of small counts, so that nobody is recognised in them: hidden, covered by others, and rounded.

A count from 1 to k - 1 is hidden. Since the groups add up to a total, that alone hides nothing: with it are hidden as
many larger counts as it takes for every small one to be anything from 1 to k - 1, as far as the rest can tell. Which
ones is decided by their places and never by their sizes, or the choice itself would tell: the smallest would say that
it is not larger than any that is shown. Where all are not enough, all are hidden, and the total with them.

What is shown is rounded to multiples of k. It adds nothing to hide within one answer, but two answers (a quarter and
its months, a province and the country) cannot be subtracted from one another.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

LEAST = 5
"""The smallest k: what rules of official statistics ask for at least."""
DAY = 86_400


class Told(NamedTuple):
    """The counts of groups and their total as they may be told; None is hidden."""

    groups: tuple[int | None, ...]
    total: int | None


def told(counts: Sequence[int], total: int, k: int) -> Told:
    """Hide what must be hidden of a column of counts, and round the rest."""
    hidden = hidden_groups(counts, k)
    hides_total = hidden is None or 0 < total < k
    return Told(
        tuple(
            None if count > 0 and (hidden is None or at in hidden) else rounded(count, k)
            for at, count in enumerate(counts)
        ),
        None if hides_total else rounded(total, k),
    )


def hidden_groups(counts: Sequence[int], k: int) -> frozenset[int] | None:
    """Give the places of the groups to hide; None where all that are not 0 must be, and their total."""
    small = [at for at, count in enumerate(counts) if 0 < count < k]
    if not small:
        return frozenset()
    behind = [*range(small[0], len(counts)), *range(small[0])]
    hidden, needed = set(small), len(small) * (k - 1)
    for at in behind:
        if counts[at] >= k:
            hidden.add(at)
            needed += k
            if sum(counts[place] for place in hidden) >= needed:
                return frozenset(hidden)
    return None


def rounded(count: int, k: int) -> int:
    """Give the multiple of k that is nearest."""
    return (count + k // 2) // k * k


def rounded_amount(amount: Decimal) -> Decimal:
    """Give an amount of baht with its two leading digits: about how much."""
    if amount == 0:
        return Decimal(0)
    digits = amount.adjusted() - 1
    return (amount.scaleb(-digits).to_integral_value() * Decimal(10) ** digits).quantize(Decimal("0.01"))


def rounded_days(seconds: float) -> int:
    """Give a length of time in whole days, in seconds."""
    return round(seconds / DAY) * DAY
