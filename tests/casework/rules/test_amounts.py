"""Amounts of money in baht."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import RefusalCode
from casework.rules.amounts import amount
from tests.casework.refusals import refused


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [("0", "0.00"), ("0.01", "0.01"), ("1234.5", "1234.50"), ("1.500", "1.50"), ("1E+3", "1000.00"),
     ("999999999999.99", "999999999999.99")],
)  # fmt: skip
def test_an_amount_is_kept_with_two_decimals(given_as: str, kept: str) -> None:
    assert str(amount(Decimal(given_as))) == kept


def test_an_amount_may_be_absent() -> None:
    assert amount(None) is None


@pytest.mark.parametrize(
    "given_as",
    ["-0.01", "-1", "0.001", "1.999", "1E-30", "1000000000000", "1E+30", "1E+999999", "NaN", "sNaN", "Infinity",
     "-Infinity"],
)  # fmt: skip
def test_negative_endless_finer_and_absurd_amounts_are_refused(given_as: str) -> None:
    with refused(RefusalCode.AMOUNT_INVALID, "input", "amountClaimed"):
        amount(Decimal(given_as), "input", "amountClaimed")


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_every_amount_in_satang_is_kept_exactly(given_as: Decimal) -> None:
    assert amount(given_as) == given_as
