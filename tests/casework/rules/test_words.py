"""Texts and searches as PostgreSQL is given them; searches that are none are refused."""

import pytest

from casework.errors import RefusalCode
from casework.rules.words import LONGEST_SEARCH, words_of, words_of_new_name, words_wanted
from tests.casework.refusals import refused


@pytest.mark.parametrize(
    ("name", "texts", "vector"),
    [
        (None, [], ""),
        (None, [None, ""], ""),
        (None, ["ๆ ..."], ""),
        (None, ["ค้างค่าแรง"], "'ค่า':55 'ค่าแรง':55 'ค้าง':51 'แรง':58"),
        (None, ["OT 350 ot"], "'350':53 'ot':51,56"),
        ("สม", [None, "ชาย"], "'ชาย':103 'สม':1A"),
        ("จ้าง งาน", ["งาน"], "'งาน':5A,58 'จ้าง':1A 'จ้างงาน':1A"),
    ],
)
def test_a_text_gives_its_words_and_where_they_stand(name: str | None, texts: list[str | None], vector: str) -> None:
    assert words_of(name, texts) == vector


def test_a_new_name_stands_a_gap_away_from_what_it_is_put_behind() -> None:
    assert words_of_new_name("สม ชาย") == "'ชาย':53A 'สม':51A"


def test_a_word_keeps_as_many_places_as_postgresql_does() -> None:
    assert words_of(None, ["ข้าว " * 300]).count(",") == 254
    assert words_of(None, ["9 " * 10_000, "ab"]).endswith("'ab':10101")
    assert words_of(None, ["9 " * 10_000, "8 " * 10_000, "ab"]).endswith("'ab':16383")


@pytest.mark.parametrize(
    ("search", "query"),
    [
        ("ค่าแรง", "('ค่าแรง')"),
        ("  ค้าง   ค่าแรง ", "('ค้าง') & ('ค่าแรง')"),
        ("ค้างค่าแรง", "('ค้าง' <4> 'ค่าแรง')"),
        ("๑๕,๐๕๐", "('15050')"),
        ("7-11", "('7' <1> '11')"),
        ("5", "('5')"),
        ("ก 5", "('ก') & ('5')"),
        ("ค่าแรง -", "('ค่าแรง')"),
        ("ABC", "('abc')"),
        ("ลา", "('ลา')"),
        ("ธน", "('ธน')"),
        ("081 234 5678", "('0812345678')"),
        ("สม' | 'ชาย", "('สม') & ('ชาย')"),
    ],
)
def test_a_search_asks_for_words(search: str, query: str) -> None:
    assert words_wanted(search) == query


@pytest.mark.parametrize(
    ("search", "code"),
    [
        ("", RefusalCode.SEARCH_TOO_SHORT),
        ("   ", RefusalCode.SEARCH_TOO_SHORT),
        ("\u200b\u200b", RefusalCode.SEARCH_TOO_SHORT),
        ("ก", RefusalCode.SEARCH_TOO_SHORT),
        ("เ", RefusalCode.SEARCH_TOO_SHORT),
        ("\u0e35", RefusalCode.SEARCH_TOO_SHORT),
        ("\u0e48\u0e49\u0e4a", RefusalCode.SEARCH_TOO_SHORT),
        ("ค่", RefusalCode.SEARCH_TOO_SHORT),
        ("เงิ", RefusalCode.SEARCH_TOO_SHORT),
        ("x", RefusalCode.SEARCH_TOO_SHORT),
        ("ๆ ฯ !?", RefusalCode.SEARCH_TOO_SHORT),
        ("😀", RefusalCode.SEARCH_TOO_SHORT),
        ("ก" * 10_000, RefusalCode.SEARCH_TOO_LONG),
        ("9" * 5_000, RefusalCode.SEARCH_TOO_LONG),
        ("ค่าแรง\0", RefusalCode.TEXT_BROKEN),
        ("\ud800ค่าแรง", RefusalCode.TEXT_BROKEN),
    ],
)
def test_what_is_no_search_is_refused(search: str, code: RefusalCode) -> None:
    with refused(code, "filter", "search"):
        words_wanted(search, "filter", "search")


def test_the_longest_search_is_answered() -> None:
    assert words_wanted("9" * LONGEST_SEARCH).count("<60>") == 3
