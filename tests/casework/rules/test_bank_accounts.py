"""Numbers of bank accounts."""

import pytest

from casework.errors import RefusalCode
from casework.rules.bank_accounts import canonical_bank_account
from tests.casework.refusals import refused

PATH = ("input", "bankAccounts", "0")


@pytest.mark.parametrize("text", ["123-4-56789-0", " 1234567890 ", "๑๒๓-๔-๕๖๗๘๙-๐"])
def test_the_digits_alone_are_kept(text: str) -> None:
    assert canonical_bank_account(text, *PATH) == "1234567890"


def test_banks_have_10_to_15_digits() -> None:
    assert canonical_bank_account("0" * 15) == "0" * 15


@pytest.mark.parametrize("text", ["", "123456789", "1" * 16, "12345678x0", "1234567890" + " " * 40])
def test_anything_else_is_refused(text: str) -> None:
    with refused(RefusalCode.BANK_ACCOUNT_INVALID, *PATH):
        canonical_bank_account(text, *PATH)
