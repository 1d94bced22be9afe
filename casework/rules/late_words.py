"""The words of a late note: what somebody did offline, told in Thai to whoever holds the case now."""

from datetime import date, datetime
from decimal import Decimal

from casework.rules.calendar import thai_date, thai_instant
from models.field_words import TaskEnding, VisitOutcome
from models.vocabulary import CaseState, Outcome


def of_status(state: CaseState, review_on: date | None, reason: str | None) -> str:
    review = None if review_on is None else f"นัดติดตาม {thai_date(review_on)}"
    return _lines(f"ขอเปลี่ยนสถานะเป็น {state.th}", review, reason)


def of_outcome(problem: str, outcome: Outcome, claimed: Decimal | None, recovered: Decimal | None) -> str:
    """Tell an outcome; `problem` is the problem's name in Thai."""
    asked = None if claimed is None else f"เรียกร้อง {claimed} บาท"
    got = None if recovered is None else f"ได้รับ {recovered} บาท"
    return _lines(f"ผลของปัญหา {problem}: {outcome.th}", asked, got)


def of_plan(day: date) -> str:
    return f"นัดเยี่ยมวันที่ {thai_date(day)}"


def of_visit(outcome: VisitOutcome, visited_at: datetime | None, note: str | None) -> str:
    when = "" if visited_at is None else f" เมื่อ {thai_instant(visited_at)}"
    return _lines(f"การเยี่ยม: {outcome.th}{when}", note)


def of_task(ending: TaskEnding, due_on: date, rule: str | None) -> str:
    """Tell how a task ended; `rule` is the code of the rule that made it."""
    return f"งาน{f' {rule}' if rule else ''} ครบกำหนด {thai_date(due_on)}: {ending.th}"


def _lines(*lines: str | None) -> str:
    return "\n".join(line for line in lines if line is not None)
