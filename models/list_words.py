"""The words of lists: in which order they stand."""

from models.vocabulary import Word


class CaseOrder(Word):
    """Orders of a list of cases."""

    UPDATED = "UPDATED", "แก้ไขล่าสุด", "Last touched first."
    OPENED = "OPENED", "รับแจ้งล่าสุด", "Last opened first."
    DUE = "DUE", "ครบกำหนดก่อน", "Soonest due first; cases without a due date last."
    PRIORITY = "PRIORITY", "เร่งด่วนก่อน", "Urgent first, then soonest due; cases whose priority is hidden from you last."
