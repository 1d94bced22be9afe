"""What a merge of two records of one person leaves possible with the one that was merged."""

from casework.errors import RefusalCode
from models.action_words import CitizenAction

WITH_A_MERGED_ONE = frozenset({CitizenAction.UNMERGE, CitizenAction.READ_ACCESS_LOG})
"""It stays as it was, so that it can go on by itself again; all else is done with the record in which it goes on."""


def why_not(action: CitizenAction, *, merged: bool) -> RefusalCode | None:
    """Tell what a merge, or the lack of one, has against an action."""
    if merged:
        return None if action in WITH_A_MERGED_ONE else RefusalCode.CITIZEN_MERGED
    return RefusalCode.CITIZEN_NOT_MERGED if action is CitizenAction.UNMERGE else None
