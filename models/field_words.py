"""Words of field work: how visits went, what tasks are for and how they stand, which documents are there."""

from models.vocabulary import Word


class VisitState(Word):
    """How a visit stands."""

    PLANNED = "PLANNED", "นัดไว้", "It is to happen; nobody has told yet how it went."
    DONE = "DONE", "พบแล้ว", "The citizen was met."
    NOT_MET = "NOT_MET", "ไม่พบ", "Somebody went, and the citizen was not there."
    CANCELLED = "CANCELLED", "ยกเลิก", "It did not happen, and will not."


class VisitOutcome(Word):
    """How a visit went."""

    DONE = "DONE", "พบแล้ว", "The citizen was met."
    NOT_MET = "NOT_MET", "ไม่พบ", "Somebody went, and the citizen was not there."
    CANCELLED = "CANCELLED", "ยกเลิก", "A visit that was planned does not happen."


class TaskFor(Word):
    """Whose task it is: a post by its part in the case, so that the task goes where the case goes."""

    VOLUNTEER = "VOLUNTEER", "อาสาสมัครของเรื่อง", "The volunteer of the case; its holder where it has none."
    HOLDER = "HOLDER", "เจ้าของเรื่อง", "Whoever holds the case."
    SEAT = "SEAT", "ตำแหน่งที่กำหนด", "One post, whatever becomes of the case."


class TaskState(Word):
    """How a task stands."""

    OPEN = "OPEN", "รอทำ", "It is to be done."
    DONE = "DONE", "ทำแล้ว", "It was done: somebody said so, or what it waits for has happened."
    DROPPED = "DROPPED", "ไม่ต้องทำ", "It is no longer of any use."


class TaskEnding(Word):
    """How a task ended."""

    DONE = "DONE", "ทำแล้ว", "It was done."
    DROPPED = "DROPPED", "ไม่ต้องทำ", "It is no longer of any use."


class TaskCue(Word):
    """What in a case makes a task."""

    RESOLVED = "RESOLVED", "แจ้งผลแล้ว", "The case is resolved."
    WAITING = "WAITING", "รอ", "The case waits, until its review date."
    ASSIGNED = "ASSIGNED", "รับมอบหมาย", "A volunteer took the case."
    VISIT_PLANNED = "VISIT_PLANNED", "นัดเยี่ยม", "A visit is planned."
    RESULT_REPORTED = "RESULT_REPORTED", "รายงานผล", "An office reported the result of a referral."


class TaskGoal(Word):
    """What ends a task that a rule made."""

    CITIZEN_MET = "CITIZEN_MET", "พบผู้ร้อง", "The citizen was met on a visit."
    CITIZEN_TOLD = "CITIZEN_TOLD", "แจ้งผู้ร้อง", "A note was written for the citizen."
    RESULT_CONFIRMED = "RESULT_CONFIRMED", "ผู้ร้องยืนยัน", "The citizen confirmed the result."
    VISIT_RECORDED = "VISIT_RECORDED", "บันทึกการเยี่ยม", "It was recorded how the visit went."
    LOOKED_AGAIN = "LOOKED_AGAIN", "ทบทวนแล้ว", "The case waits no longer, or until another day."


class DayUnit(Word):
    """Which days a rule counts."""

    CALENDAR_DAY = "CALENDAR_DAY", "วัน", "Every day."
    WORKING_DAY = "WORKING_DAY", "วันทำการ", "Thai working days."


class DocumentState(Word):
    """Where a document of the checklist is."""

    NEEDED = "NEEDED", "ยังขาด", "The citizen is to bring it."
    RECEIVED = "RECEIVED", "ได้รับแล้ว", "It is there."
    NOT_AVAILABLE = "NOT_AVAILABLE", "ไม่มี", "The citizen does not have it and cannot get it."
