"""What attackers can find out of counts that are withheld, who know the rule and everything that is told."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.suppression import hidden_groups, rounded, rounded_amount, rounded_days, told

K = 3
"""Small, so that all tables can be tried; the rule is the same for every k."""
COUNTS = st.lists(st.integers(0, 40), max_size=8)
Exact = tuple[tuple[int | None, ...], int | None]


def _exact(counts: Sequence[int], k: int) -> Exact:
    """Tell the counts that are not hidden as they are: more than is told, for all of it is rounded besides."""
    shown = told(counts, sum(counts), k)
    kept = (None if told_ is None else count for told_, count in zip(shown.groups, counts, strict=True))
    return tuple(kept), None if shown.total is None else sum(counts)


@cache
def _tables(groups: int, k: int, most: int) -> dict[Exact, list[tuple[int, ...]]]:
    """Give all tables of so many groups and cases by what is told: which of them an attacker must take for possible."""
    alike: dict[Exact, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=groups):
        if sum(counts) <= most:
            alike[_exact(counts, k)].append(counts)
    return alike


@pytest.mark.parametrize(("groups", "most"), [(1, 30), (2, 30), (3, 25), (4, 18)])
def test_whoever_knows_the_rule_and_the_exact_rest_does_not_find_a_small_count(groups: int, most: int) -> None:
    """Try every table: of each hidden small count at least two values remain, and so does one that is not small."""
    tried = 0
    for (shown, _), tables in _tables(groups, K, most).items():
        for at, count in enumerate(shown):
            possible = {table[at] for table in tables}
            if count is None and possible & {1, 2}:
                tried += 1
                assert possible >= {1, 2}, (shown, tables)
    assert tried > 0


@given(counts=COUNTS, k=st.integers(5, 9))
def test_small_counts_can_be_anything_as_far_as_the_hidden_sum_tells(counts: list[int], k: int) -> None:
    """Solve for them: each may be the largest small count, and all may be 1, while the covers stay large."""
    hidden = hidden_groups(counts, k)
    small = {at for at, count in enumerate(counts) if 0 < count < k}
    if hidden is None:
        assert small
        assert told(counts, sum(counts), k).total is None
        return
    assert small <= hidden
    covers = len(hidden) - len(small)
    assert (covers > 0) is bool(small)
    if small:
        rest = sum(counts[at] for at in hidden) - k * covers
        assert rest >= (k - 1) * len(small)


@given(counts=COUNTS, k=st.integers(5, 9))
def test_no_small_count_is_told_and_nothing_is_withheld_without_one(counts: list[int], k: int) -> None:
    total = sum(counts)
    shown = told(counts, total, k)
    for count, at in zip(counts, shown.groups, strict=True):
        assert at is None or (at == rounded(count, k) and not 0 < count < k)
        assert at == 0 if count == 0 else at != 0
    if all(count == 0 or count >= k for count in counts):
        assert shown == (tuple(rounded(count, k) for count in counts), rounded(total, k))


@given(minuend=st.integers(5, 50), small=st.integers(1, 4))
def test_two_answers_subtracted_leave_every_small_count_possible(minuend: int, small: int) -> None:
    """A quarter without two of its months, say: the difference of two rounded counts fits all small counts."""
    told_apart = rounded(minuend + small, 5) - rounded(minuend, 5)
    possible = {
        count
        for count in range(1, 5)
        for rest in range(5, 60)
        if rounded(rest + count, 5) - rounded(rest, 5) == told_apart
    }
    assert possible == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("counts", "groups", "total"),
    [
        ([], (), 0),
        ([0, 0], (0, 0), 0),
        ([7, 12], (5, 10), 20),
        ([3], (None,), None),
        ([3, 0, 6, 30], (None, 0, None, 30), 40),
        ([30, 6, 0, 3], (None, 5, 0, None), 40),
        ([1, 5, 6, 30], (None, None, None, None), 40),
        ([1, 9, 6, 30], (None, None, 5, 30), 45),
        ([1, 5], (None, None), None),
        ([4, 4, 4], (None, None, None), None),
        ([4, 4, 4, 100], (None, None, None, None), 110),
    ],
)
def test_what_is_told(counts: list[int], groups: tuple[int | None, ...], total: int | None) -> None:
    assert told(counts, sum(counts), 5) == (groups, total)


def test_a_total_that_is_counted_by_itself_is_withheld_if_it_is_small() -> None:
    assert told([0, 0], 4, 5) == ((0, 0), None)


@pytest.mark.parametrize(
    ("amount", "about"),
    [
        ("0", "0"),
        ("7", "7.00"),
        ("99.50", "100.00"),
        ("1250.50", "1300.00"),
        ("1249.00", "1200.00"),
        ("98765432.10", "99000000.00"),
    ],
)
def test_amounts_are_told_by_their_two_leading_digits(amount: str, about: str) -> None:
    assert rounded_amount(Decimal(amount)) == Decimal(about)


@pytest.mark.parametrize(("seconds", "days"), [(0, 0), (43_199, 0), (43_201, 1), (10 * 86_400 + 5, 10)])
def test_lengths_of_time_are_told_in_days(seconds: float, days: int) -> None:
    assert rounded_days(seconds) == days * 86_400
