"""What stands against a verb on a case, a referral, an incident or a clock."""

SENTENCES = {
    "CASE_ENDED": (
        "เรื่องนี้สิ้นสุดแล้ว หากยุติแล้วให้เปิดเรื่องใหม่ก่อน",
        "This case has ended; if it was closed, reopen it first.",
    ),
    "NOT_IN_THIS_STATE": (
        "ทำรายการนี้ไม่ได้ในสถานะ {before}",
        "This cannot be done while the state is {before}.",
    ),
    "AS_OF_THE_PAST": (
        "ข้อมูลนี้เป็นของวันเวลาที่ผ่านมา กรุณาเปิดเรื่องตามสถานะปัจจุบันก่อนดำเนินการ",
        "This is how it stood at an earlier time; ask without `asOf` and act on the case as it stands now.",
    ),
    "CASE_RESOLVED": (
        "เรื่องนี้แจ้งผลแล้ว กรุณาเปิดเรื่องใหม่ก่อน",
        "The citizen was told the result already; reopen the case first.",
    ),
    "CASE_NOT_SCREENED": (
        "กรุณาคัดกรองเรื่องก่อนส่งต่อ",
        "Screen the case first: move it to SCREENING, then refer it.",
    ),
    "CASE_STEP_ILLEGAL": (
        "เปลี่ยนสถานะจาก {before} เป็น {after} ไม่ได้",
        "A case cannot go from {before} to {after}.",
    ),
    "OUTCOME_MISSING": (
        "ยังมีปัญหาที่ไม่มีผล: {problems}",
        "Record an outcome for every problem first: {problems}.",
    ),
    "REFERRALS_OPEN": (
        "ยังมีการส่งต่อที่ไม่เสร็จ {count} รายการ",
        "{count} referrals are still open; wait for them or recall them.",
    ),
    "REFERRAL_STEP_ILLEGAL": (
        "การส่งต่ออยู่ในสถานะ {before} จึงทำรายการนี้ไม่ได้",
        "The referral is {before}; this cannot be done now.",
    ),
    "REFERRAL_ALREADY_OPEN": (
        "ปัญหานี้ส่งต่อสำนักงานนี้อยู่แล้ว",
        "This problem is already referred to this office; follow that referral.",
    ),
    "OFFICE_OUTSIDE_COVERAGE": (
        "สำนักงานนี้ไม่ได้รับผิดชอบพื้นที่ของเรื่อง กรุณาเลือกสำนักงานอื่น",
        "This office covers neither the case's area nor the workplace nor the home; choose another.",
    ),
    "OFFICE_IS_HOLDER": (
        "สำนักงานนี้เป็นเจ้าของเรื่องอยู่แล้ว",
        "This office holds the case already.",
    ),
    "PROBLEM_NOT_OF_CASE": (
        "ปัญหานี้ไม่ได้อยู่ในเรื่องนี้",
        "The case has no problem of this type.",
    ),
    "AREA_OUTSIDE_PROVINCE": (
        "ตำบลนี้อยู่นอกจังหวัดของท่าน กรุณาให้ผู้ร้องติดต่ออาสาสมัครหรือสำนักงานในพื้นที่",
        "This tambon lies outside your province; a volunteer or an office there opens the case.",
    ),
    "TRANSFER_ALREADY_OPEN": (
        "มีการโอนเรื่องที่รอตอบรับอยู่",
        "A transfer of this case is waiting for an answer; recall it first.",
    ),
    "TRANSFER_CYCLE": (
        "เคยโอนเรื่องนี้ให้สำนักงานนี้แล้วและถูกโอนออกมา กรุณาโอนให้สำนักงานแรงงานจังหวัดเพื่อให้ผู้ประสานงานตัดสิน",
        "You gave it to this office before: transfer it to the provincial labour office, whose coordinator decides.",
    ),
    "SEAT_NOT_VOLUNTEER": (
        "มอบหมายได้เฉพาะตำแหน่งอาสาสมัคร",
        "A case can be assigned to a volunteer seat only.",
    ),
    "SEAT_OUTSIDE_PROVINCE": (
        "อาสาสมัครอยู่นอกจังหวัดของเรื่อง",
        "This volunteer seat lies outside the province of the case.",
    ),
    "SEAT_EMPTY": (
        "ตำแหน่งนี้ว่างอยู่",
        "Nobody fills this seat now; choose another.",
    ),
    "SEAT_ALREADY_VOLUNTEER": (
        "อาสาสมัครนี้ดูแลเรื่องอยู่แล้ว",
        "This seat already accompanies the case.",
    ),
    "ASSIGNMENT_MISSING": (
        "ไม่มีการมอบหมายที่รอท่านตอบ",
        "No assignment of this case waits for your answer.",
    ),
    "CLOSING_NEEDS_APPROVAL": (
        "เรื่องอ่อนไหวต้องให้ผู้มีอำนาจเห็นชอบก่อนยุติ",
        "A sensitive case is closed by a second person's approval: `approveClosing`.",
    ),
    "ANSWER_NOT_AWAITED": (
        "เรื่องนี้ไม่มีผลที่รอคำตอบจากท่าน กรุณาตรวจสอบสถานะ หรือติดต่ออาสาสมัครแรงงานของท่าน",
        "No result waits for your answer now: look at `caseStatus`, or ask your labour volunteer.",
    ),
    "CONFIRMATION_NOT_NEEDED": (
        "เจ้าหน้าที่อีกคนหนึ่งจะตรวจสอบก่อนยุติเรื่องนี้ ท่านไม่ต้องยืนยัน หากไม่ยอมรับผลท่านยังโต้แย้งได้",
        "A second person checks this first: you need not confirm, and may still dispute the result.",
    ),
    "APPROVAL_NOT_NEEDED": (
        "เรื่องนี้ยุติเมื่อผู้ร้องยืนยันหรือพ้นกำหนดโต้แย้ง",
        "This case is not sensitive: the citizen's confirmation closes it, or the time to dispute.",
    ),
    "CASES_OF_TWO_CITIZENS": (
        "สองเรื่องนี้เป็นของผู้ร้องคนละคน",
        "The two cases belong to two citizens; only one citizen's cases can be merged.",
    ),
    "MERGE_CHANGED": (
        "เรื่องที่รวมไปแล้วมีการดำเนินการต่อ จึงแยกไม่ได้ กรุณาเปิดเรื่องใหม่",
        "The other case has changed since they were merged; open a new case instead.",
    ),
    "INCIDENT_EXHAUSTED": (
        "ไม่มีเรื่องในเหตุร่วมนี้ที่ส่งต่อได้ กรุณาตรวจสอบปัญหา สำนักงาน และสถานะของแต่ละเรื่อง",
        "No case of this incident is left to refer so; look at the problems, the office and the state of each.",
    ),
    "INCIDENT_ALREADY_DISMISSED": (
        "เหตุร่วมนี้ปิดไปแล้ว จะเปิดอีกครั้งเมื่อมีเรื่องเพิ่ม",
        "The incident is dismissed; it is proposed again when another case joins.",
    ),
    "DEADLINE_FIXED": (
        "กำหนดเวลานี้กฎหมายไม่ให้ขยาย",
        "The rule of this clock knows no extension.",
    ),
    "DEADLINE_OVER": (
        "กำหนดเวลานี้สิ้นสุดแล้ว ขยายไม่ได้",
        "This clock has run out or has ended; only one that still runs is extended.",
    ),
    "EXTENSION_TOO_LONG": (
        "ขยายได้อีก 1 ถึง {limit} หน่วย",
        "Ask for 1 to {limit} more; the law gives no more than that.",
    ),
}
