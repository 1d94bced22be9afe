"""Names of employers and recruiters, folded so that one firm is recognised however its name was written down.

What is left out tells nothing of who it is: the legal form, titles, spaces, punctuation and marks of tone.
"""

import re
import unicodedata

from casework.rules.texts import ascii_digits

LEAST = 3
"""Fewer letters than this name nobody."""
_PARTNERSHIPS = ("ห้างหุ้นส่วนจำกัด", "ห้างหุ้นส่วนสามัญนิติบุคคล", "ห้างหุ้นส่วนสามัญ", "ห้างหุ้นส่วน")
_FORMS = (*_PARTNERSHIPS, "บริษัท", "บมจ", "บจก", "หจก", "หสน", "บจ", "ร้านค้า", "ร้าน", "กิจการ")
_TITLES = ("นางสาว", "นาย", "นาง", "นส")
_ENDS = ("จำกัด", "มหาชน", "ประเทศไทย", "สำนักงานใหญ่")
_WORDS = frozenset(
    {
        "จก", "co", "company", "ltd", "limited", "plc", "pcl", "public", "inc", "incorporated", "corp", "corporation",
        "part", "partnership", "lp", "llc", "the", "thailand", "mr", "mrs", "ms", "miss",
    }
)  # fmt: skip
_SAY_NOTHING = (
    "นายจ้าง", "ผู้รับเหมา", "เถ้าแก่", "หัวหน้างาน", "เจ้าของร้าน", "เจ้าของ", "โรงงาน", "ก่อสร้าง", "นายหน้า", "ผู้จัดหางาน",
    "ไม่ทราบ", "ไม่ทราบชื่อ", "ไม่รู้", "ไม่รู้ชื่อ", "ไม่ระบุ", "ไม่ระบุชื่อ", "ไม่มี", "ไม่มีชื่อ", "ไม่ประสงค์ออกนาม",
    "unknown", "none", "employer", "recruiter", "noname",
)  # fmt: skip
_TONES = re.compile(r"[\u0e48-\u0e4b]")
_SHORT_FORM = re.compile(r"^\s*บ\s*\.(?!\s*[ก-ฮ]\s*\.)")
"""`บ.` is short for a company; without its dot it is a letter like others, and in `บ.จ.ก.` part of a longer form."""


def employer_key(name: str) -> str | None:
    """Give what tells the firm or the person apart; None for a name that could be anybody's."""
    plain = unicodedata.normalize("NFKC", ascii_digits(_SHORT_FORM.sub("", name))).casefold()
    words = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain).split()
    folded = _without_tones("".join(word for word in words if word not in _WORDS))
    if folded in _NAMELESS:
        return None
    key = _without_ends(_without_starts(folded))
    return None if key in _NAMELESS or sum(char.isalpha() for char in key) < LEAST else key


def _without_tones(text: str) -> str:
    return _TONES.sub("", unicodedata.normalize("NFKC", text))


def _without_starts(text: str) -> str:
    for starts in (_STARTS_OF_FIRMS, _STARTS_OF_PEOPLE):
        text = next((text.removeprefix(start) for start in starts if text.startswith(start)), text)
    return text


def _without_ends(text: str) -> str:
    """Take the ends off until none is left: `จำกัด (มหาชน)` are two."""
    shorter = next((text.removesuffix(end) for end in _ENDS_FOLDED if text.endswith(end)), text)
    return text if shorter == text else _without_ends(shorter)


_STARTS_OF_FIRMS, _STARTS_OF_PEOPLE, _ENDS_FOLDED = (
    tuple(_without_tones(word) for word in words) for words in (_FORMS, _TITLES, _ENDS)
)
_NAMELESS = frozenset(_without_tones(word) for word in _SAY_NOTHING)
