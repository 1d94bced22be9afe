"""Write down something to be done in a case, for one of its posts."""

from datetime import date

from casework import journal
from casework.desk import take_case_for, touch
from casework.rules import texts
from casework.rules.calendar import bangkok_day
from casework.rules.tasks import day_ahead
from casework.work import Work
from models import Task, TaskText
from models.action_words import CaseAction
from models.field_words import TaskFor, TaskState
from models.vocabulary import EventKind


async def add_task(work: Work, *, case_id: int, title: str, due: date, who: TaskFor) -> int:
    """Write the task and give its id; SEAT is the post that writes it. Takes and raises no version."""
    tidy = texts.clean_line(title, "input", "title", limit=texts.LINE)
    due_on = day_ahead(due, "input", "dueOn", today=bangkok_day(work.now))
    desk = await take_case_for(work, case_id, CaseAction.FIELD_WORK)
    row = Task(
        id=await work.new_id(),
        case_id=case_id,
        who=who,
        seat_id=work.by.seat_id if who is TaskFor.SEAT else None,
        due_on=due_on,
        state=TaskState.OPEN,
        made_by_seat_id=work.by.seat_id,
        made_at=work.now,
    )
    await work.save(row, TaskText(task_id=row.id, case_id=case_id, title=tidy))
    touch(work, desk.case, versioned=False)
    await journal.append(work, desk.case, EventKind.TASK_MADE, {"task": row.id, "due": due_on.isoformat()})
    return row.id
