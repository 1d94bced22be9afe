"""What a merge leaves possible with the record that was merged."""

import pytest

from casework.errors import RefusalCode
from casework.rules.joining import why_not
from models.action_words import CitizenAction

A = CitizenAction


@pytest.mark.parametrize("action", A)
def test_a_merged_record_rests_and_one_that_stands_by_itself_is_not_parted(action: CitizenAction) -> None:
    assert why_not(action, merged=True) is (
        None if action in {A.UNMERGE, A.READ_ACCESS_LOG} else RefusalCode.CITIZEN_MERGED
    )
    assert why_not(action, merged=False) is (RefusalCode.CITIZEN_NOT_MERGED if action is A.UNMERGE else None)
