"""Say that a task is done, or of no use any more."""

from casework import journal
from casework.desk import touch
from casework.errors import Refusal, RefusalCode
from casework.field_desk import take_case_of
from casework.work import Work
from models import Task, table_of
from models.field_words import TaskEnding, TaskState
from models.vocabulary import EventKind

EVENTS = {TaskEnding.DONE: EventKind.TASK_COMPLETED, TaskEnding.DROPPED: EventKind.TASK_DROPPED}


async def complete_task(work: Work, *, task_id: int, ending: TaskEnding = TaskEnding.DONE) -> int:
    """OPEN → DONE or DROPPED; no rule opens it again. Takes and raises no version. Gives the task's id."""
    desk = await take_case_of(work, table_of(Task), task_id)
    row = await work.session.get_one(Task, task_id, populate_existing=True)
    if row.state is not TaskState.OPEN:
        raise Refusal(RefusalCode.TASK_OVER, "input", "task")
    row.state, row.ended_at, row.ended_by_seat_id = TaskState(ending.value), work.now, work.by.seat_id
    touch(work, desk.case, versioned=False)
    await journal.append(work, desk.case, EVENTS[ending], {"task": task_id, "rule": row.rule_code})
    return task_id
