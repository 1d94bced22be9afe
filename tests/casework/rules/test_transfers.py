"""A case that goes in circles: to and fro once, not for ever."""

import pytest

from casework.rules.transfers import Holder, goes_in_circles

V, A, B, C = Holder(16, None), Holder(None, 1), Holder(None, 2), Holder(None, 3)


@pytest.mark.parametrize(
    ("journey", "to", "circles"),
    [
        ([V], A, False),
        ([V, A], B, False),
        ([V, A, B], A, False),  # given back
        ([V, A, B, A], B, True),
        ([V, A, B, A], C, False),
        ([V, A, B, C], A, False),
        ([V, A, B, C, A], B, True),  # a wider circle
        ([V, A, B, C, A, C], B, False),
        ([Holder(1, None)], Holder(None, 1), False),  # a seat is no office
    ],
)
def test_the_same_step_is_not_taken_twice(journey: list[Holder], to: Holder, *, circles: bool) -> None:
    assert goes_in_circles(journey, to) is circles
