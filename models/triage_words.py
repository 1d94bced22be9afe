"""Words of triage: where the places lie, how somebody was employed and insured, how a clock stands today."""

from models.vocabulary import Word


class TriagePlace(Word):
    """A place that decides which office is responsible."""

    WORKPLACE = "WORKPLACE", "สถานที่ทำงาน", "Where the citizen works or worked."
    EMPLOYER = "EMPLOYER", "ภูมิลำเนานายจ้าง", "The domicile of the employer, or of the recruiter."
    HOME = "HOME", "ที่อยู่ผู้ร้อง", "Where the citizen lives."


class EmploymentKind(Word):
    """How the citizen works or worked."""

    EMPLOYEE = "EMPLOYEE", "ลูกจ้างทั่วไป", "An employee without a fixed end."
    FIXED_TERM = "FIXED_TERM", "สัญญาจ้างมีกำหนดเวลา", "An employee whose contract had a fixed end."
    DOMESTIC_WORKER = "DOMESTIC_WORKER", "ลูกจ้างทำงานบ้าน", "An employee who does a household's housework."
    HOME_WORKER = "HOME_WORKER", "ผู้รับงานไปทำที่บ้าน", "Somebody who takes industrial work home."
    SELF_EMPLOYED = "SELF_EMPLOYED", "ผู้ประกอบอาชีพอิสระ", "Somebody who works for themselves."
    GOVERNMENT = "GOVERNMENT", "ข้าราชการหรือลูกจ้างราชการ", "Somebody who works for the central or local administration."


class InsuredSection(Word):
    """Under which section of the Social Security Act the citizen is insured."""

    SECTION_33 = "SECTION_33", "มาตรา 33", "Insured as an employee."
    SECTION_39 = "SECTION_39", "มาตรา 39", "Went on insuring themselves after an employment."
    SECTION_40 = "SECTION_40", "มาตรา 40", "Insured themselves as an independent worker."
    NONE = "NONE", "ไม่เป็นผู้ประกันตน", "Not insured."


class ClockStanding(Word):
    """How a legal clock stands today."""

    RUNNING = "RUNNING", "ยังไม่ครบกำหนด", "It has not ended yet."
    KEPT = "KEPT", "ดำเนินการทันกำหนด", "What it asks for was done in time."
    PASSED = "PASSED", "พ้นกำหนดแล้ว", "It ended before that was done; a right of the citizen may be lost."
