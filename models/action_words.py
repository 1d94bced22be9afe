"""Words of what may be done, with a case, a referral, a citizen's record and a post."""

from models.vocabulary import Word


class CaseAction(Word):
    """What can be done to a case; ask `viewerCan` before showing a button."""

    ASSIGN = "ASSIGN", "มอบหมาย", "`assignCase`."
    ANSWER_ASSIGNMENT = "ANSWER_ASSIGNMENT", "ตอบรับการมอบหมาย", "`acceptAssignment` and `declineAssignment`."
    UPDATE_STATUS = "UPDATE_STATUS", "เปลี่ยนสถานะ", "`updateCaseStatus` along the course of the work."
    END = "END", "ยุติก่อนกำหนด", "`updateCaseStatus` to WITHDRAWN or OUT_OF_SCOPE."
    RECORD_OUTCOME = "RECORD_OUTCOME", "บันทึกผล", "`recordOutcome`."
    CONFIRM_CLOSING = "CONFIRM_CLOSING", "ยืนยันผล", "`confirmClosing`."
    DISPUTE_CLOSING = "DISPUTE_CLOSING", "โต้แย้งผล", "`disputeClosing`."
    APPROVE_CLOSING = "APPROVE_CLOSING", "เห็นชอบให้ยุติ", "`approveClosing`."
    REOPEN = "REOPEN", "เปิดเรื่องใหม่", "`reopenCase`."
    MERGE = "MERGE", "รวมเรื่อง", "`mergeCases`, for each of the two cases."
    UNMERGE = "UNMERGE", "แยกเรื่อง", "`unmergeCases`, for the case that was merged."
    REFER = "REFER", "ส่งต่อ", "`referCase`."
    REFER_TOGETHER = "REFER_TOGETHER", "ส่งต่อพร้อมกัน", "`referIncident`, for each of its cases."
    ADD_NOTE = "ADD_NOTE", "บันทึก", "`addNote`."
    ADD_ATTACHMENT = "ADD_ATTACHMENT", "แนบไฟล์", "`requestUpload` and `confirmUpload`."
    ADD_PARTY = "ADD_PARTY", "เพิ่มผู้เกี่ยวข้อง", "`addParty`."
    KEEP_CLOCKS = "KEEP_CLOCKS", "ดูแลกำหนดเวลา", "`recordKeyDate`; for the agency whose duty it is `extendDeadline`."
    FIELD_WORK = "FIELD_WORK", "งานลงพื้นที่", "`recordVisit`, `addTask`, `completeTask` and `checkDocument`."
    RENEW_TRACKING_CODE = "RENEW_TRACKING_CODE", "ออกรหัสติดตามใหม่", "`renewTrackingCode`."
    FOLLOW = "FOLLOW", "ติดตาม", "`followCase` and `unfollowCase`."


class ReferralAction(Word):
    """What can be done to a referral."""

    RECEIVE = "RECEIVE", "ลงรับ", "`receiveReferral`."
    ACCEPT = "ACCEPT", "รับดำเนินการ", "`acceptReferral`."
    REJECT = "REJECT", "ไม่รับ", "`rejectReferral`."
    REQUEST_INFO = "REQUEST_INFO", "ขอข้อมูลเพิ่ม", "`requestReferralInfo`."
    START = "START", "เริ่มดำเนินการ", "`startReferral`."
    COMPLETE = "COMPLETE", "รายงานผล", "`completeReferral`."
    RETURN = "RETURN", "คืนเรื่อง", "`returnReferral`."
    ANSWER_INFO = "ANSWER_INFO", "ให้ข้อมูลเพิ่ม", "`answerReferralInfo`."
    RECALL = "RECALL", "ดึงกลับ", "`recallReferral`."
    DISPUTE = "DISPUTE", "โต้แย้งผล", "`disputeReferral`."
    RENEW_DISCLOSURE = "RENEW_DISCLOSURE", "ต่ออายุการเปิดเผย", "`renewDisclosure`."


class CitizenAction(Word):
    """What can be done to a citizen's record."""

    UPDATE = "UPDATE", "แก้ไขข้อมูล", "`updateCitizen`."
    OPEN_CASE = "OPEN_CASE", "เปิดเรื่อง", "`openCase` for this citizen."
    REVEAL_IDENTIFIER = "REVEAL_IDENTIFIER", "ดูเลขประจำตัวเต็ม", "`revealIdentifier`."
    READ_ACCESS_LOG = "READ_ACCESS_LOG", "ดูประวัติการเข้าถึง", "`accessLog` of the citizen."
    MERGE = "MERGE", "รวมทะเบียน", "`mergeCitizens`, for each of the two records."
    UNMERGE = "UNMERGE", "แยกทะเบียน", "`unmergeCitizens`, for the record that was merged."


class SeatAction(Word):
    """What can be done to a post."""

    CREATE = "CREATE", "ตั้งตำแหน่ง", "`createSeat` of such a post at such a place."
    APPOINT = "APPOINT", "แต่งตั้ง", "`appointIncumbent`."
    END_INCUMBENCY = "END_INCUMBENCY", "ให้พ้นตำแหน่ง", "`endIncumbency`."
    PLAN_ABSENCE = "PLAN_ABSENCE", "แจ้งไม่อยู่", "`planAbsence` and `cancelAbsence`."
    READ_LOAD = "READ_LOAD", "ดูภาระงาน", "`Seat.load`: how much the post has on its hands."
    HAND_OVER = "HAND_OVER", "ส่งมอบตำแหน่ง", "`handoverSeat`."
    CONFIRM_HANDOVER = "CONFIRM_HANDOVER", "รับมอบตำแหน่ง", "`confirmHandover`."
    READ_HANDOVERS = "READ_HANDOVERS", "ดูการส่งมอบ", "`Seat.handovers`: what lay with the post when people left it."
    READ_STATEMENTS = "READ_STATEMENTS", "ดูรายงานประจำเดือน", "`Seat.statement`: what the post did in a month."
    DISPUTE_STATEMENT = "DISPUTE_STATEMENT", "โต้แย้งรายงานประจำเดือน", "`disputeStatement`."
    ANSWER_STATEMENT = "ANSWER_STATEMENT", "ตอบข้อโต้แย้ง", "`correctStatement` and `upholdStatement`."
