"""Undo a merge."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from casework.actions.add_note import add_note
from casework.actions.record_outcome import record_outcome
from casework.actions.unmerge_cases import unmerge_cases
from casework.errors import Refusal, RefusalCode
from casework.outcomes import Result
from models.vocabulary import Audience, CaseState, Level, Outcome, ReferralState
from tests.casework import situations
from tests.casework.actions.test_merge_cases import another, merge
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

C, Code = CaseState, RefusalCode
FRIDAY = date(2026, 11, 20)


async def merged(world: World, *problems: str) -> tuple[int, int]:
    """Give the case that goes on and the one that was merged into it."""
    target = await situations.screened(world)
    source = await another(world, target, *problems)
    await merge(world, source, target)
    return target, source


async def test_the_case_goes_on_by_itself_and_takes_its_problems_back(world: World) -> None:
    target, source = await merged(world, "UNPAID_WAGES", "FORCED_LABOUR")
    at, volunteer = world.now, (await world.actor(VOLUNTEER)).seat_id
    assert await world.on_case(VOLUNTEER, unmerge_cases, source) == source
    columns = "id, state, merged_into_case_id, ended_at, sensitive, version, updated_at"
    rows = await world.rows(f'SELECT {columns} FROM "case" ORDER BY id')
    assert rows == [(target, "SCREENING", None, None, False, 4, at), (source, "NEW", None, None, True, 3, at)]
    problems = await world.rows("SELECT case_id, problem_type_code FROM case_problem ORDER BY case_id, position")
    assert problems == [(target, "UNPAID_WAGES"), (source, "UNPAID_WAGES"), (source, "FORCED_LABOUR")]
    assert await world.value("SELECT unmerged_at FROM case_merge") == at
    running = "SELECT seat_id, level, source FROM participation WHERE case_id = :id AND until IS NULL ORDER BY id"
    assert await world.rows(running, id=source) == [(volunteer, 4, "HOLDER"), (volunteer, 4, "ASSIGNMENT")]
    events = await world.rows("SELECT subject_id, kind, payload FROM event ORDER BY id DESC LIMIT 2")
    assert [tuple(event) for event in events] == [
        (source, "CASE_UNMERGED", {"from": "MERGED", "to": "NEW", "case": target}),
        (target, "CASE_RELEASED", {"case": source}),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (C.SCREENING, C.SCREENING),
        (C.IN_PROGRESS, C.IN_PROGRESS),
        (C.WAITING_CITIZEN, C.IN_PROGRESS),
        (C.WAITING_AGENCY, C.IN_PROGRESS),
    ],
)
async def test_a_case_goes_on_where_it_stood_and_what_it_waited_for_has_passed(
    world: World, before: CaseState, after: CaseState
) -> None:
    target = await situations.screened(world)
    source = await another(world, target)
    await situations.status(world, source, C.SCREENING)
    if before is not C.SCREENING:
        await situations.status(world, source, C.IN_PROGRESS)
    if before not in {C.SCREENING, C.IN_PROGRESS}:
        await situations.status(world, source, before, review_on=FRIDAY)
    await merge(world, source, target)
    await world.on_case(COORDINATOR, unmerge_cases, source)
    assert await world.rows('SELECT state, review_on FROM "case" WHERE id = :id', id=source) == [(after, None)]


async def test_its_volunteer_reads_it_again_and_its_referrals_stay_ended(world: World) -> None:
    target = await situations.screened(world)
    source = await another(world, target, "SEVERANCE")
    await situations.status(world, source, C.SCREENING)
    await situations.transferred(world, source, problem_type_code="SEVERANCE")
    sent = await world.referral(source, "officer DLPW-43", "SSO-43", problem_type_code="SEVERANCE")
    await merge(world, source, target, by=COORDINATOR)
    assert await level_of(world, VOLUNTEER, source) == 1
    await world.on_case(COORDINATOR, unmerge_cases, source)
    assert [await level_of(world, by, source) for by in (VOLUNTEER, "officer DLPW-43", "officer SSO-43")] == [4, 4, 1]
    assert await world.value("SELECT state FROM referral WHERE id = :id", id=sent) == ReferralState.RECALLED


async def _worked_on(world: World, target: int) -> None:
    await situations.status(world, target, C.IN_PROGRESS)


async def _referred(world: World, target: int) -> None:
    await world.referral(target)


async def _given_a_result(world: World, target: int) -> None:
    result = Result(Outcome.PAID)
    await world.on_case(VOLUNTEER, record_outcome, target, problem_type_code="SEVERANCE", result=result)


async def _ended(world: World, target: int) -> None:
    await situations.status(world, target, C.WITHDRAWN, reason="ถอน")


async def _merged_on(world: World, target: int) -> None:
    await merge(world, target, await another(world, target, "JOB_SEARCH"))


async def _joined(world: World, target: int) -> None:
    await merge(world, await another(world, target, "JOB_SEARCH"), target)


@pytest.mark.parametrize("change", [_worked_on, _referred, _given_a_result, _ended, _merged_on, _joined])
@pytest.mark.parametrize("by", [VOLUNTEER, COORDINATOR])
async def test_what_the_other_case_has_done_since_is_not_torn_apart(
    world: World, change: Callable[[World, int], Awaitable[None]], by: str
) -> None:
    target, source = await merged(world, "SEVERANCE")
    await change(world, target)
    async with refused_unchanged(world, Code.MERGE_CHANGED):
        await world.on_case(by, unmerge_cases, source)


async def test_the_last_of_two_merges_is_undone_and_the_one_before_it_no_longer(world: World) -> None:
    target, first = await merged(world, "SEVERANCE")
    second = await another(world, target, "JOB_SEARCH")
    await merge(world, second, target)
    await world.on_case(VOLUNTEER, unmerge_cases, second)
    async with refused_unchanged(world, Code.MERGE_CHANGED):
        await world.on_case(VOLUNTEER, unmerge_cases, first)


async def test_a_note_on_the_other_case_does_not_hold_the_merged_one_fast(world: World) -> None:
    target, source = await merged(world)
    await world.act(VOLUNTEER, add_note, case_id=target, audience=Audience.CASE, text="โทรแล้ว")
    await world.on_case(VOLUNTEER, unmerge_cases, source)
    assert await world.value('SELECT state FROM "case" WHERE id = :id', id=source) == "NEW"


async def test_a_case_is_merged_and_parted_again_and_again(world: World) -> None:
    target, source = await merged(world, "SEVERANCE")
    for _ in range(2):
        await world.on_case(VOLUNTEER, unmerge_cases, source)
        await merge(world, source, target)
    rows = await world.rows("SELECT source_case_id, unmerged_at IS NULL FROM case_merge ORDER BY id")
    assert rows == [(source, False), (source, False), (source, True)]
    assert await world.value("SELECT count(*) FROM case_problem WHERE case_id = :id", id=target) == 2


async def test_one_who_has_no_say_in_the_other_case_does_not_part_them(world: World) -> None:
    target = await situations.screened(world)
    source = await another(world, target)
    await situations.accepted(world, target, OTHER_VOLUNTEER)
    await merge(world, source, target, by=COORDINATOR)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.on_case(VOLUNTEER, unmerge_cases, source)


async def test_who_sees_the_other_case_alone_is_not_told_that_one_was_merged_into_it(world: World) -> None:
    target, source = await merged(world)
    await world.referral(target)
    assert [await level_of(world, DLPW, case) for case in (target, source)] == [Level.ANONYMOUS, None]
    async with refused_unchanged(world, Code.NOT_FOUND):
        await world.on_case(DLPW, unmerge_cases, source)


async def test_nobody_else_parts_them_and_only_what_was_merged_is_parted(world: World) -> None:
    target, source = await merged(world)
    others = {MENTOR: Code.NOT_PERMITTED, AUDITOR: Code.NOT_PERMITTED, OTHER_VOLUNTEER: Code.NOT_FOUND}
    for by, code in {**others, ADMIN: Code.NOT_FOUND}.items():
        async with refused_unchanged(world, code):
            await world.on_case(by, unmerge_cases, source)
    async with refused_unchanged(world, Code.NOT_IN_THIS_STATE):
        await world.on_case(VOLUNTEER, unmerge_cases, target)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(VOLUNTEER, unmerge_cases, case_id=source, expected_version=1)


async def test_of_two_who_part_them_at_once_exactly_one_does(world: World) -> None:
    _, source = await merged(world, "SEVERANCE")
    results = await asyncio.gather(
        *(world.act(by, unmerge_cases, case_id=source, expected_version=2) for by in (VOLUNTEER, COORDINATOR)),
        return_exceptions=True,
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.VERSION_CONFLICT
    assert results.count(source) == 1
