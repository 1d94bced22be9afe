"""A visit or a task taken onto the desk: found where the actor is shown it, with its case locked."""

from sqlalchemy import BigInteger, Table, bindparam, select

from casework.desk import CaseOnDesk, take_case_for
from casework.errors import Refusal, RefusalCode
from casework.policy.visibility import door, the_case
from casework.work import Work
from models import Task, Visit, table_of
from models.action_words import CaseAction
from models.vocabulary import Level

_ID = bindparam("wanted", type_=BigInteger())


async def take_case_of(work: Work, table: Table, row_id: int) -> CaseOnDesk:
    """Take the case of a visit or task for field work; below level WORK there is no such row."""
    return await take_case_for(work, await case_of(work, table, row_id, at=Level.WORK), CaseAction.FIELD_WORK)


async def case_of(work: Work, table: Table, row_id: int, *, at: Level) -> int:
    """Give the case of a visit or task, if the actor sees the case at this level."""
    seen = door(work.by.kind)
    shown = (
        select(the_case.c.id)
        .select_from(seen.rows.join(table, table.c.case_id == the_case.c.id))
        .where(table.c.id == _ID, seen.allowed, seen.level >= int(at))
    )
    case_id = await work.session.scalar(shown, work.by.scope_at(work.now) | {"wanted": row_id})
    if case_id is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return int(case_id)


async def case_of_visit(work: Work, visit_id: int, *, at: Level) -> int:
    return await case_of(work, table_of(Visit), visit_id, at=at)


async def task_of(work: Work, task_id: int, *, at: Level) -> Task:
    """Give a task without its words, if the actor sees its case at this level."""
    await case_of(work, table_of(Task), task_id, at=at)
    return await work.session.get_one(Task, task_id)
