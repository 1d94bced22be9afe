"""Merge a case into another one of the same citizen: it ends, and goes on there."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, bindparam, func, select
from sqlmodel import col

from casework import journal
from casework.actions.record_key_date import write_key_date
from casework.clocks import key_dates_of, refresh_clocks
from casework.desk import CaseOnDesk, take_case_for, touch
from casework.ending import end_case
from casework.errors import Refusal, RefusalCode
from casework.work import Work
from models import Case, CaseMerge, CaseProblem
from models.action_words import CaseAction
from models.vocabulary import CaseState, EventKind

_INHERIT = select(
    func.inherit_incidents(bindparam("source", type_=BigInteger()), bindparam("target", type_=BigInteger()))
)
"""The case that goes on takes the other one's place in incidents, which the post need not see."""


async def merge_cases(
    work: Work, *, source_id: int, target_id: int, expected_version: int, expected_into_version: int
) -> int:
    """Any open state → MERGED; the other case gains the problems it lacks. Gives the id of the case that goes on."""
    if source_id == target_id:
        raise Refusal(RefusalCode.CASES_SAME, "input", "into")
    source, target = await _take_both(
        work,
        {source_id: (expected_version, "expectedVersion"), target_id: (expected_into_version, "expectedIntoVersion")},
    )
    if source.case.citizen_id != target.case.citizen_id:
        raise Refusal(RefusalCode.CASES_OF_TWO_CITIZENS, "input", "into")
    brought = await _bring_problems(work, source.case, target.case)
    await _bring_key_dates(work, source.case, target.case)
    await refresh_clocks(work, target.case)
    touch(work, target.case, versioned=True)
    await _end_source(work, source.case, target.case)
    await work.session.execute(_INHERIT, {"source": source_id, "target": target_id})
    absorbed: journal.Payload = {
        "case": source_id,
        "problemTypes": [problem.problem_type_code for problem in brought],
        "outcomes": [problem.outcome.value if problem.outcome else "" for problem in brought],
    }
    await journal.append(work, target.case, EventKind.CASE_ABSORBED, absorbed)
    return target_id


async def _take_both(work: Work, wanted: Mapping[int, tuple[int, str]]) -> list[CaseOnDesk]:
    """Lock both in the order of their ids, so that two merges never wait for each other; give them as wanted."""
    taken = {}
    for case_id in sorted(wanted):
        version, given_as = wanted[case_id]
        taken[case_id] = await take_case_for(
            work, case_id, CaseAction.MERGE, expected_version=version, given_as=given_as
        )
    return [taken[case_id] for case_id in wanted]


async def _end_source(work: Work, source: Case, target: Case) -> None:
    merge = CaseMerge(
        id=await work.new_id(),
        source_case_id=source.id,
        target_case_id=target.id,
        source_state=source.state,
        target_version=target.version,
        merged_at=work.now,
    )
    await work.save(merge)
    before, source.state, source.review_on = source.state, CaseState.MERGED, None
    source.merged_into_case_id = target.id
    await end_case(work, source)
    touch(work, source, versioned=True)
    merged: journal.Payload = {"from": before.value, "to": source.state.value, "case": target.id}
    await journal.append(work, source, EventKind.CASE_MERGED, merged)


async def _bring_problems(work: Work, source: Case, target: Case) -> list[CaseProblem]:
    """Copy the problems that only the merged case has, with what came of them; sensitivity comes along.

    Gives what was brought: undoing the merge takes the rows away, and the journal remembers.
    """
    found = []
    of_both = select(CaseProblem).where(col(CaseProblem.case_id).in_([source.id, target.id]))
    problems = (await work.session.scalars(of_both.order_by(col(CaseProblem.position)))).all()
    known = {problem.problem_type_code for problem in problems if problem.case_id == target.id}
    position = max(problem.position for problem in problems if problem.case_id == target.id)
    for problem in problems:
        if problem.case_id == source.id and problem.problem_type_code not in known:
            position += 1
            brought = CaseProblem(
                id=await work.new_id(),
                case_id=target.id,
                problem_type_code=problem.problem_type_code,
                position=position,
                outcome=problem.outcome,
                amount_claimed=problem.amount_claimed,
                amount_recovered=problem.amount_recovered,
                outcome_at=problem.outcome_at,
                from_case_id=source.id,
            )
            await work.save(brought)
            found.append(brought)
    target.sensitive = target.sensitive or source.sensitive
    return found


async def _bring_key_dates(work: Work, source: Case, target: Case) -> None:
    """Copy the days that only the merged case knows; they stay if it is parted again, for they are facts."""
    known = await key_dates_of(work, target.id)
    for event, day in (await key_dates_of(work, source.id)).items():
        if event not in known:
            await write_key_date(work, target, event, day)
