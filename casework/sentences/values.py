"""What may be wrong with a value."""

SENTENCES = {
    "TEXT_MISSING": (
        "กรุณากรอกข้อความ",
        "Write something here.",
    ),
    "TEXT_TOO_LONG": (
        "ข้อความยาวเกิน {limit} ตัวอักษร กรุณาย่อให้สั้นลง",
        "Shorten this to {limit} characters.",
    ),
    "TEXT_BROKEN": (
        "ข้อความมีอักขระที่ใช้ไม่ได้ กรุณาพิมพ์ใหม่",
        "This text contains control or broken characters; type it anew.",
    ),
    "TOO_MANY": (
        "ระบุได้ไม่เกิน {limit} รายการ",
        "Give at most {limit}.",
    ),
    "NATIONAL_ID_INVALID": (
        "เลขประจำตัวประชาชนไม่ถูกต้อง กรุณาตรวจสอบเลข 13 หลัก",
        "Check the 13 digits of the national ID; the check digit does not fit.",
    ),
    "PINK_CARD_INVALID": (
        "เลขบัตรชมพูไม่ถูกต้อง กรุณาตรวจสอบเลข 13 หลัก",
        "Check the 13 digits of the pink card; it begins with 0, 6, 7 or 8 and the check digit must fit.",
    ),
    "PASSPORT_INVALID": (
        "เลขหนังสือเดินทางไม่ถูกต้อง กรุณาพิมพ์ตามที่ปรากฏในเล่ม",
        "Type the passport number as printed: 5 to 12 letters and digits.",
    ),
    "PHONE_INVALID": (
        "หมายเลขโทรศัพท์ไม่ถูกต้อง กรุณาตรวจสอบ",
        "Check the phone number: a Thai number, or a foreign one that begins with + and the country code.",
    ),
    "BANK_ACCOUNT_INVALID": (
        "เลขบัญชีธนาคารไม่ถูกต้อง กรุณาตรวจสอบเลข 10 ถึง 15 หลัก",
        "Check the number of the bank account: 10 to 15 digits.",
    ),
    "DATE_IN_FUTURE": (
        "วันเวลาอยู่ในอนาคต กรุณาตรวจสอบ",
        "Check the date: it lies in the future.",
    ),
    "DATE_IN_PAST": (
        "วันต้องเป็นวันในอนาคต กรุณาตรวจสอบ",
        "Check the date: it must lie in the future.",
    ),
    "DAY_OVER": (
        "วันนี้ผ่านไปแล้ว กรุณาเลือกวันนี้หรือวันข้างหน้า",
        "That day is over: choose today or a day to come.",
    ),
    "DATE_TOO_FAR": (
        "วันอยู่ไกลเกินไป กรุณาเลือกวันไม่เกิน {limit}",
        "Choose a date not later than {limit}.",
    ),
    "DATE_TOO_EARLY": (
        "วันเวลาเก่าเกินไป กรุณาตรวจสอบ",
        "Check the date: it lies too far back.",
    ),
    "DATES_CONTRADICT": (
        "วันที่ขัดแย้งกัน: {later} ต้องไม่อยู่ก่อน {earlier} กรุณาตรวจสอบ",
        "Check these two dates: {later} cannot lie before {earlier}.",
    ),
    "DAYS_OUT_OF_RANGE": (
        "ระบุจำนวนวันตั้งแต่ 1 ถึง {limit}",
        "Give a number of days from 1 to {limit}.",
    ),
    "NUMBER_OUT_OF_RANGE": (
        "ระบุจำนวนตั้งแต่ 1 ถึง {limit}",
        "Give a number from 1 to {limit}.",
    ),
    "KEY_DATE_REPEATED": (
        "ระบุเหตุการณ์เดียวกันซ้ำ กรุณาระบุวันที่เพียงวันเดียว",
        "Give one day for each event; this one is here twice.",
    ),
    "PLACE_MISSING": (
        "กรุณาระบุสถานที่อย่างน้อยหนึ่งแห่ง ที่ทำงาน ภูมิลำเนานายจ้าง หรือที่อยู่",
        "Give at least one place: the workplace, the employer's domicile or the home.",
    ),
    "QUESTION_UNKNOWN": (
        "ไม่พบคำถามนี้ กรุณาดู problemTypes",
        "There is no such question; see `triageQuestions` of `problemTypes`.",
    ),
    "BUDDHIST_YEAR": (
        "ปีที่ระบุเป็นพุทธศักราช กรุณาส่งเป็นคริสต์ศักราช (พ.ศ. − 543)",
        "This looks like a Buddhist year; send the Christian year (B.E. minus 543).",
    ),
    "AMOUNT_INVALID": (
        "จำนวนเงินไม่ถูกต้อง ต้องไม่ติดลบและมีทศนิยมไม่เกินสองตำแหน่ง",
        "Give an amount in baht that is not negative and has at most two decimals.",
    ),
    "OUTCOME_NEEDED": (
        "ระบุจำนวนเงินได้เมื่อมีผลของปัญหา",
        "Amounts belong to an outcome; give the outcome too.",
    ),
    "AREA_UNKNOWN": (
        "ไม่พบรหัสพื้นที่นี้",
        "There is no area with this code; see `areas`.",
    ),
    "AREA_NOT_TAMBON": (
        "กรุณาระบุรหัสตำบล 6 หลัก",
        "Give the 6-digit code of a tambon.",
    ),
    "PROBLEM_TYPE_UNKNOWN": (
        "ไม่พบประเภทปัญหานี้",
        "There is no such problem type; see `problemTypes`.",
    ),
    "PROBLEM_MISSING": (
        "กรุณาระบุปัญหาอย่างน้อยหนึ่งเรื่อง",
        "Name at least one problem.",
    ),
    "PROBLEM_REPEATED": (
        "ระบุปัญหาซ้ำกัน",
        "Name each problem type once.",
    ),
    "REVIEW_DATE_MISSING": (
        "สถานะรอต้องระบุวันติดตาม",
        "A waiting state needs a date on which somebody looks again.",
    ),
    "REVIEW_DATE_UNWANTED": (
        "วันติดตามใช้กับสถานะรอเท่านั้น",
        "Only a waiting state takes a review date.",
    ),
    "REASON_MISSING": (
        "กรุณาระบุเหตุผล",
        "Give the reason.",
    ),
    "REASON_UNWANTED": (
        "สถานะนี้ไม่ต้องระบุเหตุผล กรุณาใช้บันทึก",
        "This state takes no reason; write a note instead.",
    ),
    "RESPOND_BY_TOO_LATE": (
        "กำหนดตอบรับต้องไม่ช้ากว่า {limit}",
        "The time to respond may be shortened only; it ends at {limit}.",
    ),
    "OUTCOME_UNWANTED": (
        "การขอความเห็นไม่มีผลของปัญหา กรุณาส่งเฉพาะรายงาน",
        "A consultation sets no outcome; send the report alone.",
    ),
    "DISCLOSURE_UNWANTED": (
        "การแจ้งเพื่อทราบเปิดเผยข้อมูลส่วนบุคคลไม่ได้",
        "An information discloses nothing; use REFER or CONSULT.",
    ),
    "RESPOND_BY_UNWANTED": (
        "การแจ้งเพื่อทราบไม่มีกำหนดตอบรับ",
        "Nobody answers an information; leave the time to respond out.",
    ),
    "CASES_SAME": (
        "รวมเรื่องเข้ากับตัวเองไม่ได้",
        "A case cannot be merged with itself; name another.",
    ),
    "NOTHING_TO_CHANGE": (
        "ไม่มีข้อมูลที่จะแก้ไข",
        "Give at least one value that is to change.",
    ),
}
