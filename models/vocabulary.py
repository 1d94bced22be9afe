"""Every word of the domain that has a closed set of values, each with its Thai name and meaning."""

from enum import IntEnum, IntFlag, StrEnum
from typing import Self


class Word(StrEnum):
    """A closed set of codes; each member also has the ministry's Thai word and a description for clients."""

    th: str
    description: str

    def __new__(cls, code: str, th: str = "", description: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.th = th
        member.description = description
        return member


class AreaLevel(Word):
    """The three levels of Thailand's local administration that Prasan works with."""

    PROVINCE = "PROVINCE", "จังหวัด", "A province, 2-digit code."
    AMPHOE = "AMPHOE", "อำเภอ", "An amphoe (in Bangkok: khet), 4-digit code."
    TAMBON = "TAMBON", "ตำบล", "A tambon (in Bangkok: khwaeng), 6-digit code."


class SeatKind(Word):
    """What a post is there for."""

    VOLUNTEER = "VOLUNTEER", "อาสาสมัครแรงงาน", "A labour volunteer of one tambon."
    MENTOR = "MENTOR", "พี่เลี้ยงอาสาสมัครแรงงาน", "The mentor of the volunteers of one amphoe."
    OFFICER = "OFFICER", "เจ้าหน้าที่", "An officer of an agency's office."
    OFFICE_HEAD = "OFFICE_HEAD", "หัวหน้าสำนักงาน", "The head of an agency's office."
    COORDINATOR = "COORDINATOR", "ผู้ประสานงานจังหวัด", "The coordinator of a province, at its provincial labour office."
    AUDITOR = "AUDITOR", "ผู้ตรวจสอบ", "A national auditor; sees no personal data."
    ADMIN = "ADMIN", "ผู้ดูแลระบบ", "Keeps the directory of posts; sees no cases."


class IncumbencyKind(Word):
    """How a person fills a post."""

    PRIMARY = "PRIMARY", "ตัวจริง", "The person appointed to the post."
    COVER = "COVER", "รักษาการ", "Somebody who looks after the post meanwhile."


class Language(Word):
    """Languages in which a citizen can be spoken to."""

    TH = "TH", "ไทย", "Thai."
    LO = "LO", "ลาว", "Lao."
    MY = "MY", "พม่า", "Burmese."
    KM = "KM", "เขมร", "Khmer."
    VI = "VI", "เวียดนาม", "Vietnamese."
    ZH = "ZH", "จีน", "Chinese."
    EN = "EN", "อังกฤษ", "English."


class IdentifierKind(Word):
    """Documents that identify a citizen."""

    NATIONAL_ID = "NATIONAL_ID", "เลขประจำตัวประชาชน", "Thai national ID, 13 digits with a check digit."
    PASSPORT = "PASSPORT", "หนังสือเดินทาง", "Passport number, as printed."
    PINK_CARD = "PINK_CARD", "บัตรชมพู", "Number of the pink card of a person without Thai nationality, 13 digits."


class ContactKind(Word):
    """Ways to reach a citizen."""

    PHONE = "PHONE", "โทรศัพท์", "A phone number in E.164."
    ADDRESS = "ADDRESS", "ที่อยู่", "House number, moo and road; the tambon stands apart."


class Channel(Word):
    """How a case reached the service."""

    VOLUNTEER = "VOLUNTEER", "ผ่านอาสาสมัคร", "A volunteer took the case in the tambon."
    WALK_IN = "WALK_IN", "มาด้วยตนเอง", "The citizen came to an office."
    HOTLINE = "HOTLINE", "สายด่วน", "The citizen called a hotline."
    ONLINE = "ONLINE", "ออนไลน์", "The citizen wrote online."


class Priority(Word):
    """How soon a case wants attention."""

    LOW = "LOW", "ไม่เร่งด่วน", "Can wait."
    NORMAL = "NORMAL", "ปกติ", "As usual."
    URGENT = "URGENT", "เร่งด่วน", "Before everything else."


class CaseState(Word):
    """Where a case stands."""

    NEW = "NEW", "รับแจ้ง", "Reported; nobody has screened it yet."
    SCREENING = "SCREENING", "คัดกรอง", "The holder finds out what it is about and who is responsible."
    IN_PROGRESS = "IN_PROGRESS", "กำลังดำเนินการ", "Work is going on."
    WAITING_CITIZEN = "WAITING_CITIZEN", "รอข้อมูลผู้ร้อง", "Waits for the citizen until the review date."
    WAITING_AGENCY = "WAITING_AGENCY", "รอผลหน่วยงาน", "Waits for an agency until the review date."
    RESOLVED = "RESOLVED", "แจ้งผลแล้ว", "Every problem has an outcome and the citizen was told."
    CLOSED = "CLOSED", "ยุติเรื่อง", "Closed: confirmed, timed out or approved."
    WITHDRAWN = "WITHDRAWN", "ถอนเรื่อง", "The citizen withdrew it."
    MERGED = "MERGED", "รวมเรื่อง", "Goes on in another case."
    OUT_OF_SCOPE = "OUT_OF_SCOPE", "นอกอำนาจ", "Not a matter for the Ministry."


class Outcome(Word):
    """What came of a problem; apart from the state of its case."""

    PAID = "PAID", "ได้รับเงิน", "The money was paid."
    BENEFIT_APPROVED = "BENEFIT_APPROVED", "อนุมัติสิทธิประโยชน์", "A benefit or compensation was approved."
    ORDERED = "ORDERED", "มีคำสั่ง", "An official ordered the employer to act."
    SETTLED = "SETTLED", "ไกล่เกลี่ยสำเร็จ", "The parties settled."
    REGISTERED = "REGISTERED", "ขึ้นทะเบียนแล้ว", "The person or employer was registered."
    PLACED = "PLACED", "ได้งานทำ", "The person was placed in a job."
    TRAINED = "TRAINED", "ได้รับการฝึก", "The person was trained or tested."
    ADVISED = "ADVISED", "ได้รับคำแนะนำ", "The question was answered."
    REJECTED = "REJECTED", "ไม่เข้าเงื่อนไข", "The claim was turned down."
    UNREACHABLE = "UNREACHABLE", "ติดต่อไม่ได้", "The citizen could not be reached."


class ReferralKind(Word):
    """What a referral asks of the office."""

    REFER = "REFER", "ส่งต่อ", "Work on one problem; the holder stays accountable."
    TRANSFER = "TRANSFER", "โอนเรื่อง", "Take the whole case over; the holder changes when it is accepted."
    CONSULT = "CONSULT", "ขอความเห็น", "Give an opinion; the report sets no outcome."
    INFORM = "INFORM", "เพื่อทราบ", "Take note; registering it completes it, and nobody waits for an answer."


class ReferralState(Word):
    """Where a referral stands."""

    SENT = "SENT", "ส่งแล้ว", "Sent; the office has not registered it."
    RECEIVED = "RECEIVED", "ลงรับ", "The office registered it and can read the case."
    ACCEPTED = "ACCEPTED", "รับดำเนินการ", "The office will do it."
    IN_PROGRESS = "IN_PROGRESS", "กำลังดำเนินการ", "The office works on it."
    NEEDS_INFO = "NEEDS_INFO", "ขอข้อมูลเพิ่ม", "The office asked the sender something; its clock stands still."
    COMPLETED = "COMPLETED", "รายงานผล", "The office reported; a transfer was taken over, an information noted."
    DISPUTED = "DISPUTED", "โต้แย้งผล", "The sender does not accept the result; the office takes it up again."
    REJECTED = "REJECTED", "ไม่รับ", "The office refused it, with a reason."
    RECALLED = "RECALLED", "ดึงกลับ", "The sender took it back."
    RETURNED = "RETURNED", "คืนเรื่อง", "The office gave it back after accepting, or the case ended meanwhile."
    LAPSED = "LAPSED", "ไม่มีผู้ตอบ", "Nobody answered in time; the sender has the matter back."


class ReasonCategory(Word):
    """Why a referral was sent or refused, without any word about the person."""

    COMPETENCE = "COMPETENCE", "อยู่ในอำนาจหน้าที่", "It belongs to that office by law."
    SPECIALIST = "SPECIALIST", "ต้องการความเชี่ยวชาญ", "It needs that office's expertise."
    LOCATION = "LOCATION", "ตามพื้นที่", "The workplace or the home lies there."
    JOINT_WORK = "JOINT_WORK", "ทำงานร่วมกัน", "Several offices must act together."
    NOT_COMPETENT = "NOT_COMPETENT", "ไม่อยู่ในอำนาจหน้าที่", "It does not belong to that office."
    DUPLICATE = "DUPLICATE", "เรื่องซ้ำ", "The office already has this matter."
    INCOMPLETE = "INCOMPLETE", "ข้อมูลไม่ครบ", "The office cannot begin with what it was given."
    SENT_IN_ERROR = "SENT_IN_ERROR", "ส่งผิด", "The sender made a mistake."
    CIRCUMSTANCES_CHANGED = "CIRCUMSTANCES_CHANGED", "ข้อเท็จจริงเปลี่ยน", "Things changed meanwhile."


class ClosingGround(Word):
    """Why a resolved case could be closed."""

    CONFIRMED = "CONFIRMED", "ผู้ร้องยืนยัน", "The citizen confirmed the result."
    TIMED_OUT = "TIMED_OUT", "พ้นกำหนดโต้แย้ง", "Nobody disputed the result in time."
    APPROVED = "APPROVED", "ผู้มีอำนาจเห็นชอบ", "A second person approved the closing of a sensitive case."


class PartyKind(Word):
    """What another person or firm has to do with a case."""

    EMPLOYER = "EMPLOYER", "นายจ้าง", "Employs or employed the citizen."
    RECRUITER = "RECRUITER", "ผู้จัดหางาน", "Recruited the citizen, or promised to."
    WITNESS = "WITNESS", "พยาน", "Saw or knows something."
    HEIR = "HEIR", "ทายาท", "Inherits the citizen's claims."
    REPRESENTATIVE = "REPRESENTATIVE", "ผู้แทน", "Acts for the citizen."


class LegalBasis(Word):
    """The ground in the PDPA on which personal data are disclosed to another office."""

    CONSENT = "CONSENT", "ความยินยอม", "The person consented (PDPA s.19)."
    PUBLIC_TASK = "PUBLIC_TASK", "ภารกิจสาธารณะ", "A task in the public interest (PDPA s.24(4))."
    LEGAL_DUTY = "LEGAL_DUTY", "หน้าที่ตามกฎหมาย", "A duty by law (PDPA s.24(6))."
    VITAL_INTEREST = "VITAL_INTEREST", "ป้องกันอันตรายต่อชีวิต", "To prevent danger to life or health (PDPA s.24(2))."


class DisclosedField(Word):
    """Personal data beyond level WORK that a referral may disclose to the office."""

    PHONES = "PHONES", "โทรศัพท์", "The citizen's phone numbers."
    ADDRESSES = "ADDRESSES", "ที่อยู่", "The citizen's addresses."
    IDENTIFIERS = "IDENTIFIERS", "เลขประจำตัว", "The last four characters of the citizen's identifiers."


class Disclosure(IntFlag):
    """`DisclosedField` as bits, the way `participation.discloses` keeps it."""

    NOTHING = 0
    PHONES = 1
    ADDRESSES = 2
    IDENTIFIERS = 4


class Level(IntEnum):
    """How much of a case an actor sees; a field belongs to the lowest level that shows it."""

    STATUS = 1
    ANONYMOUS = 2
    WORK = 3
    FULL = 4


class AccessLevel(Word):
    """`Level` by name, as clients see it."""

    STATUS = "STATUS", "สถานะ", "Reference, problem types, state, offices involved, dates and clocks."
    ANONYMOUS = "ANONYMOUS", "ไม่ระบุตัวบุคคล", "Also title, priority, outcomes and events, but no person and no text."
    WORK = "WORK", "ปฏิบัติงาน", "Also the citizen's name, the narrative and the notes."
    FULL = "FULL", "ทั้งหมด", "Also phones, addresses and the last characters of identifiers."


class AccessSource(Word):
    """Why an actor sees a case."""

    OPENED = "OPENED", "เป็นผู้รับเรื่อง", "The seat or office opened it."
    HOLDER = "HOLDER", "เป็นเจ้าของเรื่อง", "The seat or office holds it."
    ASSIGNMENT = "ASSIGNMENT", "ได้รับมอบหมาย", "The seat was asked to take it, or takes part as its volunteer."
    REFERRAL = "REFERRAL", "ได้รับการส่งต่อ", "It was referred to the office."
    AREA = "AREA", "ตามพื้นที่", "The case lies in the seat's amphoe or province."
    AUDIT = "AUDIT", "ตรวจสอบ", "The seat audits."


class AssignmentState(Word):
    """Where an assignment to a volunteer seat stands."""

    PROPOSED = "PROPOSED", "รอตอบรับ", "The seat has not answered."
    ACCEPTED = "ACCEPTED", "ตอบรับ", "The seat took the case."
    DECLINED = "DECLINED", "ปฏิเสธ", "The seat declined, with a reason."
    SUPERSEDED = "SUPERSEDED", "ยกเลิก", "Another assignment or the end of the case took its place."


class Audience(Word):
    """Whom a note or an event is written for."""

    CASE = "CASE", "ผู้เกี่ยวข้องทุกฝ่าย", "Everybody who may read the case."
    OWN_AGENCY = "OWN_AGENCY", "ภายในหน่วยงาน", "The author's own agency."
    HOLDER_ONLY = "HOLDER_ONLY", "เฉพาะเจ้าของเรื่อง", "The holder of the case and the author."
    CITIZEN = "CITIZEN", "แจ้งผู้ร้องได้", "Everybody who may read the case, and the citizen."


class SubjectKind(Word):
    """What the journal keeps a chain of events about."""

    CASE = "CASE", "เรื่อง", "A case."
    CITIZEN = "CITIZEN", "ประชาชน", "A citizen."
    SEAT = "SEAT", "ตำแหน่ง", "A post, and who fills it."
    WEBHOOK = "WEBHOOK", "ปลายทางรับข่าว", "An office's webhook."
    ACTIVITY = "ACTIVITY", "กิจกรรม", "An activity of an office, and who takes part in it."


class EventKind(Word):
    """What happened; always in the past tense."""

    CITIZEN_REGISTERED = "CITIZEN_REGISTERED", "ลงทะเบียนผู้ร้อง", "A citizen was registered."
    CITIZEN_UPDATED = "CITIZEN_UPDATED", "แก้ไขข้อมูลผู้ร้อง", "A citizen's record was corrected."
    CITIZEN_MERGED = "CITIZEN_MERGED", "รวมทะเบียนผู้ร้อง", "The record goes on in another one of the same person."
    CITIZEN_ABSORBED = "CITIZEN_ABSORBED", "รับทะเบียนที่รวม", "Another record of the same person goes on in this one."
    CITIZEN_UNMERGED = "CITIZEN_UNMERGED", "แยกทะเบียนผู้ร้อง", "The record goes on by itself again, with its cases."
    CITIZEN_RELEASED = "CITIZEN_RELEASED", "คืนทะเบียนที่รวม", "The other record goes on by itself again."
    IDENTIFIER_REVEALED = (
        "IDENTIFIER_REVEALED",
        "ดูเลขประจำตัวเต็ม",
        "Somebody was shown a whole identifier, for a reason.",
    )
    CITIZEN_EXPORTED = "CITIZEN_EXPORTED", "ทำสำเนาข้อมูลให้ผู้ร้อง", "All that is kept about a citizen was written out."
    CITIZEN_ERASED = "CITIZEN_ERASED", "ลบข้อมูลส่วนบุคคล", "The citizen's personal data were erased, here too."
    LEGAL_HOLD_PLACED = "LEGAL_HOLD_PLACED", "สั่งให้เก็บข้อมูลไว้", "The citizen's data must stay until further notice."
    LEGAL_HOLD_RELEASED = "LEGAL_HOLD_RELEASED", "ยกเลิกคำสั่งให้เก็บข้อมูล", "A reason to keep the data has gone."
    CASE_OPENED = "CASE_OPENED", "รับแจ้งเรื่อง", "The case was opened."
    CASE_STATUS_CHANGED = "CASE_STATUS_CHANGED", "เปลี่ยนสถานะ", "The case moved to another state."
    CASE_HOLDER_CHANGED = "CASE_HOLDER_CHANGED", "เปลี่ยนเจ้าของเรื่อง", "Somebody else became accountable."
    OUTCOME_RECORDED = "OUTCOME_RECORDED", "บันทึกผล", "The holder recorded what came of a problem."
    CLOSING_DISPUTED = "CLOSING_DISPUTED", "ผู้ร้องโต้แย้งผล", "The citizen disputed the result; the work goes on."
    CASE_CLOSED = "CASE_CLOSED", "ยุติเรื่อง", "The case was closed."
    CASE_REOPENED = "CASE_REOPENED", "เปิดเรื่องใหม่", "The case was opened again."
    CASE_MERGED = "CASE_MERGED", "รวมเรื่อง", "The case goes on in another one."
    CASE_UNMERGED = "CASE_UNMERGED", "แยกเรื่อง", "The case goes on by itself again."
    CASE_ABSORBED = "CASE_ABSORBED", "รับเรื่องที่รวม", "Another case goes on in this one."
    CASE_RELEASED = "CASE_RELEASED", "คืนเรื่องที่รวม", "The other case goes on by itself again."
    KEY_DATE_RECORDED = "KEY_DATE_RECORDED", "บันทึกวันสำคัญ", "The day of an event was recorded that clocks count from."
    DEADLINE_EXTENDED = "DEADLINE_EXTENDED", "ขยายกำหนดเวลา", "A legal clock was given more time."
    NOTICE_GIVEN = "NOTICE_GIVEN", "แจ้งเตือน", "The system told a post or an office that something is overdue."
    VISIT_PLANNED = "VISIT_PLANNED", "นัดเยี่ยม", "A visit was planned."
    VISIT_RECORDED = "VISIT_RECORDED", "บันทึกการเยี่ยม", "It was recorded how a visit went."
    TASK_MADE = "TASK_MADE", "เพิ่มงานที่ต้องทำ", "Somebody wrote down something to be done."
    TASK_COMPLETED = "TASK_COMPLETED", "ทำงานเสร็จ", "Somebody did a task."
    TASK_DROPPED = "TASK_DROPPED", "ยกเลิกงาน", "Somebody found a task to be of no use any more."
    DOCUMENT_CHECKED = "DOCUMENT_CHECKED", "ตรวจเอกสาร", "Somebody said where a document of the checklist is."
    PARTY_ADDED = "PARTY_ADDED", "เพิ่มผู้เกี่ยวข้อง", "Another party was named."
    INCIDENT_JOINED = "INCIDENT_JOINED", "พบเหตุร่วมกับเรื่องอื่น", "The case was found to share something with others."
    INCIDENT_REFERRED = "INCIDENT_REFERRED", "ส่งต่อพร้อมกัน", "The case was referred together with others."
    INCIDENT_DISMISSED = "INCIDENT_DISMISSED", "ไม่ใช่เหตุร่วม", "The coordinator found no common cause with others."
    CASE_FOLLOWED = "CASE_FOLLOWED", "ติดตามเรื่อง", "A post began to follow the case."
    CASE_UNFOLLOWED = "CASE_UNFOLLOWED", "เลิกติดตามเรื่อง", "A post follows the case no longer."
    TRACKING_CODE_RENEWED = "TRACKING_CODE_RENEWED", "ออกรหัสติดตามใหม่", "The citizen got a new tracking code."
    ASSIGNMENT_PROPOSED = "ASSIGNMENT_PROPOSED", "มอบหมาย", "A volunteer seat was asked to take the case."
    ASSIGNMENT_ACCEPTED = "ASSIGNMENT_ACCEPTED", "รับมอบหมาย", "The volunteer seat took the case."
    ASSIGNMENT_DECLINED = "ASSIGNMENT_DECLINED", "ไม่รับมอบหมาย", "The volunteer seat declined."
    NOTE_ADDED = "NOTE_ADDED", "บันทึก", "A note was written."
    ATTACHMENT_ADDED = "ATTACHMENT_ADDED", "แนบไฟล์", "A file was attached; it waits to be scanned."
    ATTACHMENT_SCANNED = "ATTACHMENT_SCANNED", "ตรวจไฟล์แนบ", "An attached file was scanned, and cleared or refused."
    REFERRAL_SENT = "REFERRAL_SENT", "ส่งต่อ", "A referral was sent to an office."
    REFERRAL_RECEIVED = "REFERRAL_RECEIVED", "ลงรับ", "The office registered the referral."
    REFERRAL_ACCEPTED = "REFERRAL_ACCEPTED", "รับดำเนินการ", "The office accepted the referral."
    REFERRAL_REJECTED = "REFERRAL_REJECTED", "ไม่รับ", "The office refused the referral."
    REFERRAL_STARTED = "REFERRAL_STARTED", "เริ่มดำเนินการ", "The office began to work on it."
    REFERRAL_COMPLETED = "REFERRAL_COMPLETED", "รายงานผล", "The office reported the result."
    REFERRAL_INFO_REQUESTED = "REFERRAL_INFO_REQUESTED", "ขอข้อมูลเพิ่ม", "The office asked the sender something."
    REFERRAL_INFO_ANSWERED = "REFERRAL_INFO_ANSWERED", "ให้ข้อมูลเพิ่ม", "The sender answered the office."
    REFERRAL_DISPUTED = "REFERRAL_DISPUTED", "โต้แย้งผล", "The sender disputed the result."
    REFERRAL_RECALLED = "REFERRAL_RECALLED", "ดึงกลับ", "The sender took the referral back, or the case ended."
    REFERRAL_RETURNED = "REFERRAL_RETURNED", "คืนเรื่อง", "The office gave the referral back, or the case ended."
    REFERRAL_LAPSED = "REFERRAL_LAPSED", "ไม่มีผู้ตอบ", "Nobody answered the referral in time."
    DISCLOSURE_RENEWED = "DISCLOSURE_RENEWED", "ต่ออายุการเปิดเผย", "The sender gave what is disclosed a new end."
    SEAT_CREATED = "SEAT_CREATED", "ตั้งตำแหน่ง", "A post was made."
    INCUMBENT_APPOINTED = "INCUMBENT_APPOINTED", "แต่งตั้ง", "Somebody was appointed to a post."
    INCUMBENCY_ENDED = "INCUMBENCY_ENDED", "พ้นตำแหน่ง", "Somebody's time in a post was ended."
    INCUMBENT_CORRECTED = (
        "INCUMBENT_CORRECTED",
        "แก้ไขข้อมูลผู้ดำรงตำแหน่ง",
        "What is known of somebody in a post was corrected: the phone, the Latin name, or who signs in.",
    )
    ABSENCE_PLANNED = "ABSENCE_PLANNED", "แจ้งไม่อยู่ มีผู้ดูแลแทน", "Somebody covers a post while its volunteer is away."
    ABSENCE_CANCELLED = "ABSENCE_CANCELLED", "ยกเลิกการไม่อยู่", "An absence was cancelled or ended early."
    SEAT_HANDED_OVER = (
        "SEAT_HANDED_OVER",
        "ส่งมอบตำแหน่ง",
        "A post passed to somebody else, with a receipt of what lay with it.",
    )
    HANDOVER_CONFIRMED = "HANDOVER_CONFIRMED", "รับมอบตำแหน่ง", "Whoever took a post over confirmed the receipt."
    STATEMENT_FROZEN = (
        "STATEMENT_FROZEN",
        "ปิดยอดประจำเดือน",
        "A month ended: what the post did in it was counted, for good.",
    )
    STATEMENT_DISPUTED = "STATEMENT_DISPUTED", "โต้แย้งรายงานประจำเดือน", "Whoever fills the post disputed a statement."
    STATEMENT_CORRECTED = (
        "STATEMENT_CORRECTED",
        "แก้ไขรายงานประจำเดือน",
        "A disputed statement was counted anew, as its next version.",
    )
    STATEMENT_UPHELD = "STATEMENT_UPHELD", "ยืนตามรายงานประจำเดือน", "A disputed statement was found to be right."
    EXPORT_REQUESTED = "EXPORT_REQUESTED", "ขอส่งออกรายการเรื่อง", "Somebody asked for a list of cases as a file."
    EXPORT_READY = "EXPORT_READY", "ไฟล์ส่งออกพร้อม", "The file of an export was written."
    EXPORT_FAILED = "EXPORT_FAILED", "ส่งออกไม่สำเร็จ", "The file of an export could not be written."
    EXPORT_DOWNLOADED = (
        "EXPORT_DOWNLOADED",
        "ดาวน์โหลดไฟล์ส่งออก",
        "The file of an export was fetched by whoever asked for it.",
    )
    NOTICE_ADDRESS_SET = "NOTICE_ADDRESS_SET", "ตั้งที่อยู่รับแจ้งเตือน", "A person set or removed the own address for notices."
    WEBHOOK_REGISTERED = "WEBHOOK_REGISTERED", "ลงทะเบียนปลายทางรับข่าว", "An office registered a webhook."
    WEBHOOK_UPDATED = "WEBHOOK_UPDATED", "แก้ไขปลายทางรับข่าว", "An office changed, paused or activated a webhook."
    WEBHOOK_SECRET_ROTATED = "WEBHOOK_SECRET_ROTATED", "เปลี่ยนรหัสลับของปลายทาง", "A webhook was given a new secret."
    WEBHOOK_REMOVED = "WEBHOOK_REMOVED", "ยกเลิกปลายทางรับข่าว", "An office removed a webhook."
    WEBHOOK_DISABLED = (
        "WEBHOOK_DISABLED",
        "ระบบปิดปลายทางรับข่าว",
        "A webhook failed for days, or answered 410, and was disabled.",
    )
    DELIVERY_REPEATED = "DELIVERY_REPEATED", "ส่งซ้ำ", "An office asked for a delivery once more."
    ACTIVITY_CREATED = "ACTIVITY_CREATED", "ตั้งกิจกรรม", "An activity was planned, or one that has been was written down."
    ACTIVITY_UPDATED = "ACTIVITY_UPDATED", "แก้ไขกิจกรรม", "What was said of an activity was changed."
    ACTIVITY_CANCELLED = "ACTIVITY_CANCELLED", "ยกเลิกกิจกรรม", "An activity does not take place."
    PARTICIPANTS_INVITED = "PARTICIPANTS_INVITED", "เชิญผู้เข้าร่วม", "Posts or guests were invited to an activity."
    PARTICIPANTS_REMOVED = "PARTICIPANTS_REMOVED", "ถอนคำเชิญ", "Invitations to an activity were taken back."
    GUEST_CORRECTED = "GUEST_CORRECTED", "แก้ไขชื่อบุคคลภายนอก", "Who a guest of an activity is was corrected."
    ATTENDANCE_RECORDED = (
        "ATTENDANCE_RECORDED",
        "บันทึกการเข้าร่วม",
        "It was recorded who came to an activity, and who did not.",
    )
    ACTIVITY_OUTCOME_RECORDED = "ACTIVITY_OUTCOME_RECORDED", "บันทึกผลกิจกรรม", "What came of an activity was recorded."


class Certainty(Word):
    """How well a fact is founded."""

    H = "H", "แน่นอน", "Official text or several sources."
    M = "M", "น่าเชื่อถือ", "One good source."
    L = "L", "ยังไม่ยืนยัน", "Unconfirmed."
