"""Record what came of an activity, which closes it; a later word corrects an earlier one."""

from typing import NamedTuple

from casework import journal
from casework.activities import change_activity, take_activity_for
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.rules.activities import MOST_REACHED, PERCENT, check_outcome, check_publicity, number
from casework.work import Work
from models.activity_words import ActivityState
from models.vocabulary import EventKind


class ActivityResult(NamedTuple):
    """What was measured or seen; None says nothing. Knowledge is the average score in percent."""

    knowledge_before: int | None = None
    knowledge_after: int | None = None
    people_reached: int | None = None
    notes: str | None = None


async def record_activity_outcome(
    work: Work, *, activity_id: int, expected_version: int, result: ActivityResult
) -> int:
    """PLANNED → CLOSED, or a correction of what was recorded. Gives the activity's id."""
    row = await take_activity_for(work, activity_id, expected_version=expected_version)
    check_outcome(row.state, begins_at=row.begins_at, now=work.now)
    if all(value is None for value in result):
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    check_publicity(row.kind, peopleReached=result.people_reached)
    before = number(result.knowledge_before, "input", "knowledgeBefore", least=0, most=PERCENT)
    after = number(result.knowledge_after, "input", "knowledgeAfter", least=0, most=PERCENT)
    reached = number(result.people_reached, "input", "peopleReached", least=0, most=MOST_REACHED)
    notes = texts.clean_optional(result.notes, "input", "notes", limit=texts.LONG)
    row.knowledge_before = row.knowledge_before if before is None else before
    row.knowledge_after = row.knowledge_after if after is None else after
    row.people_reached = row.people_reached if reached is None else reached
    row.outcome_notes = notes or row.outcome_notes
    row.state, row.closed_at = ActivityState.CLOSED, row.closed_at or work.now
    told: journal.Payload = {
        "knowledgeBefore": row.knowledge_before,
        "knowledgeAfter": row.knowledge_after,
        "peopleReached": row.people_reached,
    }
    await change_activity(work, row, EventKind.ACTIVITY_OUTCOME_RECORDED, told)
    return activity_id
