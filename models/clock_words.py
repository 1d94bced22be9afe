"""Words of the clocks: whose time they measure, what starts and ends them, how they stand."""

from models.vocabulary import Word


class ClockKind(Word):
    """Whose time a legal clock measures."""

    AGENCY_DUTY = "AGENCY_DUTY", "หน้าที่ของหน่วยงาน", "An office must act."
    CITIZEN_RIGHT = "CITIZEN_RIGHT", "สิทธิของผู้ร้อง", "The citizen loses something if nobody acts."
    SERVICE_STANDARD = (
        "SERVICE_STANDARD",
        "มาตรฐานการให้บริการ",
        "An office should answer a referral or report its result.",
    )
    THIRD_PARTY_DUTY = "THIRD_PARTY_DUTY", "หน้าที่ของบุคคลอื่น", "Somebody else, such as the employer, must act."


class ClockUnit(Word):
    """The unit in which a legal clock counts."""

    HOUR = "HOUR", "ชั่วโมง", "Hours."
    DAY = "DAY", "วัน", "Days of employment."
    CALENDAR_DAY = "CALENDAR_DAY", "วัน", "Calendar days."
    MONTH = "MONTH", "เดือน", "Calendar months."
    YEAR = "YEAR", "ปี", "Calendar years."


class KeyEvent(Word):
    """What happened outside the service, on a day that a legal clock counts from or that ends one."""

    COMPLAINT_FILED = "COMPLAINT_FILED", "ยื่นคำร้อง คร.7", "The labour inspector received the complaint, form Kor Ror 7."
    ORDER_SERVED = "ORDER_SERVED", "ทราบคำสั่งพนักงานตรวจแรงงาน", "The inspector's order became known to the employer."
    ORDER_OBEYED = "ORDER_OBEYED", "ปฏิบัติตามคำสั่งแล้ว", "The employer paid as ordered."
    ORDER_CHALLENGED = "ORDER_CHALLENGED", "นำคำสั่งไปสู่ศาลแล้ว", "The order was taken to the labour court."
    EMPLOYMENT_ENDED = "EMPLOYMENT_ENDED", "วันสุดท้ายของการทำงาน", "The last day of employment."
    UNEMPLOYMENT_REGISTERED = (
        "UNEMPLOYMENT_REGISTERED",
        "ขึ้นทะเบียนว่างงานแล้ว",
        "The citizen was registered as unemployed.",
    )
    INJURY = "INJURY", "วันประสบอันตราย", "The injury, the illness or the disappearance at work."
    EMPLOYER_KNEW = "EMPLOYER_KNEW", "นายจ้างทราบเหตุ", "The employer learned of the injury, or should have."
    INJURY_REPORTED = "INJURY_REPORTED", "นายจ้างแจ้ง กท.16 แล้ว", "The employer reported the injury, form Kor Tor 16."
    ILLNESS_KNOWN = "ILLNESS_KNOWN", "ทราบว่าเจ็บป่วยจากงาน", "A work illness became known after the employment had ended."
    COMPENSATION_CLAIMED = "COMPENSATION_CLAIMED", "ยื่นขอเงินทดแทนแล้ว", "Compensation was claimed."


class DeadlineMove(Word):
    """What moved a clock: the lines of its ledger."""

    STARTED = "STARTED", "เริ่มนับ", "It began to run."
    PAUSED = "PAUSED", "หยุดนับ", "It stands still."
    RESUMED = "RESUMED", "นับต่อ", "It runs on, from where it stood."
    EXTENDED = "EXTENDED", "ขยายเวลา", "It was given more time."
    MOVED = "MOVED", "แก้ไขวันครบกำหนด", "Its end moved because a day was corrected."
    MET = "MET", "เสร็จตามกำหนด", "What it waited for was done."
    DROPPED = "DROPPED", "ไม่ต้องนับต่อ", "It is no longer of any matter."
    REOPENED = "REOPENED", "เปิดนับใหม่", "It runs again after it had ended."


class DeadlineEnding(Word):
    """How a clock ended."""

    MET = "MET", "เสร็จแล้ว", "What it waited for was done."
    DROPPED = "DROPPED", "ไม่ต้องนับต่อ", "It is no longer of any matter."


class DeadlineState(Word):
    """How a clock stands."""

    RUNNING = "RUNNING", "กำลังนับ", "It runs."
    PAUSED = "PAUSED", "หยุดนับชั่วคราว", "It stands still."
    MET = "MET", "ทันกำหนด", "What it waited for was done in time."
    MISSED = "MISSED", "พ้นกำหนด", "The time ran out: nothing was done, or too late."
    DROPPED = "DROPPED", "ไม่ต้องนับต่อ", "It ended before its time without anything being due any more."
