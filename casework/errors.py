"""Every refusal: a code, and a sentence in Thai and English that says what to do next."""

from typing import Any

from casework.versions import Versioned
from models.vocabulary import Word


class RefusalCode(Word):
    """Why something was refused. The words in braces are filled in."""

    # Values.
    TEXT_MISSING = "TEXT_MISSING", "กรุณากรอกข้อความ", "Write something here."
    TEXT_TOO_LONG = (
        "TEXT_TOO_LONG",
        "ข้อความยาวเกิน {limit} ตัวอักษร กรุณาย่อให้สั้นลง",
        "Shorten this to {limit} characters.",
    )
    TEXT_BROKEN = (
        "TEXT_BROKEN",
        "ข้อความมีอักขระที่ใช้ไม่ได้ กรุณาพิมพ์ใหม่",
        "This text contains control or broken characters; type it anew.",
    )
    TOO_MANY = "TOO_MANY", "ระบุได้ไม่เกิน {limit} รายการ", "Give at most {limit}."
    NATIONAL_ID_INVALID = (
        "NATIONAL_ID_INVALID",
        "เลขประจำตัวประชาชนไม่ถูกต้อง กรุณาตรวจสอบเลข 13 หลัก",
        "Check the 13 digits of the national ID; the check digit does not fit.",
    )
    PINK_CARD_INVALID = (
        "PINK_CARD_INVALID",
        "เลขบัตรชมพูไม่ถูกต้อง กรุณาตรวจสอบเลข 13 หลัก",
        "Check the 13 digits of the pink card; it begins with 0, 6, 7 or 8 and the check digit must fit.",
    )
    PASSPORT_INVALID = (
        "PASSPORT_INVALID",
        "เลขหนังสือเดินทางไม่ถูกต้อง กรุณาพิมพ์ตามที่ปรากฏในเล่ม",
        "Type the passport number as printed: 5 to 12 letters and digits.",
    )
    PHONE_INVALID = (
        "PHONE_INVALID",
        "หมายเลขโทรศัพท์ไม่ถูกต้อง กรุณาตรวจสอบ",
        "Check the phone number: a Thai number, or a foreign one that begins with + and the country code.",
    )
    BANK_ACCOUNT_INVALID = (
        "BANK_ACCOUNT_INVALID",
        "เลขบัญชีธนาคารไม่ถูกต้อง กรุณาตรวจสอบเลข 10 ถึง 15 หลัก",
        "Check the number of the bank account: 10 to 15 digits.",
    )
    DATE_IN_FUTURE = "DATE_IN_FUTURE", "วันเวลาอยู่ในอนาคต กรุณาตรวจสอบ", "Check the date: it lies in the future."
    DATE_IN_PAST = "DATE_IN_PAST", "วันต้องเป็นวันในอนาคต กรุณาตรวจสอบ", "Check the date: it must lie in the future."
    DAY_OVER = "DAY_OVER", "วันนี้ผ่านไปแล้ว กรุณาเลือกวันนี้หรือวันข้างหน้า", "That day is over: choose today or a day to come."
    DATE_TOO_FAR = (
        "DATE_TOO_FAR",
        "วันอยู่ไกลเกินไป กรุณาเลือกวันไม่เกิน {limit}",
        "Choose a date not later than {limit}.",
    )
    DATE_TOO_EARLY = "DATE_TOO_EARLY", "วันเวลาเก่าเกินไป กรุณาตรวจสอบ", "Check the date: it lies too far back."
    DATES_CONTRADICT = (
        "DATES_CONTRADICT",
        "วันที่ขัดแย้งกัน: {later} ต้องไม่อยู่ก่อน {earlier} กรุณาตรวจสอบ",
        "Check these two dates: {later} cannot lie before {earlier}.",
    )
    DAYS_OUT_OF_RANGE = (
        "DAYS_OUT_OF_RANGE",
        "ระบุจำนวนวันตั้งแต่ 1 ถึง {limit}",
        "Give a number of days from 1 to {limit}.",
    )
    NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE", "ระบุจำนวนตั้งแต่ 1 ถึง {limit}", "Give a number from 1 to {limit}."
    KEY_DATE_REPEATED = (
        "KEY_DATE_REPEATED",
        "ระบุเหตุการณ์เดียวกันซ้ำ กรุณาระบุวันที่เพียงวันเดียว",
        "Give one day for each event; this one is here twice.",
    )
    PLACE_MISSING = (
        "PLACE_MISSING",
        "กรุณาระบุสถานที่อย่างน้อยหนึ่งแห่ง ที่ทำงาน ภูมิลำเนานายจ้าง หรือที่อยู่",
        "Give at least one place: the workplace, the employer's domicile or the home.",
    )
    QUESTION_UNKNOWN = (
        "QUESTION_UNKNOWN",
        "ไม่พบคำถามนี้ กรุณาดู problemTypes",
        "There is no such question; see `triageQuestions` of `problemTypes`.",
    )
    BUDDHIST_YEAR = (
        "BUDDHIST_YEAR",
        "ปีที่ระบุเป็นพุทธศักราช กรุณาส่งเป็นคริสต์ศักราช (พ.ศ. − 543)",
        "This looks like a Buddhist year; send the Christian year (B.E. minus 543).",
    )
    AMOUNT_INVALID = (
        "AMOUNT_INVALID",
        "จำนวนเงินไม่ถูกต้อง ต้องไม่ติดลบและมีทศนิยมไม่เกินสองตำแหน่ง",
        "Give an amount in baht that is not negative and has at most two decimals.",
    )
    OUTCOME_NEEDED = (
        "OUTCOME_NEEDED",
        "ระบุจำนวนเงินได้เมื่อมีผลของปัญหา",
        "Amounts belong to an outcome; give the outcome too.",
    )
    FILE_NAME_INVALID = (
        "FILE_NAME_INVALID",
        "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / หรือ \\ กรุณาส่งเฉพาะชื่อไฟล์",
        "Send the name of the file alone, without / or \\.",
    )
    FILE_EMPTY = "FILE_EMPTY", "ไฟล์ว่างเปล่า กรุณาเลือกไฟล์อื่น", "Choose another file: this one has no bytes."
    FILE_TOO_LARGE = (
        "FILE_TOO_LARGE",
        "ไฟล์ใหญ่เกิน {limit} ไบต์ กรุณาย่อไฟล์",
        "Make the file smaller: at most {limit} bytes are taken.",
    )
    SHA256_INVALID = (
        "SHA256_INVALID",
        "sha256 ต้องเป็นเลขฐานสิบหก 64 หลัก",
        "Send the SHA-256 of the file as 64 hexadecimal digits.",
    )
    UPLOAD_DIFFERS = (
        "UPLOAD_DIFFERS",
        "ไฟล์ที่ได้รับไม่ตรงกับที่แจ้งไว้ และถูกลบแล้ว กรุณาขออัปโหลดใหม่",
        "What arrived has another length or SHA-256 than announced and is deleted; ask for a new upload.",
    )
    ATTACHMENT_TYPE_MISMATCH = (
        "ATTACHMENT_TYPE_MISMATCH",
        "เนื้อไฟล์ไม่ใช่ชนิดที่แจ้งไว้ และถูกลบแล้ว กรุณาขออัปโหลดใหม่ด้วยชนิดที่ถูกต้อง",
        "The bytes are not of the announced type and are deleted; ask for a new upload with the right type.",
    )
    AREA_UNKNOWN = "AREA_UNKNOWN", "ไม่พบรหัสพื้นที่นี้", "There is no area with this code; see `areas`."
    AREA_NOT_TAMBON = "AREA_NOT_TAMBON", "กรุณาระบุรหัสตำบล 6 หลัก", "Give the 6-digit code of a tambon."
    PROBLEM_TYPE_UNKNOWN = (
        "PROBLEM_TYPE_UNKNOWN",
        "ไม่พบประเภทปัญหานี้",
        "There is no such problem type; see `problemTypes`.",
    )
    PROBLEM_MISSING = "PROBLEM_MISSING", "กรุณาระบุปัญหาอย่างน้อยหนึ่งเรื่อง", "Name at least one problem."
    PROBLEM_REPEATED = "PROBLEM_REPEATED", "ระบุปัญหาซ้ำกัน", "Name each problem type once."
    REVIEW_DATE_MISSING = (
        "REVIEW_DATE_MISSING",
        "สถานะรอต้องระบุวันติดตาม",
        "A waiting state needs a date on which somebody looks again.",
    )
    REVIEW_DATE_UNWANTED = (
        "REVIEW_DATE_UNWANTED",
        "วันติดตามใช้กับสถานะรอเท่านั้น",
        "Only a waiting state takes a review date.",
    )
    REASON_MISSING = "REASON_MISSING", "กรุณาระบุเหตุผล", "Give the reason."
    REASON_UNWANTED = (
        "REASON_UNWANTED",
        "สถานะนี้ไม่ต้องระบุเหตุผล กรุณาใช้บันทึก",
        "This state takes no reason; write a note instead.",
    )
    RESPOND_BY_TOO_LATE = (
        "RESPOND_BY_TOO_LATE",
        "กำหนดตอบรับต้องไม่ช้ากว่า {limit}",
        "The time to respond may be shortened only; it ends at {limit}.",
    )
    OUTCOME_UNWANTED = (
        "OUTCOME_UNWANTED",
        "การขอความเห็นไม่มีผลของปัญหา กรุณาส่งเฉพาะรายงาน",
        "A consultation sets no outcome; send the report alone.",
    )
    DISCLOSURE_UNWANTED = (
        "DISCLOSURE_UNWANTED",
        "การแจ้งเพื่อทราบเปิดเผยข้อมูลส่วนบุคคลไม่ได้",
        "An information discloses nothing; use REFER or CONSULT.",
    )
    RESPOND_BY_UNWANTED = (
        "RESPOND_BY_UNWANTED",
        "การแจ้งเพื่อทราบไม่มีกำหนดตอบรับ",
        "Nobody answers an information; leave the time to respond out.",
    )
    CASES_SAME = "CASES_SAME", "รวมเรื่องเข้ากับตัวเองไม่ได้", "A case cannot be merged with itself; name another."
    NOTHING_TO_CHANGE = "NOTHING_TO_CHANGE", "ไม่มีข้อมูลที่จะแก้ไข", "Give at least one value that is to change."
    IDENTIFIER_KNOWN = (
        "IDENTIFIER_KNOWN",
        "ผู้ร้องมีเลขประจำตัวนี้อยู่แล้ว",
        "The citizen's record has this document already.",
    )
    # Asking.
    CURSOR_INVALID = (
        "CURSOR_INVALID",
        "ตัวชี้ตำแหน่งใช้ไม่ได้ กรุณาเริ่มอ่านจากต้น",
        "This cursor is not one of this list's; start again without it.",
    )
    PAGE_SIZE_INVALID = (
        "PAGE_SIZE_INVALID",
        "ต้องระบุ first หรือ last อย่างใดอย่างหนึ่ง ตั้งแต่ 1 ถึง {limit}",
        "Give either `first` or `last`, from 1 to {limit}.",
    )
    REFERENCE_INVALID = (
        "REFERENCE_INVALID",
        "เลขที่เรื่องไม่ถูกต้อง กรุณาตรวจสอบตัวเลข",
        "Check the reference: a digit is wrong or missing.",
    )
    IDS_TOO_MANY = "IDS_TOO_MANY", "ขอได้ครั้งละไม่เกิน {limit} รายการ", "Ask for at most {limit} ids at once."
    PERIOD_EMPTY = (
        "PERIOD_EMPTY",
        "ช่วงเวลาไม่ถูกต้อง วันเริ่มต้องมาก่อนวันสิ้นสุด",
        "Let the beginning lie before the end.",
    )
    PERIOD_TOO_LONG = (
        "PERIOD_TOO_LONG",
        "ช่วงเวลายาวเกิน {limit} วัน กรุณาเลือกช่วงที่สั้นลง",
        "Ask for a period of at most {limit} days.",
    )
    AGENCY_UNKNOWN = "AGENCY_UNKNOWN", "ไม่พบรหัสหน่วยงานนี้", "There is no agency with this code; see `agencies`."
    SEARCH_TOO_SHORT = (
        "SEARCH_TOO_SHORT",
        "คำค้นสั้นเกินไป กรุณาพิมพ์อย่างน้อยหนึ่งคำเต็ม หรือตัวเลข",
        "Type at least one whole word, or a number, to search for.",
    )
    SEARCH_TOO_LONG = (
        "SEARCH_TOO_LONG",
        "คำค้นยาวเกิน {limit} ตัวอักษร กรุณาค้นด้วยคำสำคัญไม่กี่คำ",
        "Search with a few words: at most {limit} characters.",
    )
    # Who asks.
    NOT_SIGNED_IN = "NOT_SIGNED_IN", "กรุณาเข้าสู่ระบบ", "Sign in: send a bearer token."
    NO_SEAT = (
        "NO_SEAT",
        "บัญชีนี้ไม่มีตำแหน่งในขณะนี้ กรุณาติดต่อผู้ประสานงานจังหวัด",
        "This account fills no post now; ask the coordinator of the province.",
    )
    NOT_PERMITTED = (
        "NOT_PERMITTED",
        "ตำแหน่งของท่านทำรายการนี้ไม่ได้ กรุณาประสานเจ้าของเรื่อง",
        "Your post may not do this; ask the holder of the case.",
    )
    WAITING_NOT_SHOWN = (
        "WAITING_NOT_SHOWN",
        "ตำแหน่งของท่านดูได้เฉพาะจังหวัดหรือหน่วยงานของตน กรุณาสอบถามผู้ประสานงานจังหวัดนั้น",
        "Your post may ask this of its own province or agency at most; ask the coordinator of that province.",
    )
    DISCLOSURE_EXPIRED = (
        "DISCLOSURE_EXPIRED",
        "การเปิดเผยข้อมูลแก่สำนักงานของท่านสิ้นสุดแล้ว กรุณาขอให้ผู้ส่งต่ออายุ",
        "What was disclosed to your office has expired; ask the sender to renew it.",
    )
    SECOND_PERSON_NEEDED = (
        "SECOND_PERSON_NEEDED",
        "ผู้เห็นชอบต้องไม่ใช่ผู้แจ้งผล",
        "Somebody else than the one who resolved the case approves the closing.",
    )
    NOT_FOUND = "NOT_FOUND", "ไม่พบรายการนี้", "There is nothing here under this id for you."
    TRACKING_CODE_WRONG = (
        "TRACKING_CODE_WRONG",
        "เลขที่เรื่องกับรหัสติดตามไม่ตรงกัน กรุณาตรวจสอบทั้งสอง หรือขอรหัสใหม่จากอาสาสมัครแรงงานของท่าน",
        "Reference and code do not belong together: check both, or ask your labour volunteer for a new code.",
    )
    # The state of things.
    CASE_ENDED = (
        "CASE_ENDED",
        "เรื่องนี้สิ้นสุดแล้ว หากยุติแล้วให้เปิดเรื่องใหม่ก่อน",
        "This case has ended; if it was closed, reopen it first.",
    )
    NOT_IN_THIS_STATE = (
        "NOT_IN_THIS_STATE",
        "ทำรายการนี้ไม่ได้ในสถานะ {before}",
        "This cannot be done while the state is {before}.",
    )
    AS_OF_THE_PAST = (
        "AS_OF_THE_PAST",
        "ข้อมูลนี้เป็นของวันเวลาที่ผ่านมา กรุณาเปิดเรื่องตามสถานะปัจจุบันก่อนดำเนินการ",
        "This is how it stood at an earlier time; ask without `asOf` and act on the case as it stands now.",
    )
    CASE_RESOLVED = (
        "CASE_RESOLVED",
        "เรื่องนี้แจ้งผลแล้ว กรุณาเปิดเรื่องใหม่ก่อน",
        "The citizen was told the result already; reopen the case first.",
    )
    CASE_NOT_SCREENED = (
        "CASE_NOT_SCREENED",
        "กรุณาคัดกรองเรื่องก่อนส่งต่อ",
        "Screen the case first: move it to SCREENING, then refer it.",
    )
    CASE_STEP_ILLEGAL = (
        "CASE_STEP_ILLEGAL",
        "เปลี่ยนสถานะจาก {before} เป็น {after} ไม่ได้",
        "A case cannot go from {before} to {after}.",
    )
    OUTCOME_MISSING = (
        "OUTCOME_MISSING",
        "ยังมีปัญหาที่ไม่มีผล: {problems}",
        "Record an outcome for every problem first: {problems}.",
    )
    REFERRALS_OPEN = (
        "REFERRALS_OPEN",
        "ยังมีการส่งต่อที่ไม่เสร็จ {count} รายการ",
        "{count} referrals are still open; wait for them or recall them.",
    )
    REFERRAL_STEP_ILLEGAL = (
        "REFERRAL_STEP_ILLEGAL",
        "การส่งต่ออยู่ในสถานะ {before} จึงทำรายการนี้ไม่ได้",
        "The referral is {before}; this cannot be done now.",
    )
    REFERRAL_ALREADY_OPEN = (
        "REFERRAL_ALREADY_OPEN",
        "ปัญหานี้ส่งต่อสำนักงานนี้อยู่แล้ว",
        "This problem is already referred to this office; follow that referral.",
    )
    OFFICE_OUTSIDE_COVERAGE = (
        "OFFICE_OUTSIDE_COVERAGE",
        "สำนักงานนี้ไม่ได้รับผิดชอบพื้นที่ของเรื่อง กรุณาเลือกสำนักงานอื่น",
        "This office covers neither the case's area nor the workplace nor the home; choose another.",
    )
    OFFICE_IS_HOLDER = (
        "OFFICE_IS_HOLDER",
        "สำนักงานนี้เป็นเจ้าของเรื่องอยู่แล้ว",
        "This office holds the case already.",
    )
    PROBLEM_NOT_OF_CASE = (
        "PROBLEM_NOT_OF_CASE",
        "ปัญหานี้ไม่ได้อยู่ในเรื่องนี้",
        "The case has no problem of this type.",
    )
    AREA_OUTSIDE_PROVINCE = (
        "AREA_OUTSIDE_PROVINCE",
        "ตำบลนี้อยู่นอกจังหวัดของท่าน กรุณาให้ผู้ร้องติดต่ออาสาสมัครหรือสำนักงานในพื้นที่",
        "This tambon lies outside your province; a volunteer or an office there opens the case.",
    )
    TRANSFER_ALREADY_OPEN = (
        "TRANSFER_ALREADY_OPEN",
        "มีการโอนเรื่องที่รอตอบรับอยู่",
        "A transfer of this case is waiting for an answer; recall it first.",
    )
    TRANSFER_CYCLE = (
        "TRANSFER_CYCLE",
        "เคยโอนเรื่องนี้ให้สำนักงานนี้แล้วและถูกโอนออกมา กรุณาโอนให้สำนักงานแรงงานจังหวัดเพื่อให้ผู้ประสานงานตัดสิน",
        "You gave it to this office before: transfer it to the provincial labour office, whose coordinator decides.",
    )
    SEAT_NOT_VOLUNTEER = (
        "SEAT_NOT_VOLUNTEER",
        "มอบหมายได้เฉพาะตำแหน่งอาสาสมัคร",
        "A case can be assigned to a volunteer seat only.",
    )
    SEAT_OUTSIDE_PROVINCE = (
        "SEAT_OUTSIDE_PROVINCE",
        "อาสาสมัครอยู่นอกจังหวัดของเรื่อง",
        "This volunteer seat lies outside the province of the case.",
    )
    SEAT_EMPTY = "SEAT_EMPTY", "ตำแหน่งนี้ว่างอยู่", "Nobody fills this seat now; choose another."
    SEAT_ALREADY_VOLUNTEER = (
        "SEAT_ALREADY_VOLUNTEER",
        "อาสาสมัครนี้ดูแลเรื่องอยู่แล้ว",
        "This seat already accompanies the case.",
    )
    ASSIGNMENT_MISSING = (
        "ASSIGNMENT_MISSING",
        "ไม่มีการมอบหมายที่รอท่านตอบ",
        "No assignment of this case waits for your answer.",
    )
    CLOSING_NEEDS_APPROVAL = (
        "CLOSING_NEEDS_APPROVAL",
        "เรื่องอ่อนไหวต้องให้ผู้มีอำนาจเห็นชอบก่อนยุติ",
        "A sensitive case is closed by a second person's approval: `approveClosing`.",
    )
    ANSWER_NOT_AWAITED = (
        "ANSWER_NOT_AWAITED",
        "เรื่องนี้ไม่มีผลที่รอคำตอบจากท่าน กรุณาตรวจสอบสถานะ หรือติดต่ออาสาสมัครแรงงานของท่าน",
        "No result waits for your answer now: look at `caseStatus`, or ask your labour volunteer.",
    )
    CONFIRMATION_NOT_NEEDED = (
        "CONFIRMATION_NOT_NEEDED",
        "เจ้าหน้าที่อีกคนหนึ่งจะตรวจสอบก่อนยุติเรื่องนี้ ท่านไม่ต้องยืนยัน หากไม่ยอมรับผลท่านยังโต้แย้งได้",
        "A second person checks this first: you need not confirm, and may still dispute the result.",
    )
    APPROVAL_NOT_NEEDED = (
        "APPROVAL_NOT_NEEDED",
        "เรื่องนี้ยุติเมื่อผู้ร้องยืนยันหรือพ้นกำหนดโต้แย้ง",
        "This case is not sensitive: the citizen's confirmation closes it, or the time to dispute.",
    )
    CASES_OF_TWO_CITIZENS = (
        "CASES_OF_TWO_CITIZENS",
        "สองเรื่องนี้เป็นของผู้ร้องคนละคน",
        "The two cases belong to two citizens; only one citizen's cases can be merged.",
    )
    MERGE_CHANGED = (
        "MERGE_CHANGED",
        "เรื่องที่รวมไปแล้วมีการดำเนินการต่อ จึงแยกไม่ได้ กรุณาเปิดเรื่องใหม่",
        "The other case has changed since they were merged; open a new case instead.",
    )
    SEAT_FILLED = (
        "SEAT_FILLED",
        "ตำแหน่งนี้มีผู้ดำรงตำแหน่งในช่วงเวลานั้น กรุณาให้พ้นตำแหน่งก่อน",
        "Somebody fills this post in that time; end that incumbency first.",
    )
    SEAT_PLACE_WRONG = (
        "SEAT_PLACE_WRONG",
        "ที่ตั้งไม่ถูกต้อง อาสาสมัครระบุตำบล พี่เลี้ยงระบุอำเภอ เจ้าหน้าที่ระบุสำนักงาน ผู้ประสานงานระบุสำนักงานแรงงาน",
        "Name a tambon for a volunteer, an amphoe for a mentor, an office for staff, and OPS's for a coordinator.",
    )
    MENTOR_SEAT_EXISTS = (
        "MENTOR_SEAT_EXISTS",
        "อำเภอนี้มีตำแหน่งพี่เลี้ยงอยู่แล้ว กรุณาแต่งตั้งในตำแหน่งนั้น",
        "This amphoe has a mentor's post already; appoint to that one.",
    )
    ADMINISTRATOR_EXISTS = (
        "ADMINISTRATOR_EXISTS",
        "มีผู้ดูแลระบบอยู่แล้ว หากต้องการเพิ่มอีกคนให้ระบุ --another",
        "There is an administrator already; say --another to appoint one more.",
    )
    PERSON_KNOWN = (
        "PERSON_KNOWN",
        "บุคคลนี้มีบัญชีอยู่แล้ว กรุณาระบุด้วย account",
        "There is an account with this subject already; name it by `account`.",
    )
    NOBODY_HANDS_OVER = (
        "NOBODY_HANDS_OVER",
        "ตำแหน่งนี้ว่างอยู่ กรุณาระบุผู้รับมอบ",
        "Nobody fills this post, so there is nothing to end: name the person who takes it over.",
    )
    HANDOVER_TO_ONESELF = (
        "HANDOVER_TO_ONESELF",
        "บุคคลนี้ดำรงตำแหน่งนี้อยู่แล้ว กรุณาระบุผู้อื่น",
        "This person fills the post already; name somebody else.",
    )
    INCUMBENCY_OVER = (
        "INCUMBENCY_OVER",
        "การดำรงตำแหน่งนี้สิ้นสุดแล้ว",
        "This incumbency is over already.",
    )
    COVER_OUT_OF_PLACE = (
        "COVER_OUT_OF_PLACE",
        "ผู้ดูแลแทนต้องเป็นอาสาสมัครอื่นในอำเภอเดียวกันหรือพี่เลี้ยงของอำเภอ ตำแหน่งอื่นให้ผู้ประสานงานแต่งตั้ง",
        "A volunteer is covered by another of the amphoe or its mentor; for all else ask for a cover to be appointed.",
    )
    COVER_IS_ONESELF = (
        "COVER_IS_ONESELF",
        "ผู้ดูแลแทนต้องเป็นบุคคลอื่น",
        "Nobody covers their own absence: choose another post.",
    )
    COVER_IS_AWAY = (
        "COVER_IS_AWAY",
        "ผู้ดูแลแทนไม่อยู่ในช่วงเวลานั้น กรุณาเลือกผู้อื่น",
        "That person is away in this time too; choose another.",
    )
    COVERS_MEANWHILE = (
        "COVERS_MEANWHILE",
        "ท่านดูแลแทนตำแหน่งอื่นในช่วงเวลานั้น กรุณาให้ตำแหน่งนั้นหาผู้อื่นก่อน",
        "The one who is away covers another post then; let that post find somebody else first.",
    )
    ABSENCE_OVERLAPS = (
        "ABSENCE_OVERLAPS",
        "มีการแจ้งไม่อยู่ในช่วงเวลานั้นแล้ว กรุณายกเลิกก่อน",
        "An absence is planned in this time already; cancel that one first.",
    )
    SEAT_NOT_FILLED_THROUGHOUT = (
        "SEAT_NOT_FILLED_THROUGHOUT",
        "ตำแหน่งนี้ไม่มีผู้ดำรงตำแหน่งตลอดช่วงเวลานั้น กรุณาเลือกผู้อื่นหรือช่วงเวลาอื่น",
        "Nobody is appointed to this post for all of that time; choose another post or time.",
    )
    INCIDENT_EXHAUSTED = (
        "INCIDENT_EXHAUSTED",
        "ไม่มีเรื่องในเหตุร่วมนี้ที่ส่งต่อได้ กรุณาตรวจสอบปัญหา สำนักงาน และสถานะของแต่ละเรื่อง",
        "No case of this incident is left to refer so; look at the problems, the office and the state of each.",
    )
    INCIDENT_ALREADY_DISMISSED = (
        "INCIDENT_ALREADY_DISMISSED",
        "เหตุร่วมนี้ปิดไปแล้ว จะเปิดอีกครั้งเมื่อมีเรื่องเพิ่ม",
        "The incident is dismissed; it is proposed again when another case joins.",
    )
    CITIZENS_SAME = (
        "CITIZENS_SAME",
        "รวมทะเบียนเข้ากับตัวเองไม่ได้ กรุณาเลือกอีกทะเบียนหนึ่ง",
        "A record cannot be merged with itself; name another.",
    )
    CITIZEN_MERGED = (
        "CITIZEN_MERGED",
        "ทะเบียนนี้รวมเข้ากับอีกทะเบียนหนึ่งแล้ว กรุณาใช้ mergedInto",
        "This record was merged into another one; use its `mergedInto`.",
    )
    CITIZEN_HAS_MERGED = (
        "CITIZEN_HAS_MERGED",
        "มีทะเบียนอื่นรวมอยู่ในทะเบียนนี้ กรุณารวมในทางกลับกัน หรือแยกทะเบียนเหล่านั้นก่อน",
        "Other records were merged into this one; merge the other way round, or undo those merges first.",
    )
    CITIZEN_NOT_MERGED = (
        "CITIZEN_NOT_MERGED",
        "ทะเบียนนี้ไม่ได้รวมกับทะเบียนใด",
        "This record stands by itself; name one that was merged.",
    )
    CITIZENS_SHARE_CASES = (
        "CITIZENS_SHARE_CASES",
        "มีเรื่องของสองทะเบียนที่รวมกันอยู่ กรุณาแยกเรื่องก่อน",
        "A case of one record is merged into a case of the other; undo that merge first.",
    )
    BIRTH_YEAR_INVALID = (
        "BIRTH_YEAR_INVALID",
        "ปีเกิดไม่ถูกต้อง กรุณาส่งปีคริสต์ศักราชระหว่าง {earliest} ถึง {latest}",
        "Give the year of birth in the Christian era, from {earliest} to {latest}.",
    )
    NOTHING_TO_MATCH = (
        "NOTHING_TO_MATCH",
        "กรุณาระบุชื่อและนามสกุล หมายเลขโทรศัพท์ หรือเลขประจำตัว",
        "Give given name and family name, a phone number or a document.",
    )
    CITIZEN_ERASED = "CITIZEN_ERASED", "ข้อมูลผู้ร้องถูกลบแล้ว กรุณาลงทะเบียนใหม่", "The data were erased; register anew."
    ATTACHMENTS_TOO_MANY = (
        "ATTACHMENTS_TOO_MANY",
        "เรื่องนี้มีไฟล์แนบครบ {limit} ไฟล์แล้ว",
        "This case has {limit} attachments already; it takes no more.",
    )
    UPLOAD_MISSING = (
        "UPLOAD_MISSING",
        "ยังไม่ได้รับไฟล์ กรุณาอัปโหลดไปยังลิงก์แล้วยืนยันอีกครั้ง",
        "No bytes have arrived yet; PUT the file to the link, then confirm again.",
    )
    UPLOAD_EXPIRED = (
        "UPLOAD_EXPIRED",
        "การอัปโหลดนี้หมดเวลาแล้ว กรุณาขออัปโหลดใหม่",
        "This upload was not confirmed in time; ask for a new one.",
    )
    RATE_LIMITED = (
        "RATE_LIMITED",
        "สอบถามบ่อยเกินไป กรุณารอ {seconds} วินาที",
        "Too many questions: ask again after {seconds} seconds.",
    )
    # Concurrency.
    VERSION_CONFLICT = (
        "VERSION_CONFLICT",
        "มีผู้แก้ไขไปก่อนแล้ว กรุณาตรวจสอบข้อมูลล่าสุด",
        "Somebody changed this meanwhile; look at `current` and decide again.",
    )
    VISIT_OVER = (
        "VISIT_OVER",
        "การเยี่ยมนี้บันทึกผลแล้ว หากเยี่ยมอีกครั้งให้บันทึกเป็นการเยี่ยมใหม่",
        "It is recorded already how this visit went; record another visit as an unplanned one.",
    )
    VISIT_NOT_PLANNED = (
        "VISIT_NOT_PLANNED",
        "ยกเลิกได้เฉพาะการเยี่ยมที่นัดไว้",
        "Only a visit that was planned can be cancelled: name it in `kept`.",
    )
    VISITED_AT_UNWANTED = (
        "VISITED_AT_UNWANTED",
        "การเยี่ยมที่ยกเลิกไม่มีเวลาเยี่ยม กรุณาเว้นว่างไว้",
        "Leave `visitedAt` out: nobody went on a visit that was cancelled.",
    )
    TASK_OVER = (
        "TASK_OVER",
        "งานนี้สิ้นสุดแล้ว",
        "This task is done or dropped already; add another one if something is left to do.",
    )
    DOCUMENT_UNKNOWN = (
        "DOCUMENT_UNKNOWN",
        "เอกสารนี้ไม่อยู่ในรายการของเรื่อง กรุณาเลือกจาก `Case.checklist`",
        "Choose a document from the case's own `checklist`.",
    )
    DEADLINE_FIXED = (
        "DEADLINE_FIXED",
        "กำหนดเวลานี้กฎหมายไม่ให้ขยาย",
        "The rule of this clock knows no extension.",
    )
    DEADLINE_OVER = (
        "DEADLINE_OVER",
        "กำหนดเวลานี้สิ้นสุดแล้ว ขยายไม่ได้",
        "This clock has run out or has ended; only one that still runs is extended.",
    )
    EXTENSION_TOO_LONG = (
        "EXTENSION_TOO_LONG",
        "ขยายได้อีก 1 ถึง {limit} หน่วย",
        "Ask for 1 to {limit} more; the law gives no more than that.",
    )
    OPERATION_REUSED = (
        "OPERATION_REUSED",
        "รหัสคำสั่งนี้ใช้กับรายการอื่นแล้ว",
        "This operationId was used with other input; make a new one.",
    )

    def sentence(self, *, thai: bool, facts: dict[str, Any]) -> str:
        return (self.th if thai else self.description).format(**facts)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The service declines; whatever was begun is rolled back.

    `path` leads to the refused value within the input; `subject` is what a version conflict is about.
    """

    def __init__(
        self,
        code: RefusalCode,
        *path: str,
        subject: tuple[Versioned, int] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.path = path
        self.subject = subject
        self.facts = facts

    def sentence(self, *, thai: bool) -> str:
        return self.code.sentence(thai=thai, facts=self.facts)
