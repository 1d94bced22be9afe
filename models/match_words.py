"""Words of matching: what speaks for it that somebody at intake is a citizen on record."""

from models.vocabulary import Word


class MatchReason(Word):
    """What speaks for one person, the strongest first."""

    IDENTIFIER = "IDENTIFIER", "เลขประจำตัวตรงกัน", "The same document: it is the same person."
    PHONE = "PHONE", "หมายเลขโทรศัพท์ตรงกัน", "The same phone number; families share one."
    NAME_SAME = "NAME_SAME", "ชื่อเดียวกัน", "The same name, perhaps in another spelling."
    NAME_LIKE = "NAME_LIKE", "ชื่อคล้ายกัน", "A similar name."
    AREA_SAME = "AREA_SAME", "อยู่ในพื้นที่เดียวกัน", "The same tambon or the same amphoe."
    AGE_LIKE = "AGE_LIKE", "อายุใกล้เคียงกัน", "The years of birth are at most one apart."
