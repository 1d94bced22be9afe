"""Words of attachments: what kinds of files are taken, how an upload stands, why a file was refused."""

from models.vocabulary import Word


class AttachmentType(Word):
    """The kinds of files that are taken."""

    JPEG = "JPEG", "ภาพ JPEG", "A photo or a scan; `image/jpeg`."
    PNG = "PNG", "ภาพ PNG", "A picture of a screen; `image/png`."
    WEBP = "WEBP", "ภาพ WebP", "A picture; `image/webp`."
    HEIC = "HEIC", "ภาพ HEIC", "A photo as newer phones take it; `image/heic`."
    PDF = "PDF", "เอกสาร PDF", "A document; `application/pdf`."
    M4A = "M4A", "เสียง M4A", "A recording of a voice, as phones make it; `audio/mp4`."


class AttachmentState(Word):
    """How an attachment stands."""

    REQUESTED = "REQUESTED", "รออัปโหลด", "Somebody asked for a link; the upload is not confirmed yet."
    QUARANTINED = "QUARANTINED", "รอตรวจสอบ", "It is here, and nobody gets it before it was scanned."
    CLEAN = "CLEAN", "พร้อมใช้", "It was scanned and can be downloaded."
    REFUSED = "REFUSED", "ไม่รับ", "The scan refused it; its bytes are deleted."
    EXPIRED = "EXPIRED", "หมดเวลา", "The upload was never confirmed; whatever came of it is deleted."


class AttachmentFault(Word):
    """Why the scan refused an attachment."""

    INFECTED = "INFECTED", "พบมัลแวร์", "The scanner found something harmful."
    DISGUISED = "DISGUISED", "เนื้อหาไม่ตรงกับชนิดไฟล์", "It holds something else than a file of its kind does."
    LOST = "LOST", "ไฟล์สูญหายหรือเสียหาย", "Its bytes were not there any more, or not those that were confirmed."
