"""What may be wrong with a question, or with who asks it."""

SENTENCES = {
    "CURSOR_INVALID": (
        "ตัวชี้ตำแหน่งใช้ไม่ได้ กรุณาเริ่มอ่านจากต้น",
        "This cursor is not one of this list's; start again without it.",
    ),
    "PAGE_SIZE_INVALID": (
        "ต้องระบุ first หรือ last อย่างใดอย่างหนึ่ง ตั้งแต่ 1 ถึง {limit}",
        "Give either `first` or `last`, from 1 to {limit}.",
    ),
    "REFERENCE_INVALID": (
        "เลขที่เรื่องไม่ถูกต้อง กรุณาตรวจสอบตัวเลข",
        "Check the reference: a digit is wrong or missing.",
    ),
    "IDS_TOO_MANY": (
        "ขอได้ครั้งละไม่เกิน {limit} รายการ",
        "Ask for at most {limit} ids at once.",
    ),
    "PERIOD_EMPTY": (
        "ช่วงเวลาไม่ถูกต้อง วันเริ่มต้องมาก่อนวันสิ้นสุด",
        "Let the beginning lie before the end.",
    ),
    "PERIOD_TOO_LONG": (
        "ช่วงเวลายาวเกิน {limit} วัน กรุณาเลือกช่วงที่สั้นลง",
        "Ask for a period of at most {limit} days.",
    ),
    "PERIOD_NOT_PUBLISHED": (
        "สถิติที่เผยแพร่มีเฉพาะทั้งเดือน ทั้งไตรมาส หรือทั้งปีงบประมาณที่สิ้นสุดแล้ว กรุณาเลือกช่วงเวลาเช่นนั้น",
        "Ask for one whole month, fiscal quarter or fiscal year in Bangkok time that is over.",
    ),
    "AREA_NEEDED": (
        "กรุณาระบุจังหวัด อำเภอ หรือตำบล",
        "Give a province, an amphoe or a tambon.",
    ),
    "AGENCY_UNKNOWN": (
        "ไม่พบรหัสหน่วยงานนี้",
        "There is no agency with this code; see `agencies`.",
    ),
    "SEARCH_TOO_SHORT": (
        "คำค้นสั้นเกินไป กรุณาพิมพ์อย่างน้อยหนึ่งคำเต็ม หรือตัวเลข",
        "Type at least one whole word, or a number, to search for.",
    ),
    "SEARCH_TOO_LONG": (
        "คำค้นยาวเกิน {limit} ตัวอักษร กรุณาค้นด้วยคำสำคัญไม่กี่คำ",
        "Search with a few words: at most {limit} characters.",
    ),
    "NOT_SIGNED_IN": (
        "กรุณาเข้าสู่ระบบ",
        "Sign in: send a bearer token.",
    ),
    "NO_SEAT": (
        "บัญชีนี้ไม่มีตำแหน่งในขณะนี้ กรุณาติดต่อผู้ประสานงานจังหวัด",
        "This account fills no post now; ask the coordinator of the province.",
    ),
    "NOT_PERMITTED": (
        "ตำแหน่งของท่านทำรายการนี้ไม่ได้ กรุณาประสานผู้รับผิดชอบ เช่น เจ้าของเรื่อง",
        "Your post may not do this; ask whoever is responsible, such as the holder of the case.",
    ),
    "WAITING_NOT_SHOWN": (
        "ตำแหน่งของท่านดูได้เฉพาะจังหวัดหรือหน่วยงานของตน กรุณาสอบถามผู้ประสานงานจังหวัดนั้น",
        "Your post may ask this of its own province or agency at most; ask the coordinator of that province.",
    ),
    "REACH_NOT_SHOWN": (
        "ตำแหน่งของท่านดูได้เฉพาะพื้นที่ที่ตนรับผิดชอบ กรุณาสอบถามผู้ประสานงานจังหวัดนั้น",
        "Your post may ask this of its own tambon, amphoe or province; ask the coordinator of that province.",
    ),
    "NOT_PUBLISHED": (
        "ข้อมูลส่วนนี้ไม่เผยแพร่ กรุณาเข้าสู่ระบบ หรือสอบถามสถิติของทั้งจังหวัดหรือทั้งประเทศ",
        "Sign in to ask this; without a post, ask for a whole province or the country.",
    ),
    "DISCLOSURE_EXPIRED": (
        "การเปิดเผยข้อมูลแก่สำนักงานของท่านสิ้นสุดแล้ว กรุณาขอให้ผู้ส่งต่ออายุ",
        "What was disclosed to your office has expired; ask the sender to renew it.",
    ),
    "SECOND_PERSON_NEEDED": (
        "ผู้เห็นชอบต้องไม่ใช่ผู้แจ้งผล",
        "Somebody else than the one who resolved the case approves the closing.",
    ),
    "QUEUE_OF_ANOTHER": (
        "คิวนี้บันทึกโดยบัญชีหรือตำแหน่งอื่น กรุณาเก็บไว้และเข้าสู่ระบบด้วยบัญชีนั้น",
        "Keep this queue and sign in as the account, in the post, that captured it.",
    ),
    "NOT_FOUND": (
        "ไม่พบรายการนี้",
        "There is nothing here under this id for you.",
    ),
    "TRACKING_CODE_WRONG": (
        "เลขที่เรื่องกับรหัสติดตามไม่ตรงกัน กรุณาตรวจสอบทั้งสอง หรือขอรหัสใหม่จากอาสาสมัครแรงงานของท่าน",
        "Reference and code do not belong together: check both, or ask your labour volunteer for a new code.",
    ),
    "RATE_LIMITED": (
        "สอบถามบ่อยเกินไป กรุณารอ {seconds} วินาที",
        "Too many questions: ask again after {seconds} seconds.",
    ),
    "VERSION_CONFLICT": (
        "มีผู้แก้ไขไปก่อนแล้ว กรุณาตรวจสอบข้อมูลล่าสุด",
        "Somebody changed this meanwhile; look at `current` and decide again.",
    ),
    "OPERATION_REUSED": (
        "รหัสคำสั่งนี้ใช้กับรายการอื่นแล้ว",
        "This operationId was used with other input; make a new one.",
    ),
}
