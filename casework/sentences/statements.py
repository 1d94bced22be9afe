"""What stands against a dispute of a monthly statement, or its answer."""

SENTENCES = {
    "MONTH_NOT_OVER": (
        "เดือนนี้ยังไม่สิ้นสุด ตัวเลขยังเปลี่ยนได้ กรุณารอให้สิ้นเดือน",
        "This month has not ended and its figures still move; wait until it has.",
    ),
    "STATEMENT_NOT_FROZEN": (
        "รายงานของเดือนนี้ยังไม่ปิดยอด กรุณาลองใหม่ภายหลัง",
        "The statement of this month is not frozen yet; try again in an hour.",
    ),
    "STATEMENT_DISPUTED_ALREADY": (
        "รายงานฉบับนี้ถูกโต้แย้งแล้ว ดูคำตอบที่ dispute",
        "This version was disputed already: read `dispute`. A corrected version may be disputed anew.",
    ),
    "STATEMENT_NOT_DISPUTED": (
        "ไม่มีข้อโต้แย้งที่รอคำตอบ รายงานที่ปิดยอดแล้วแก้ไขได้เมื่อมีผู้โต้แย้งเท่านั้น",
        "No dispute waits for an answer; a frozen month is counted anew only if whoever fills the post disputes it.",
    ),
    "STATEMENT_UNANSWERABLE": (
        "ไม่มีตำแหน่งที่เหนือกว่าในระบบสำหรับตอบข้อโต้แย้งนี้ กรุณาแจ้งสำนักงานปลัดกระทรวงแรงงาน",
        "No post in the service stands above this one to answer; tell the Office of the Permanent Secretary.",
    ),
    "DISPUTE_OF_ONESELF": (
        "ผู้ตอบต้องไม่ใช่ผู้โต้แย้ง กรุณาให้ผู้ประสานงานตอบ",
        "Nobody answers their own dispute; leave it to the coordinator.",
    ),
}
