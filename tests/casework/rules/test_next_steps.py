"""What a citizen is told to do next."""

import pytest

from casework.rules.next_steps import NEXT_STEPS
from models.vocabulary import CaseState


@pytest.mark.parametrize("state", CaseState)
def test_every_state_has_a_sentence_of_its_own_in_thai_and_in_english(state: CaseState) -> None:
    step = NEXT_STEPS[state]
    assert any("ก" <= char <= "๛" for char in step.th)
    assert step.en.isascii()
    assert step.en.endswith(".")
    assert [each.en for each in NEXT_STEPS.values()].count(step.en) == 1


def test_a_citizen_who_was_told_the_result_knows_how_long_it_can_be_disputed() -> None:
    step = NEXT_STEPS[CaseState.RESOLVED]
    assert "ภายใน 7 วัน" in step.th
    assert "within 7 days" in step.en
