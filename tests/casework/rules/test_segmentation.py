"""Texts are divided into words: nothing is lost, and hostile text costs what its length costs."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.segmentation import LONGEST, WINDOW, divide, inner_edges

THAI = sorted({chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))} - set("ฯๆ"))


def words(text: str) -> list[str]:
    return [piece.text for piece in divide(text)]


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("", []),
        (" .,ๆฯ()", []),
        ("นายจ้างค้างค่าแรงสองเดือน", ["นายจ้าง", "ค้าง", "ค่าแรง", "สอง", "เดือน"]),
        ("ot2ชม.", ["ot", "2", "ชม"]),
        ("จ่าย 350.50 บาท", ["จ่าย", "350.50", "บาท"]),
        ("ตากับยาย", ["ตา", "กับ", "ยาย"]),
        ("abc-karaoke_7", ["abc", "karaoke", "7"]),
        ("ကျော်", ["ကျော်"]),
        ("ບຸນມີ", ["ບຸນມີ"]),
    ],
)
def test_a_text_is_divided_into_words(text: str, divided: list[str]) -> None:
    assert words(text) == divided


def test_a_word_stands_where_the_words_before_it_end() -> None:
    pieces = list(divide("ค้าง ค่าแรง, 350 บาท"))
    assert [(piece.text, piece.at, piece.end, piece.thai) for piece in pieces] == [
        ("ค้าง", 0, 4, True),
        ("ค่าแรง", 4, 10, True),
        ("350", 10, 13, False),
        ("บาท", 13, 16, True),
    ]


@given(st.text(st.sampled_from(THAI), max_size=900))
@settings(deadline=None, max_examples=60)
def test_nothing_of_a_thai_text_is_lost(text: str) -> None:
    pieces = list(divide(text))
    assert "".join(piece.text for piece in pieces) == text
    assert all(before.end == after.at for before, after in pairwise(pieces))
    assert all(len(piece.text) <= LONGEST for piece in pieces)


def test_windows_cut_no_word_in_two() -> None:
    sentence = "คนงานก่อสร้างไม่ได้รับค่าจ้าง"
    once = words(sentence)
    assert len(sentence) * 20 > 2 * WINDOW
    for lead in range(len(once)):
        text = "".join(once[lead:]) + sentence * 20
        assert words(text) == [*once[lead:], *once * 20]


@pytest.mark.parametrize("hostile", ["ก", "กา", "ตากลม", "อา", "การ", "มากกว่า", "เ", "\u0e48", "9", "a"])
def test_hostile_text_costs_what_its_length_costs(hostile: str) -> None:
    def seconds(length: int) -> float:
        text = (hostile * length)[:length]
        begun = time.process_time()
        assert "".join(words(text)) == text
        return time.process_time() - begun

    seconds(10)
    assert seconds(10_000) < 1.0


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("โรงงาน", ["โรง", "งาน"]),
        ("จ่ายเงินเดือน", ["จ่าย", "เงิน", "เดือน"]),
        ("รถสิบล้อ", ["รถ", "สิบ", "ล้อ"]),
        ("ยาแก้ปวด", ["ยา", "แก้", "ปวด"]),
        ("ลูกจ้าง", ["ลูกจ้าง"]),
        ("เวลา", ["เวลา"]),
        ("อายุ", ["อายุ"]),
        ("งาน", ["งาน"]),
        ("สมชัย", ["สมชัย"]),
    ],
)
def test_a_compound_is_divided_where_its_parts_say_what_it_means(word: str, parts: list[str]) -> None:
    ends = [0, *inner_edges(word), len(word)]
    assert [word[begin:end] for begin, end in pairwise(ends)] == parts
