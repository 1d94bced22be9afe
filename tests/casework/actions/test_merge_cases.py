"""Merge a case into another one of the same citizen."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casework.actions.merge_cases import merge_cases
from casework.actions.open_case import Intake, open_case
from casework.actions.record_outcome import record_outcome
from casework.errors import Refusal, RefusalCode
from casework.outcomes import Result
from casework.versions import Versioned
from models.vocabulary import CaseState, Channel, Outcome, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, TAMBON, VOLUNTEER, World

C, Code = CaseState, RefusalCode
FRIDAY = date(2026, 11, 20)


async def another(world: World, case_id: int, *problems: str, by: str = VOLUNTEER) -> int:
    """Open one more case of the citizen of a case."""
    intake = Intake(
        citizen_id=await world.value('SELECT citizen_id FROM "case" WHERE id = :id', id=case_id),
        problem_type_codes=problems or ("UNPAID_WAGES",),
        area_code=TAMBON,
        narrative="แจ้งซ้ำเรื่องค่าจ้าง",
        channel=Channel.VOLUNTEER,
    )
    return await world.act(by, open_case, intake=intake)


async def merge(world: World, source: int, target: int, *, by: str = VOLUNTEER, **versions: int) -> int:
    versions = {
        "expected_version": await world.version(source),
        "expected_into_version": await world.version(target),
        **versions,
    }
    return await world.act(by, merge_cases, source_id=source, target_id=target, **versions)


async def test_the_case_ends_and_goes_on_in_the_other_one(world: World) -> None:
    target = await situations.in_progress(world)
    source = await another(world, target)
    at = world.now
    assert await merge(world, source, target) == target
    rows = await world.rows(
        'SELECT id, state, merged_into_case_id, ended_at, version, updated_at FROM "case" ORDER BY id'
    )
    assert rows == [(target, "IN_PROGRESS", None, None, 4, at), (source, "MERGED", target, at, 2, at)]
    (kept,) = await world.rows("SELECT * FROM case_merge")
    assert (kept.source_case_id, kept.target_case_id, kept.source_state) == (source, target, "NEW")
    assert (kept.target_version, kept.merged_at, kept.unmerged_at) == (4, at, None)
    events = await world.rows("SELECT subject_id, kind, payload FROM event ORDER BY id DESC LIMIT 2")
    assert [tuple(event) for event in events] == [
        (target, "CASE_ABSORBED", {"case": source, "problemTypes": [], "outcomes": []}),
        (source, "CASE_MERGED", {"from": "NEW", "to": "MERGED", "case": target}),
    ]


async def test_problems_that_only_the_merged_case_has_come_along_with_their_outcomes(world: World) -> None:
    target = await situations.in_progress(world)
    source = await another(world, target, "WORK_INJURY", "UNPAID_WAGES", "SEVERANCE")
    await situations.status(world, source, C.SCREENING)
    result = Result(Outcome.PAID, Decimal(900), Decimal("450.5"))
    for problem in ("UNPAID_WAGES", "SEVERANCE"):
        await world.on_case(VOLUNTEER, record_outcome, source, problem_type_code=problem, result=result)
    recorded_at = await world.value("SELECT max(outcome_at) FROM case_problem")
    await merge(world, source, target)
    columns = (
        "problem_type_code, position, outcome, amount_claimed::text, amount_recovered::text, outcome_at, from_case_id"
    )
    rows = await world.rows(f"SELECT {columns} FROM case_problem WHERE case_id = :id ORDER BY position", id=target)
    assert rows == [
        ("UNPAID_WAGES", 1, None, None, None, None, None),
        ("WORK_INJURY", 2, None, None, None, None, source),
        ("SEVERANCE", 3, "PAID", "900.00", "450.50", recorded_at, source),
    ]
    assert await world.value("SELECT count(*) FROM case_problem WHERE case_id = :id", id=source) == 3
    told = await world.value("SELECT payload FROM event WHERE kind = 'CASE_ABSORBED'")
    assert (told["problemTypes"], told["outcomes"]) == (["WORK_INJURY", "SEVERANCE"], ["", "PAID"])


async def test_what_is_open_in_the_merged_case_ends_and_only_its_holder_keeps_access(world: World) -> None:
    target = await situations.screened(world)
    source = await another(world, target, "SEVERANCE")
    await situations.status(world, source, C.SCREENING)
    sent = await world.referral(source, problem_type_code="SEVERANCE")
    await situations.bring(world, sent, ReferralState.IN_PROGRESS)
    await situations.asked(world, source)
    await situations.status(world, source, C.IN_PROGRESS)
    await situations.status(world, source, C.WAITING_AGENCY, review_on=FRIDAY)
    await merge(world, source, target)
    assert await world.value("SELECT state FROM referral") == "RETURNED"
    assert await world.value("SELECT state FROM assignment") == "SUPERSEDED"
    assert await world.rows('SELECT review_on, due_at FROM "case" WHERE id = :id', id=source) == [(None, None)]
    running = "SELECT source FROM participation WHERE case_id = :id AND until IS NULL"
    assert await world.rows(running, id=source) == [("HOLDER",)]
    levels = [await level_of(world, by, source) for by in (VOLUNTEER, DLPW, OTHER_VOLUNTEER)]
    assert levels == [4, 1, 1]
    assert await level_of(world, DLPW, target) is None


async def test_sensitivity_comes_along(world: World) -> None:
    target = await situations.screened(world)
    source = await another(world, target, "FORCED_LABOUR")
    await merge(world, source, target)
    assert await world.value('SELECT sensitive FROM "case" WHERE id = :id', id=target) is True
    assert await level_of(world, MENTOR, target) == 1


async def test_a_chain_of_merges_leads_on_from_case_to_case(world: World) -> None:
    first = await world.case()
    second = await another(world, first, "SEVERANCE")
    third = await another(world, first, "JOB_SEARCH")
    await merge(world, third, second)
    await merge(world, second, first)
    rows = await world.rows('SELECT id, merged_into_case_id FROM "case" ORDER BY id')
    assert rows == [(first, None), (second, first), (third, second)]
    brought = "SELECT problem_type_code, from_case_id FROM case_problem WHERE case_id = :id ORDER BY position"
    assert await world.rows(brought, id=first) == [
        ("UNPAID_WAGES", None),
        ("SEVERANCE", second),
        ("JOB_SEARCH", second),
    ]


async def test_the_coordinator_merges_cases_of_two_holders(world: World) -> None:
    target = await situations.screened(world)
    source = await another(world, target)
    await situations.accepted(world, source, OTHER_VOLUNTEER)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await merge(world, source, target)
    await merge(world, source, target, by=COORDINATOR)
    assert await world.value('SELECT state FROM "case" WHERE id = :id', id=source) == "MERGED"


async def test_a_case_is_not_merged_with_itself(world: World) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, Code.CASES_SAME, "input", "into"):
        await merge(world, case_id, case_id)


async def test_a_case_is_not_merged_with_another_citizens(world: World) -> None:
    first, second = await world.case(), await world.case()
    for source, target in ((first, second), (second, first)):
        async with refused_unchanged(world, Code.CASES_OF_TWO_CITIZENS, "input", "into"):
            await merge(world, source, target)


@pytest.mark.parametrize(
    ("name", "place"), [("expected_version", "expectedVersion"), ("expected_into_version", "expectedIntoVersion")]
)
async def test_both_versions_must_still_be_there(world: World, name: str, place: str) -> None:
    target = await situations.screened(world)
    source = await another(world, target)
    await situations.status(world, source, C.SCREENING)
    stale: dict[str, Any] = {name: 1}
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", place):
        await merge(world, source, target, **stale)


OTHERS = {
    MENTOR: Code.NOT_PERMITTED,
    AUDITOR: Code.NOT_PERMITTED,
    OTHER_VOLUNTEER: Code.NOT_FOUND,
    ADMIN: Code.NOT_FOUND,
}


async def test_nobody_else_merges_and_a_case_that_is_not_there_is_not_found(world: World) -> None:
    target = await world.case()
    source = await another(world, target)
    for by, code in OTHERS.items():
        async with refused_unchanged(world, code):
            await merge(world, source, target, by=by)
    missing: dict[str, Any] = {"target_id": 999_999_999_999, "expected_into_version": 1}
    async with refused_unchanged(world, Code.NOT_FOUND):
        await world.act(VOLUNTEER, merge_cases, source_id=source, expected_version=1, **missing)


async def test_resolved_and_ended_cases_are_neither_merged_nor_merged_into(world: World) -> None:
    target = await world.case()
    resolved = await situations.resolved(world, citizen_id=await world.value("SELECT id FROM citizen"))
    ended = await another(world, target)
    await situations.status(world, ended, C.WITHDRAWN, reason="ถอน")
    for other, code in ((resolved, Code.NOT_IN_THIS_STATE), (ended, Code.CASE_ENDED)):
        for source, into in ((other, target), (target, other)):
            async with refused_unchanged(world, code):
                await merge(world, source, into)


async def test_of_two_merges_in_opposite_directions_at_once_exactly_one_wins(world: World) -> None:
    for _ in range(5):
        first = await world.case()
        second = await another(world, first)
        versions: dict[str, Any] = {"expected_version": 1, "expected_into_version": 1}
        results = await asyncio.gather(
            *(merge(world, *both, **versions) for both in ((first, second), (second, first))), return_exceptions=True
        )
        (refusal,) = [result for result in results if isinstance(result, Refusal)]
        assert (refusal.code, refusal.subject) == (Code.VERSION_CONFLICT, (Versioned.CASE, first))
        (winner,) = [result for result in results if result in {first, second}]
        rows = await world.rows("SELECT id, merged_into_case_id FROM \"case\" WHERE state = 'MERGED' ORDER BY id DESC")
        assert tuple(rows[0]) == (first + second - winner, winner)
