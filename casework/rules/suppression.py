"""What may be told of small counts, so that nobody is recognised in them: nothing below k, the rest rounded down.

A count below k is withheld, 0 too: where 0 is told, every withheld count is at least 1, and seven of them within a
year of 5 to 7 are known. So every answer stands for k counts, whether it is withheld or told, and what adds up, in one
answer or in many, leaves stretches. Rounded to the nearest, they would be shorter at 5, and sometimes leave one value.
"""

from decimal import Decimal

LEAST = 5
"""The smallest k: what rules of official statistics ask for at least."""
DAY = 86_400


def told(count: int, k: int) -> int | None:
    """Give the multiple of k that is not larger; None below k."""
    return count // k * k or None


def told_with_nobody(count: int, k: int) -> int | None:
    """Like `told`, but tell 0: where nobody came there is nobody to be recognised by whoever sees each case anyway."""
    return 0 if count == 0 else told(count, k)


def rounded_amount(amount: Decimal) -> Decimal:
    """Give an amount of baht with its two leading digits: about how much."""
    if amount == 0:
        return Decimal(0)
    digits = amount.adjusted() - 1
    return (amount.scaleb(-digits).to_integral_value() * Decimal(10) ** digits).quantize(Decimal("0.01"))


def rounded_days(seconds: float) -> int:
    """Give a length of time in whole days, in seconds."""
    return round(seconds / DAY) * DAY
