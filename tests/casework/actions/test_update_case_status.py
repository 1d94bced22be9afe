"""Move a case along its states."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from casework.actions.update_case_status import update_case_status
from casework.errors import Refusal, RefusalCode
from casework.versions import Versioned
from models.vocabulary import CaseState, EventKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused, refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

C, Code = CaseState, RefusalCode
FRIDAY = date(2026, 11, 20)
TO: dict[CaseState, list[CaseState]] = {
    C.NEW: [],
    C.SCREENING: [C.SCREENING],
    C.IN_PROGRESS: [C.SCREENING, C.IN_PROGRESS],
}


async def test_a_step_is_written_with_its_event(world: World) -> None:
    case_id, at = await world.case(), world.now
    assert await world.on_case(VOLUNTEER, update_case_status, case_id, state=C.SCREENING) == case_id
    rows = await world.rows('SELECT state, version, updated_at, review_on, ended_at FROM "case"')
    assert rows == [("SCREENING", 2, at, None, None)]
    (event,) = await world.rows("SELECT kind, payload, recorded_at FROM event WHERE subject_kind = 'CASE' AND seq = 2")
    assert tuple(event) == (EventKind.CASE_STATUS_CHANGED, {"from": "NEW", "to": "SCREENING"}, at)


@pytest.mark.parametrize("state", [C.WAITING_CITIZEN, C.WAITING_AGENCY])
async def test_waiting_keeps_a_review_date_until_the_work_goes_on(world: World, state: CaseState) -> None:
    case_id = await situations.in_progress(world)
    await situations.status(world, case_id, state, review_on=FRIDAY)
    assert await world.rows('SELECT state, review_on FROM "case"') == [(state, FRIDAY)]
    payload = await world.value("SELECT payload FROM event WHERE subject_kind = 'CASE' ORDER BY id DESC LIMIT 1")
    assert payload == {"from": "IN_PROGRESS", "to": state.value, "reviewOn": "2026-11-20"}
    await situations.status(world, case_id, C.IN_PROGRESS)
    assert await world.rows('SELECT state, review_on FROM "case"') == [("IN_PROGRESS", None)]


async def test_a_case_is_resolved_once_every_problem_has_an_outcome_and_no_office_works(world: World) -> None:
    case_id = await situations.in_progress(world, "UNPAID_WAGES", "SEVERANCE")
    with refused(Code.OUTCOME_MISSING):
        await situations.status(world, case_id, C.RESOLVED)
    for problem in ("UNPAID_WAGES", "SEVERANCE"):
        referral_id = await world.referral(case_id, problem_type_code=problem)
        await situations.bring(world, referral_id, ReferralState.COMPLETED)
    again = await world.referral(case_id)
    async with refused_unchanged(world, Code.REFERRALS_OPEN):
        await situations.status(world, case_id, C.RESOLVED)
    await situations.bring(world, again, ReferralState.RECALLED)
    await situations.status(world, case_id, C.RESOLVED)
    assert await world.rows('SELECT state, ended_at FROM "case"') == [("RESOLVED", None)]


async def test_the_refusal_names_the_problems_without_an_outcome(world: World) -> None:
    case_id = await situations.in_progress(world, "UNPAID_WAGES", "SEVERANCE")
    with pytest.raises(Refusal) as caught:
        await situations.status(world, case_id, C.RESOLVED)
    assert caught.value.facts == {"problems": "SEVERANCE, UNPAID_WAGES"}


WRONG: dict[CaseState, list[tuple[CaseState, dict[str, Any], RefusalCode, str]]] = {
    C.NEW: [
        (C.IN_PROGRESS, {}, Code.CASE_STEP_ILLEGAL, "state"),
        (C.NEW, {}, Code.CASE_STEP_ILLEGAL, "state"),
        (C.CLOSED, {}, Code.CASE_STEP_ILLEGAL, "state"),
        (C.MERGED, {}, Code.CASE_STEP_ILLEGAL, "state"),
        (C.SCREENING, {"review_on": FRIDAY}, Code.REVIEW_DATE_UNWANTED, "reviewOn"),
        (C.SCREENING, {"reason": "ก"}, Code.REASON_UNWANTED, "reason"),
        (C.WITHDRAWN, {}, Code.REASON_MISSING, "reason"),
        (C.WITHDRAWN, {"reason": " "}, Code.TEXT_MISSING, "reason"),
        (C.OUT_OF_SCOPE, {"reason": "\x00ก"}, Code.TEXT_BROKEN, "reason"),
        (C.OUT_OF_SCOPE, {"reason": "ก" * 10_001}, Code.TEXT_TOO_LONG, "reason"),
        (C.WITHDRAWN, {"reason": "ก", "review_on": FRIDAY}, Code.REVIEW_DATE_UNWANTED, "reviewOn"),
    ],
    C.SCREENING: [
        (C.RESOLVED, {}, Code.CASE_STEP_ILLEGAL, "state"),
    ],
    C.IN_PROGRESS: [
        (C.WAITING_AGENCY, {}, Code.REVIEW_DATE_MISSING, "reviewOn"),
        (C.WAITING_AGENCY, {"review_on": date(2026, 11, 16)}, Code.DATE_IN_PAST, "reviewOn"),
        (C.WAITING_AGENCY, {"review_on": date(2027, 11, 18)}, Code.DATE_TOO_FAR, "reviewOn"),
        (C.WAITING_AGENCY, {"review_on": date(2569, 11, 20)}, Code.BUDDHIST_YEAR, "reviewOn"),
        (C.WAITING_AGENCY, {"review_on": FRIDAY, "reason": "ก"}, Code.REASON_UNWANTED, "reason"),
    ],
}


@pytest.mark.parametrize("before", WRONG)
async def test_an_illegal_step_or_a_wrong_value_changes_nothing(world: World, before: CaseState) -> None:
    case_id = await world.case()
    await situations.status(world, case_id, *TO[before])
    for wanted, more, code, path in WRONG[before]:
        async with refused_unchanged(world, code, "input", path):
            await situations.status(world, case_id, wanted, **more)


OTHERS = {
    MENTOR: Code.NOT_PERMITTED,
    COORDINATOR: Code.NOT_PERMITTED,
    AUDITOR: Code.NOT_PERMITTED,
    DLPW: Code.NOT_PERMITTED,
    OTHER_VOLUNTEER: Code.NOT_FOUND,
    ADMIN: Code.NOT_FOUND,
}


async def test_only_the_holder_moves_the_work_along(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.IN_PROGRESS)
    for by, code in OTHERS.items():
        async with refused_unchanged(world, code):
            await situations.status(world, sent.case_id, C.IN_PROGRESS, by=by)


async def test_after_a_transfer_the_office_moves_the_work_and_the_volunteer_no_longer(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await situations.status(world, case_id, C.IN_PROGRESS)
    await situations.status(world, case_id, C.IN_PROGRESS, by="head DLPW-43")
    assert await world.value('SELECT state FROM "case"') == "IN_PROGRESS"


async def test_a_case_that_does_not_exist_is_not_found(world: World) -> None:
    async with refused_unchanged(world, Code.NOT_FOUND):
        await world.act(VOLUNTEER, update_case_status, case_id=999_999_999_999, state=C.SCREENING, expected_version=1)


async def test_of_two_concurrent_updates_with_one_version_exactly_one_wins(world: World) -> None:
    case_id = await world.case()
    results = await asyncio.gather(
        *(
            world.act(VOLUNTEER, update_case_status, case_id=case_id, state=state, expected_version=1, **more)
            for state, more in ((C.SCREENING, {}), (C.WITHDRAWN, {"reason": "ถอน"}), (C.SCREENING, {}))
        ),
        return_exceptions=True,
    )
    assert results.count(case_id) == 1
    refusals = [result for result in results if isinstance(result, Refusal)]
    assert [refusal.code for refusal in refusals] == [Code.VERSION_CONFLICT, Code.VERSION_CONFLICT]
    assert {refusal.subject for refusal in refusals} == {(Versioned.CASE, case_id)}
    assert await world.version(case_id) == 2
    assert await world.value("SELECT count(*) FROM event WHERE subject_kind = 'CASE'") == 2


async def test_the_history_of_a_case_never_runs_backwards_when_another_process_lags(world: World) -> None:
    case_id = await situations.screened(world)
    late = await world.value('SELECT updated_at FROM "case"')
    world.now = late - timedelta(minutes=30)
    await situations.status(world, case_id, C.IN_PROGRESS)
    await situations.accepted(world, case_id)
    assert await world.value('SELECT updated_at FROM "case"') >= late
    events = await world.rows("SELECT recorded_at FROM event WHERE subject_kind = 'CASE' ORDER BY seq")
    times = [event.recorded_at for event in events]
    assert times == sorted(times)
    assert await world.value("SELECT count(*) FROM case_holding WHERE until < since") == 0
