"""How names sound: the soundex on known words, and keys by which spellings of one name meet."""

import pytest

from casework.rules.sounds import keys_of, lk82, skeleton


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("รัก", "ร1000"), ("ลัก", "ร1000"), ("รักษ์", "ร1000"), ("รถ", "ร3000"), ("เกาะ", "กB900"),
        ("บูรณะ", "บE400"), ("ปัจจุบัน", "ป3E54"), ("เหตุ", "ฮB300"), ("เหด", "ฮB300"), ("สุข", "ซE100"),
        ("อยู่", "อ7E00"), ("รวย", "ร0000"), ("ไ", "7"), ("สมชาย", "ซ6397"), ("สมชัย", "ซ6370"), ("", ""), ("์", ""),
    ],
)  # fmt: skip
def test_a_word_has_the_key_of_its_sound(word: str, key: str) -> None:
    assert lk82(word) == key.ljust(5, "0") if key else lk82(word) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("ศรี", "สี"), ("ประเสริฐ", "ประเสริด"), ("ณัฐ", "นัฐ"), ("จันทร์", "จัน"), ("พรทิพย์", "พรทิพ"), ("ณรงค์", "นะรง")],
)
def test_spellings_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert keys_of([one]) & keys_of([other])


@pytest.mark.parametrize(
    ("thai", "latin", "bones"),
    [
        ("สมชาย", "Somchai", "SMC"), ("ประเสริฐ", "Prasert", "PLSLT"), ("พิพัฒน์", "Phiphat", "PT"),
        ("สมศักดิ์", "Somsak", "SMSK"), ("วิชัย", "Vichai", "WC"), ("ทรงชัย", "Songchai", "SGC"), ("ใจดี", "Jaïdée", "CT"),
    ],
)  # fmt: skip
def test_both_scripts_have_one_skeleton(thai: str, latin: str, bones: str) -> None:
    assert (skeleton(thai), skeleton(latin)) == (bones, bones)


def test_a_name_of_one_consonant_has_no_skeleton_to_be_found_by() -> None:
    assert keys_of(["ดี", "li", ""]) == {lk82("ดี"), "li"}
