"""Undo a merge: the case goes on by itself, as long as nothing has changed the other one since."""

from sqlalchemy import BigInteger, bindparam, select
from sqlmodel import col

from casework import journal
from casework.clocks import refresh_clocks
from casework.desk import take_case, take_case_for, touch
from casework.ending import revive_case
from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import check, may
from casework.policy.visibility import door, the_case
from casework.rules.states import state_after_unmerging
from casework.work import Work
from models import Case, CaseMerge, CaseProblem
from models.action_words import CaseAction
from models.vocabulary import EventKind


async def unmerge_cases(work: Work, *, case_id: int, expected_version: int) -> int:
    """MERGED → where it stood; what it waited for has passed. Gives the id of the case that goes on by itself."""
    merge = await _merge_of(work, case_id)
    source, target = await _take_both(work, case_id, merge, expected_version)
    if merge is None or target.version != merge.target_version:
        raise Refusal(RefusalCode.MERGE_CHANGED)
    merge.unmerged_at = work.now
    await _take_problems_back(work, source, target)
    await refresh_clocks(work, target)
    touch(work, target, versioned=True)
    await journal.append(work, target, EventKind.CASE_RELEASED, {"case": case_id})
    before, source.state = source.state, state_after_unmerging(merge.source_state)
    source.merged_into_case_id = None
    await revive_case(work, source)
    touch(work, source, versioned=True)
    unmerged: journal.Payload = {"from": before.value, "to": source.state.value, "case": target.id}
    await journal.append(work, source, EventKind.CASE_UNMERGED, unmerged)
    return case_id


async def _merge_of(work: Work, source_id: int) -> CaseMerge | None:
    """Find it if the actor sees the case: whoever does not shall not be told of the other one either."""
    running = (
        select(CaseMerge)
        .join(the_case, the_case.c.id == col(CaseMerge.source_case_id))
        .where(
            the_case.c.id == bindparam("wanted", type_=BigInteger()),
            door(work.by.kind).allowed,
            col(CaseMerge.unmerged_at).is_(None),
        )
    )
    return (await work.session.scalars(running, work.by.scope_at(work.now) | {"wanted": source_id})).first()


async def _take_both(work: Work, source_id: int, merge: CaseMerge | None, expected_version: int) -> tuple[Case, Case]:
    """Lock both in the order of their ids; a case that is not merged is refused, as is one that nobody may see."""
    target_id = source_id if merge is None else merge.target_case_id
    taken = {}
    for id_ in sorted({source_id, target_id}):
        if id_ == source_id:
            desk = await take_case_for(work, id_, CaseAction.UNMERGE, expected_version=expected_version)
        else:
            desk = await take_case(work, id_)
            check(may(work.by, CaseAction.MERGE, desk))  # whatever its state: had it changed, so had its version
        taken[id_] = desk.case
    return taken[source_id], taken[target_id]


async def _take_problems_back(work: Work, source: Case, target: Case) -> None:
    """Take away what the merge brought: nothing has changed it, or the version would have."""
    of_target = select(CaseProblem).where(col(CaseProblem.case_id) == target.id)
    stays = []
    for problem in (await work.session.scalars(of_target)).all():
        if problem.from_case_id == source.id:
            await work.session.delete(problem)
        else:
            stays.append(work.reference.problem_types[problem.problem_type_code])
    target.sensitive = any(kind.sensitive for kind in stays)
    await work.session.flush()
