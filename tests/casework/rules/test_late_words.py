"""What a late note says."""

from datetime import UTC, date, datetime
from decimal import Decimal

from casework.rules import late_words as late
from models.field_words import TaskEnding, VisitOutcome
from models.vocabulary import CaseState, Outcome

DAY, AT = date(2026, 11, 20), datetime(2026, 11, 20, 3, 5, tzinfo=UTC)


def test_each_verb_is_told_in_words_with_what_was_said() -> None:
    assert [
        late.of_status(CaseState.IN_PROGRESS, None, None),
        late.of_status(CaseState.WAITING_AGENCY, DAY, None),
        late.of_status(CaseState.WITHDRAWN, None, "ย้ายกลับบ้าน"),
        late.of_outcome("ค่าจ้างค้างจ่าย", Outcome.PAID, None, None),
        late.of_outcome("ค่าจ้างค้างจ่าย", Outcome.PAID, Decimal("18000.00"), Decimal("9000.50")),
        late.of_plan(DAY),
        late.of_visit(VisitOutcome.NOT_MET, None, None),
        late.of_visit(VisitOutcome.DONE, AT, "ได้สลิปแล้ว"),
        late.of_task(TaskEnding.DONE, DAY, "CALL_BACK"),
        late.of_task(TaskEnding.DROPPED, DAY, None),
    ] == [
        f"ขอเปลี่ยนสถานะเป็น {CaseState.IN_PROGRESS.th}",
        f"ขอเปลี่ยนสถานะเป็น {CaseState.WAITING_AGENCY.th}\nนัดติดตาม 20 พ.ย. 2569",
        f"ขอเปลี่ยนสถานะเป็น {CaseState.WITHDRAWN.th}\nย้ายกลับบ้าน",
        f"ผลของปัญหา ค่าจ้างค้างจ่าย: {Outcome.PAID.th}",
        f"ผลของปัญหา ค่าจ้างค้างจ่าย: {Outcome.PAID.th}\nเรียกร้อง 18000.00 บาท\nได้รับ 9000.50 บาท",
        "นัดเยี่ยมวันที่ 20 พ.ย. 2569",
        "การเยี่ยม: ไม่พบ",
        "การเยี่ยม: พบแล้ว เมื่อ 20 พ.ย. 2569 10:05 น.\nได้สลิปแล้ว",
        "งาน CALL_BACK ครบกำหนด 20 พ.ย. 2569: ทำแล้ว",
        "งาน ครบกำหนด 20 พ.ย. 2569: ไม่ต้องทำ",
    ]
