"""Every refusal: a family, and a sentence in two languages that take the same facts."""

import string
from typing import Any

import pytest

from casework.errors import Refusal, RefusalCode
from casework.refusal_kinds import RefusalKind, kind_of


def facts_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", RefusalCode)
def test_a_refusal_says_what_to_do_in_thai_and_in_english(code: RefusalCode) -> None:
    assert any("ก" <= char <= "๛" for char in code.th)
    assert code.description.isascii()
    assert code.description.endswith(".")
    assert facts_in(code.th) == facts_in(code.description)
    facts: dict[str, Any] = dict.fromkeys(facts_in(code.th), "9")
    for thai in (True, False):
        assert "{" not in Refusal(code, **facts).sentence(thai=thai)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (RefusalCode.TEXT_MISSING, RefusalKind.INVALID_INPUT),
        (RefusalCode.CURSOR_INVALID, RefusalKind.INVALID_INPUT),
        (RefusalCode.NOT_FOUND, RefusalKind.NOT_FOUND),
        (RefusalCode.NOT_SIGNED_IN, RefusalKind.NOT_PERMITTED),
        (RefusalCode.NO_SEAT, RefusalKind.NOT_PERMITTED),
        (RefusalCode.NOT_PERMITTED, RefusalKind.NOT_PERMITTED),
        (RefusalCode.DISCLOSURE_EXPIRED, RefusalKind.NOT_PERMITTED),
        (RefusalCode.CASE_ENDED, RefusalKind.NOT_POSSIBLE),
        (RefusalCode.ASSIGNMENT_MISSING, RefusalKind.NOT_POSSIBLE),
        (RefusalCode.VERSION_CONFLICT, RefusalKind.VERSION_CONFLICT),
        (RefusalCode.OPERATION_REUSED, RefusalKind.OPERATION_REUSED),
    ],
)
def test_a_refusal_belongs_to_a_family(code: RefusalCode, kind: RefusalKind) -> None:
    assert kind_of(code) is kind
    assert str(Refusal(code)) == code.value
