"""Words of notices: what a post or an office is told about a case, and which of them."""

from models.vocabulary import Word


class NoticeReason(Word):
    """Why somebody is told about a case."""

    REFERRAL_UNANSWERED = (
        "REFERRAL_UNANSWERED",
        "การส่งต่อยังไม่มีผู้ตอบ",
        "A referral was not answered in time.",
    )
    REFERRAL_LAPSED = "REFERRAL_LAPSED", "การส่งต่อไม่มีผู้ตอบ ส่งกลับแล้ว", "A referral that nobody answered has gone back."
    RESULT_LATE = "RESULT_LATE", "ยังไม่รายงานผลตามกำหนด", "The result of a referral was not reported in time."
    REVIEW_PASSED = "REVIEW_PASSED", "เลยวันนัดทบทวนเรื่อง", "The case waits past the day on which it was to be looked at."
    NOBODY_THERE = "NOBODY_THERE", "ตำแหน่งที่ถือเรื่องไม่มีผู้ดำรงตำแหน่ง", "Nobody fills the post or office that holds the case."
    RIGHT_ENDING = "RIGHT_ENDING", "สิทธิของผู้ร้องใกล้หมดเวลา", "A right of the citizen is lost soon unless somebody acts."
    DUTY_MISSED = "DUTY_MISSED", "หน่วยงานไม่ดำเนินการตามเวลาที่กฎหมายกำหนด", "An office has let the time of a law pass."
    SILENT = "SILENT", "ไม่มีความเคลื่อนไหวในเรื่อง", "Nobody has done anything with the case for a while."


class NoticeTo(Word):
    """Who is told, by where they stand to the case."""

    HOLDER = "HOLDER", "เจ้าของเรื่อง", "Whoever holds the case."
    OFFICE_ADDRESSED = "OFFICE_ADDRESSED", "หน่วยงานผู้รับ", "The office to which the referral was sent."
    VOLUNTEER = "VOLUNTEER", "อาสาสมัครของเรื่อง", "The volunteer of the case."
    MENTOR = "MENTOR", "พี่เลี้ยง", "The mentor of the amphoe."
    COORDINATOR = "COORDINATOR", "ผู้ประสานงานจังหวัด", "The coordinator of the province."
