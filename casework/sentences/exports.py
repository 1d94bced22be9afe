"""What stands against an export."""

SENTENCES = {
    "EXPORT_TOO_LARGE": (
        "ตัวกรองนี้ได้ {count} เรื่อง ส่งออกได้ครั้งละไม่เกิน {limit} เรื่อง กรุณาแบ่งตามช่วงเวลา พื้นที่ หรือสถานะ",
        "This filter finds {count} cases, and one file has at most {limit}: divide by period, area or state.",
    ),
    "EXPORTS_UNDER_WAY": (
        "ท่านมีไฟล์ของตำแหน่งนี้ที่กำลังเขียนหรือรออยู่ {limit} ไฟล์แล้ว กรุณารอให้เสร็จก่อน",
        "In this post you have {limit} exports waiting or being written; ask again when one is over.",
    ),
    "EXPORT_QUOTA_USED": (
        "ท่านขอส่งออกในตำแหน่งนี้ครบ {limit} ครั้งใน 24 ชั่วโมงแล้ว กรุณาขอใหม่ภายหลัง หรือใช้ไฟล์ที่มีอยู่",
        "In this post you have asked for {limit} exports in 24 hours, the most there may be: ask later, or use those.",
    ),
}
