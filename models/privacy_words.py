"""Words of the Personal Data Protection Act (PDPA): who looked, why data are erased, why they must stay."""

from models.vocabulary import Word


class AccessPurpose(Word):
    """What somebody was doing when a citizen's data were shown."""

    LIST = "LIST", "ดูรายการ", "Went through a list of cases or citizens."
    SEARCH = "SEARCH", "ค้นหา", "Searched, by words or by the start of a reference."
    RECORD = "RECORD", "เปิดดู", "Opened a case, the citizen's record, or something of them."
    MATCH = "MATCH", "ตรวจว่าเคยลงทะเบียนหรือไม่", "Compared somebody with the citizens on record, before registering."
    LIVE = "LIVE", "ติดตามสด", "Followed a case live, and was shown it when something happened."
    CHANGE = "CHANGE", "ดำเนินการ", "Changed something, and was shown the result."
    REVEAL = "REVEAL", "ดูเลขประจำตัวเต็ม", "Was shown the whole number of a document, for a reason."
    ACCESS_LOG = "ACCESS_LOG", "ดูประวัติการเข้าถึง", "Read who had looked."
    CASE_FILE = "CASE_FILE", "ส่งออกรายการเรื่อง", "Had a list of cases written into a file."
    EXPORT = "EXPORT", "ส่งออกตามคำขอ", "The operator put everything together, at the citizen's own request."


class ErasureGround(Word):
    """Why the personal data of a citizen are erased."""

    RETENTION_ENDED = "RETENTION_ENDED", "พ้นกำหนดเก็บรักษา", "The data are needed no longer (PDPA ss.33(1), 37(3))."
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN", "ถอนความยินยอม", "The person withdrew the consent (PDPA s.33(2))."
    OBJECTION = "OBJECTION", "คัดค้านการประมวลผล", "The person objected, and nothing outweighs it (PDPA s.33(3))."
    UNLAWFUL = "UNLAWFUL", "เก็บข้อมูลโดยไม่ชอบ", "The data were collected or used unlawfully (PDPA s.33(4))."


class HoldGround(Word):
    """Why the personal data of a citizen must stay whatever else is due; one hold of a ground stands at a time."""

    LITIGATION = "LITIGATION", "คดีในศาล", "A claim is before a court, or about to be."
    INVESTIGATION = "INVESTIGATION", "การสืบสวนสอบสวน", "The police or another authority investigates."
    AUDIT = "AUDIT", "การตรวจสอบ", "Auditors or an inquiry of the ministry examine the case."
    RESTRICTION = "RESTRICTION", "ผู้ร้องขอให้เก็บไว้", "The person needs the data for a claim of their own (PDPA s.34)."


class Obstacle(Word):
    """What stands against erasing the personal data of a citizen."""

    LEGAL_HOLD = (
        "LEGAL_HOLD",
        "มีคำสั่งให้เก็บข้อมูลไว้ ต้องยกเลิกคำสั่งก่อน",
        "A legal hold stands; it is released first.",
    )
    OPEN_CASE = (
        "OPEN_CASE",
        "ยังมีเรื่องที่ไม่สิ้นสุด ต้องดำเนินการให้สิ้นสุดก่อน",
        "A case has not ended; it is brought to its end first.",
    )
    OPEN_REFERRAL = (
        "OPEN_REFERRAL",
        "ยังมีการส่งต่อที่ไม่เสร็จ ต้องรอหรือดึงกลับก่อน",
        "A referral is open; it is waited for or recalled first.",
    )
    RETENTION_RUNS = (
        "RETENTION_RUNS",
        "ยังไม่พ้นกำหนดเก็บรักษา",
        "The time for which the data are kept has not passed.",
    )
