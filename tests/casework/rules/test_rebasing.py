"""When an operation on an older version is done all the same."""

import pytest

from casework.rules.rebasing import RESTS_ON, Present, Seen, may_rebase
from models.action_words import CaseAction
from models.vocabulary import CaseState, Outcome

A, C = CaseAction, CaseState
SEEN = Seen(C.IN_PROGRESS, 7, None)
SAME = Present(C.IN_PROGRESS, 7, None)


@pytest.mark.parametrize(
    ("action", "present", "wanted"),
    [
        (A.UPDATE_STATUS, SAME, True),
        (A.UPDATE_STATUS, SAME._replace(outcome=Outcome.PAID), True),
        (A.UPDATE_STATUS, SAME._replace(state=C.WAITING_AGENCY), False),
        (A.UPDATE_STATUS, SAME._replace(holder_seat_id=8), False),
        (A.UPDATE_STATUS, SAME._replace(holder_seat_id=None, holder_office_id=7), False),
        (A.END, SAME, True),
        (A.END, SAME._replace(state=C.WAITING_AGENCY), True),
        (A.END, SAME._replace(holder_seat_id=8), False),
        (A.RECORD_OUTCOME, SAME, True),
        (A.RECORD_OUTCOME, SAME._replace(state=C.WAITING_AGENCY), True),
        (A.RECORD_OUTCOME, SAME._replace(outcome=Outcome.PAID), False),
        (A.RECORD_OUTCOME, SAME._replace(holder_seat_id=8), False),
    ],
)
def test_it_is_done_while_all_that_it_rests_on_stands(action: CaseAction, present: Present, *, wanted: bool) -> None:
    assert may_rebase(action, SEEN, present) is wanted


def test_what_an_unknown_holder_was_seen_to_hold_is_held_by_somebody_else() -> None:
    assert not any(may_rebase(action, Seen(C.IN_PROGRESS, None, None), SAME) for action in RESTS_ON)
