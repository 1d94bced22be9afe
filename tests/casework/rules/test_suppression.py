"""What attackers can find out of counts that are withheld, who know the rule and everything that is told."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.suppression import rounded_amount, rounded_days, told, told_with_nobody

K = 5
Stretch = tuple[int, int]
Sum = tuple[str, list[str]]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10), (1_000_002, 1_000_000)]
)
def test_what_is_told(count: int, shown: int | None) -> None:
    assert told(count, K) == shown
    assert told_with_nobody(count, K) == (0 if count == 0 else shown)


@given(count=st.integers(0, 1_000), k=st.integers(5, 9))
def test_every_answer_stands_for_k_counts(count: int, k: int) -> None:
    alike = [other for other in range(count + 2 * k) if told(other, k) == told(count, k)]
    assert min(alike) <= count <= max(alike)
    assert len(alike) == k


def _stretch(count: int) -> Stretch:
    """Give what an attacker knows of one count from its answer."""
    alike = [other for other in range(count + 2 * K) if told(other, K) == told(count, K)]
    return alike[0], alike[-1]


def _narrowed(known: dict[str, Stretch], sums: Sequence[Sum]) -> dict[str, Stretch]:
    """Narrow down what is known by what adds up to what, until nothing more follows."""
    before: dict[str, Stretch] = {}
    while before != known:
        before = dict(known)
        for whole, parts in sums:
            least, most = (sum(known[part][end] for part in parts) for end in (0, 1))
            low, high = known[whole] = max(known[whole][0], least), min(known[whole][1], most)
            for part in parts:
                of_part = known[part]
                known[part] = (
                    max(of_part[0], low - (most - of_part[1])),
                    min(of_part[1], high - (least - of_part[0])),
                )
    return known


def _of_a_year(draw: Random, most: int) -> tuple[dict[str, int], list[Sum]]:
    """Draw a year of months, with its quarters."""
    counts = {f"month {at}": draw.randint(0, most) for at in range(12)}
    quarters = {f"quarter {at}": [f"month {3 * at + month}" for month in range(3)] for at in range(4)}
    sums: list[Sum] = [*quarters.items(), ("year", list(quarters))]
    for whole, parts in sums:
        counts[whole] = sum(counts[part] for part in parts)
    return counts, sums


def _attacks(*, most: int) -> Iterator[tuple[dict[str, int], dict[str, Stretch]]]:
    draw = Random(most)  # noqa: S311 - the same tables each time
    for _ in range(400):
        counts, sums = _of_a_year(draw, most)
        found = _narrowed({name: _stretch(count) for name, count in counts.items()}, sums)
        assert all(low <= counts[name] <= high for name, (low, high) in found.items())
        yield counts, found


@pytest.mark.parametrize("most", [1, 2, 4, 7, 20])
def test_months_quarters_and_the_year_together_tell_no_small_month(most: int) -> None:
    """Seventeen questions that the public may ask: of no month that is withheld do only two values remain."""
    for counts, found in _attacks(most=most):
        withheld = [found[name] for name, count in counts.items() if name.startswith("month") and count < K]
        assert all(low + 1 < high for low, high in withheld), counts


def test_an_attack_that_knows_which_months_are_nought_finds_the_others() -> None:
    """Why 0 is withheld too: so it was found out that seven people had come, one in each of seven months."""
    counts = {f"month {at}": int(at < 7) for at in range(12)}
    known = {name: (1, 4) if count else (0, 0) for name, count in counts.items()} | {"year": (5, 7)}
    found = _narrowed(known, [("year", list(counts))])
    assert [found[name] for name in counts] == [(count, count) for count in counts.values()]


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
