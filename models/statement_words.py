"""The words of monthly statements: how a dispute of one stands."""

from models.vocabulary import Word


class StatementDisputeState(Word):
    """How a dispute of a statement stands."""

    PENDING = "PENDING", "รอคำตอบ", "Nobody has answered it yet."
    CORRECTED = "CORRECTED", "แก้ไขแล้ว", "The figures were drawn up anew, as the next version."
    UPHELD = "UPHELD", "ยืนตามเดิม", "The figures stand, for a reason that was given."
