"""A visit or a task taken onto the desk: found where the actor is shown it, with its case locked."""

from sqlalchemy import BigInteger, Table, bindparam, select

from casework.desk import CaseOnDesk, take_case_for
from casework.errors import Refusal, RefusalCode
from casework.policy.visibility import door, the_case
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import Level

_ID = bindparam("wanted", type_=BigInteger())


async def take_case_of(work: Work, table: Table, row_id: int) -> CaseOnDesk:
    """Take the case of a visit or task for field work; below level WORK there is no such row."""
    seen = door(work.by.kind)
    shown = (
        select(the_case.c.id)
        .select_from(seen.rows.join(table, table.c.case_id == the_case.c.id))
        .where(table.c.id == _ID, seen.allowed, seen.level >= int(Level.WORK))
    )
    case_id = await work.session.scalar(shown, work.by.scope_at(work.now) | {"wanted": row_id})
    if case_id is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return await take_case_for(work, case_id, CaseAction.FIELD_WORK)
