"""What stands against a change of a record of a person."""

SENTENCES = {
    "IDENTIFIER_KNOWN": (
        "ผู้ร้องมีเลขประจำตัวนี้อยู่แล้ว",
        "The citizen's record has this document already.",
    ),
    "CITIZENS_SAME": (
        "รวมทะเบียนเข้ากับตัวเองไม่ได้ กรุณาเลือกอีกทะเบียนหนึ่ง",
        "A record cannot be merged with itself; name another.",
    ),
    "CITIZEN_MERGED": (
        "ทะเบียนนี้รวมเข้ากับอีกทะเบียนหนึ่งแล้ว กรุณาใช้ mergedInto",
        "This record was merged into another one; use its `mergedInto`.",
    ),
    "CITIZEN_HAS_MERGED": (
        "มีทะเบียนอื่นรวมอยู่ในทะเบียนนี้ กรุณารวมในทางกลับกัน หรือแยกทะเบียนเหล่านั้นก่อน",
        "Other records were merged into this one; merge the other way round, or undo those merges first.",
    ),
    "CITIZEN_NOT_MERGED": (
        "ทะเบียนนี้ไม่ได้รวมกับทะเบียนใด",
        "This record stands by itself; name one that was merged.",
    ),
    "CITIZENS_SHARE_CASES": (
        "มีเรื่องของสองทะเบียนที่รวมกันอยู่ กรุณาแยกเรื่องก่อน",
        "A case of one record is merged into a case of the other; undo that merge first.",
    ),
    "BIRTH_YEAR_INVALID": (
        "ปีเกิดไม่ถูกต้อง กรุณาส่งปีคริสต์ศักราชระหว่าง {earliest} ถึง {latest}",
        "Give the year of birth in the Christian era, from {earliest} to {latest}.",
    ),
    "NOTHING_TO_MATCH": (
        "กรุณาระบุชื่อและนามสกุล หมายเลขโทรศัพท์ หรือเลขประจำตัว",
        "Give given name and family name, a phone number or a document.",
    ),
    "CITIZEN_ERASED": (
        "ข้อมูลผู้ร้องถูกลบแล้ว กรุณาลงทะเบียนใหม่",
        "The data were erased; register anew.",
    ),
}
