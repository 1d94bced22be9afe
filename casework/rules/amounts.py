"""Amounts of money in baht."""

from decimal import Decimal

from casework.errors import Refusal, RefusalCode

LARGEST = Decimal(10) ** 12


def amount(value: Decimal | None, *path: str) -> Decimal | None:
    """Give the amount with two decimals; refuse negative, endless, finer or absurd ones."""
    if value is None:
        return None
    if not value.is_finite() or value < 0 or value >= LARGEST or value != value.quantize(Decimal("0.01")):
        raise Refusal(RefusalCode.AMOUNT_INVALID, *path)
    return value.quantize(Decimal("0.01"))
