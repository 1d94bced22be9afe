"""What stands against visits, tasks, checklists and files."""

SENTENCES = {
    "FILE_NAME_INVALID": (
        "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / หรือ \\ กรุณาส่งเฉพาะชื่อไฟล์",
        "Send the name of the file alone, without / or \\.",
    ),
    "FILE_EMPTY": (
        "ไฟล์ว่างเปล่า กรุณาเลือกไฟล์อื่น",
        "Choose another file: this one has no bytes.",
    ),
    "FILE_TOO_LARGE": (
        "ไฟล์ใหญ่เกิน {limit} ไบต์ กรุณาย่อไฟล์",
        "Make the file smaller: at most {limit} bytes are taken.",
    ),
    "SHA256_INVALID": (
        "sha256 ต้องเป็นเลขฐานสิบหก 64 หลัก",
        "Send the SHA-256 of the file as 64 hexadecimal digits.",
    ),
    "UPLOAD_DIFFERS": (
        "ไฟล์ที่ได้รับไม่ตรงกับที่แจ้งไว้ และถูกลบแล้ว กรุณาขออัปโหลดใหม่",
        "What arrived has another length or SHA-256 than announced and is deleted; ask for a new upload.",
    ),
    "ATTACHMENT_TYPE_MISMATCH": (
        "เนื้อไฟล์ไม่ใช่ชนิดที่แจ้งไว้ และถูกลบแล้ว กรุณาขออัปโหลดใหม่ด้วยชนิดที่ถูกต้อง",
        "The bytes are not of the announced type and are deleted; ask for a new upload with the right type.",
    ),
    "ATTACHMENTS_TOO_MANY": (
        "มีไฟล์แนบครบ {limit} ไฟล์แล้ว",
        "There are {limit} files here already; no more are taken.",
    ),
    "UPLOAD_MISSING": (
        "ยังไม่ได้รับไฟล์ กรุณาอัปโหลดไปยังลิงก์แล้วยืนยันอีกครั้ง",
        "No bytes have arrived yet; PUT the file to the link, then confirm again.",
    ),
    "UPLOAD_EXPIRED": (
        "การอัปโหลดนี้หมดเวลาแล้ว กรุณาขออัปโหลดใหม่",
        "This upload was not confirmed in time; ask for a new one.",
    ),
    "VISIT_OVER": (
        "การเยี่ยมนี้บันทึกผลแล้ว หากเยี่ยมอีกครั้งให้บันทึกเป็นการเยี่ยมใหม่",
        "It is recorded already how this visit went; record another visit as an unplanned one.",
    ),
    "VISIT_NOT_PLANNED": (
        "ยกเลิกได้เฉพาะการเยี่ยมที่นัดไว้",
        "Only a visit that was planned can be cancelled: name it in `kept`.",
    ),
    "VISITED_AT_UNWANTED": (
        "การเยี่ยมที่ยกเลิกไม่มีเวลาเยี่ยม กรุณาเว้นว่างไว้",
        "Leave `visitedAt` out: nobody went on a visit that was cancelled.",
    ),
    "TASK_OVER": (
        "งานนี้สิ้นสุดแล้ว",
        "This task is done or dropped already; add another one if something is left to do.",
    ),
    "DOCUMENT_UNKNOWN": (
        "เอกสารนี้ไม่อยู่ในรายการของเรื่อง กรุณาเลือกจาก `Case.checklist`",
        "Choose a document from the case's own `checklist`.",
    ),
}
