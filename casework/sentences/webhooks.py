"""What is said about webhooks and addresses for notices."""

SENTENCES = {
    "WEBHOOK_URL_INVALID": (
        "กรุณาระบุที่อยู่ปลายทางที่ขึ้นต้นด้วย https:// ไม่มีรหัสผ่านหรือเครื่องหมาย # และยาวไม่เกิน {limit} ตัวอักษร",
        "Give a URL that begins with https://, without a password or a fragment, of at most {limit} characters.",
    ),
    "WEBHOOKS_TOO_MANY": (
        "หน่วยงานนี้มีปลายทางรับข่าวครบ {limit} แห่งแล้ว กรุณายกเลิกแห่งหนึ่งก่อน",
        "The office has {limit} webhooks, the most there may be; remove one first.",
    ),
    "WEBHOOK_NOT_ACTIVE": (
        "ปลายทางนี้ไม่ได้เปิดใช้อยู่ กรุณาเปิดใช้ก่อน",
        "This webhook is not active; activate it first.",
    ),
    "EMAIL_INVALID": (
        "ที่อยู่อีเมลไม่ถูกต้อง กรุณาตรวจสอบ",
        "This is no e-mail address; check it.",
    ),
}
