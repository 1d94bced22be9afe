"""The words of queues that were filled offline: what became of each operation."""

from models.vocabulary import Word


class OperationStatus(Word):
    """What became of an operation that was captured offline."""

    APPLIED = "APPLIED", "ทำแล้ว", "It was done."
    DUPLICATE = "DUPLICATE", "ทำไปก่อนแล้ว", "It was done when you sent it before; nothing more was changed."
    REBASED = (
        "REBASED",
        "ทำแล้วบนข้อมูลใหม่",
        "The case had changed, but not in what the operation rests on: it was done all the same.",
    )
    CONFLICT = (
        "CONFLICT",
        "ขัดกับข้อมูลใหม่",
        "The case has changed in what the operation rests on; nothing was done. Look at `case` and decide again.",
    )
    REFUSED = "REFUSED", "ไม่รับ", "Nothing was done; `refusal` says why, and `case` who holds it now."
    SALVAGED = (
        "SALVAGED",
        "เก็บเป็นบันทึกล่าช้า",
        "The case was no longer yours: what you told is kept as a late note for its present holder.",
    )


class TombstoneReason(Word):
    """Why a case is no longer to be kept on the phone."""

    ACCESS_ENDED = "ACCESS_ENDED", "ไม่ได้ดูแลแล้ว", "Your part in it has ended; somebody else sees to it."
    ENDED = "ENDED", "สิ้นสุดนานแล้ว", "It ended more than 30 days ago."
    ERASED = "ERASED", "ลบข้อมูลแล้ว", "The citizen's data were erased."
