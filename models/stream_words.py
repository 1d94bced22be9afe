"""Words of streams: why one cannot be continued, or is over."""

from models.vocabulary import Word


class ResyncReason(Word):
    """Why a stream cannot be continued behind a cursor."""

    PLACE_UNKNOWN = (
        "PLACE_UNKNOWN",
        "บันทึกเหตุการณ์ไม่มีตำแหน่งนี้",
        "The journal has no such place: it was restored from an earlier copy, or the cursor is another service's.",
    )
    FELL_BEHIND = (
        "FELL_BEHIND",
        "อ่านช้ากว่าเหตุการณ์ที่เกิดขึ้น",
        "You took the events more slowly than they happened. Nothing is lost: `cursor` is where you stopped.",
    )
    TOO_FAR_BEHIND = "TOO_FAR_BEHIND", "มีเหตุการณ์ค้างอยู่มากเกินไป", "Too much has happened since to be told one by one."


class AccessEndReason(Word):
    """Why the events of a case are no longer told to somebody who heard them."""

    CASE_HIDDEN = "CASE_HIDDEN", "ท่านไม่เห็นเรื่องนี้แล้ว", "You no longer see the case."
    STATUS_ONLY = "STATUS_ONLY", "ท่านเห็นเฉพาะสถานะของเรื่องนี้", "You see the status of the case, and no longer its events."
