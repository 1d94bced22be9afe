"""The words of exports: how a file is written, how it stands, why there is none, and what its columns are called."""

from models.vocabulary import Word


class ExportFormat(Word):
    """What kind of file is written."""

    XLSX = "XLSX", "Excel", "A workbook of Excel; texts are texts in it, whatever they begin with."
    CSV = "CSV", "CSV", "Comma-separated values in UTF-8 with a byte order mark, as Excel opens them."


class ExportEra(Word):
    """How days are written in a file; always those of Bangkok."""

    GREGORIAN = "GREGORIAN", "คริสต์ศักราช", "Dates that programs reckon with: real ones in Excel, ISO 8601 in CSV."
    BUDDHIST = "BUDDHIST", "พุทธศักราช", "Thai text in the Buddhist era, such as `30 พ.ย. 2569`."


class ExportLanguage(Word):
    """In which language headings and words of the service are written; what people wrote stays as it is."""

    TH = "TH", "ไทย", "Thai."
    EN = "EN", "อังกฤษ", "English."


class ExportState(Word):
    """How an export stands."""

    WAITING = "WAITING", "รอดำเนินการ", "The rows are counted; the worker has not begun to write."
    RUNNING = "RUNNING", "กำลังเขียนไฟล์", "The worker writes the file."
    READY = "READY", "พร้อมดาวน์โหลด", "The file is whole and can be downloaded until it expires."
    FAILED = "FAILED", "ไม่สำเร็จ", "There is no file; `fault` says why."
    EXPIRED = "EXPIRED", "หมดอายุ", "The file is deleted; ask for a new one."


class ExportFault(Word):
    """Why an export failed."""

    POST_ENDED = "POST_ENDED", "พ้นตำแหน่งแล้ว", "Whoever asked did not fill the post any more when it was written."
    TOO_LARGE = "TOO_LARGE", "มีเรื่องมากเกินไป", "More cases than a file may have came in before it was written."
    NOT_WRITTEN = (
        "NOT_WRITTEN",
        "เขียนไฟล์ไม่สำเร็จ",
        "It could not be written, several times; ask anew, or tell the operator.",
    )


class ExportColumn(Word):
    """A column of a file of cases, in this order; the Thai word and the description are its headings."""

    REFERENCE = "REFERENCE", "เลขที่เรื่อง", "Reference"
    TITLE = "TITLE", "เรื่อง", "Title"
    STATE = "STATE", "สถานะ", "State"
    PRIORITY = "PRIORITY", "ความเร่งด่วน", "Priority"
    SENSITIVE = "SENSITIVE", "เรื่องอ่อนไหว", "Sensitive"
    CHANNEL = "CHANNEL", "ช่องทางรับเรื่อง", "Channel"
    PROVINCE = "PROVINCE", "จังหวัด", "Province"
    AMPHOE = "AMPHOE", "อำเภอ", "Amphoe"
    TAMBON = "TAMBON", "ตำบล", "Tambon"
    CITIZEN = "CITIZEN", "ผู้ร้อง", "Citizen"
    PROBLEMS = "PROBLEMS", "ประเภทปัญหา", "Problem types"
    OUTCOMES = "OUTCOMES", "ผล", "Outcomes"
    CLAIMED = "CLAIMED", "จำนวนเงินที่เรียกร้อง (บาท)", "Claimed (baht)"
    RECOVERED = "RECOVERED", "จำนวนเงินที่ได้รับ (บาท)", "Recovered (baht)"
    HOLDER = "HOLDER", "ผู้รับผิดชอบ", "Holder"
    VOLUNTEER = "VOLUNTEER", "อาสาสมัคร", "Volunteer"
    OPENED_AT = "OPENED_AT", "วันที่รับเรื่อง", "Opened at"
    UPDATED_AT = "UPDATED_AT", "เคลื่อนไหวล่าสุด", "Updated at"
    DUE_AT = "DUE_AT", "กำหนด", "Due at"
    REVIEW_ON = "REVIEW_ON", "วันนัดติดตาม", "Review on"
    RESOLVED_AT = "RESOLVED_AT", "วันที่แจ้งผล", "Resolved at"
    ENDED_AT = "ENDED_AT", "วันที่สิ้นสุด", "Ended at"
