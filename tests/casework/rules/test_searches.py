"""A search for cases is read as a reference too, where it is one."""

import pytest

from casework.errors import RefusalCode
from casework.rules.searches import read_case_search
from tests.casework.refusals import refused


@pytest.mark.parametrize(
    ("text", "reference", "sequence"),
    [
        ("43-2569-00031-3", "43-2569-00031-3", None),
        ("๔๓ ๒๕๖๙ ๐๐๐๓๑ ๓", "43-2569-00031-3", None),
        ("432569000313", "43-2569-00031-3", None),
        ("43/2569/00031", "43-2569-00031-3", None),
        ("43-2569-00031-4", None, None),
        ("00031", None, "00031"),
        ("31", None, "00031"),
        ("๓๑", None, "00031"),
        ("0", None, "00000"),
        ("123456", None, "123456"),
        ("000123456", None, "123456"),
        ("1234567890", None, None),
        ("31 บาท", None, None),
        ("ค่าแรง", None, None),
        ("9" * 200, None, None),
    ],
)
def test_a_search_may_be_a_reference_or_the_number_within_it(
    text: str, reference: str | None, sequence: str | None
) -> None:
    search = read_case_search(text, "filter", "search")
    assert (search.reference, search.sequence) == (reference, sequence)
    assert search.words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- / .", RefusalCode.SEARCH_TOO_SHORT),
        ("ก", RefusalCode.SEARCH_TOO_SHORT),
        ("9" * 5_000, RefusalCode.SEARCH_TOO_LONG),
        ("4\x07", RefusalCode.TEXT_BROKEN),
    ],
)
def test_what_is_neither_word_nor_number_is_refused(text: str, code: RefusalCode) -> None:
    with refused(code, "filter", "search"):
        read_case_search(text, "filter", "search")
