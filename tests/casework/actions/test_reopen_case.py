"""Open a resolved or closed case again."""

import pytest

from casework.actions.confirm_closing import confirm_closing
from casework.actions.receive_referral import receive_referral
from casework.actions.reopen_case import reopen_case
from casework.errors import RefusalCode
from models.vocabulary import CaseState, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

C, Code = CaseState, RefusalCode


async def test_the_work_goes_on_with_the_reason_in_a_note_and_the_outcomes_stay(world: World) -> None:
    case_id = await situations.closed(world)
    at, version = world.now, await world.version(case_id)
    assert await world.on_case(VOLUNTEER, reopen_case, case_id, reason=" นายจ้างผิดนัด ") == case_id
    columns = "state, ended_at, resolved_at, resolved_by_account_id, updated_at, version"
    assert await world.rows(f'SELECT {columns} FROM "case"') == [("IN_PROGRESS", None, None, None, at, version + 1)]
    assert await world.value("SELECT outcome FROM case_problem") == "ADVISED"
    (note,) = await world.rows("SELECT id, audience, text FROM note ORDER BY id DESC LIMIT 1")
    assert tuple(note)[1:] == ("CASE", "นายจ้างผิดนัด")
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("CASE_REOPENED", {"from": "CLOSED", "to": "IN_PROGRESS", "note": note.id})


async def test_the_volunteer_reads_the_case_again_and_the_offices_that_had_referrals_do_not(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    sent = await world.referral(case_id, DLPW, "SSO-43")
    await world.on_referral(SSO, receive_referral, sent)
    await situations.bring(world, sent, ReferralState.RECALLED, by=DLPW, office=SSO)
    await situations.status(world, case_id, C.IN_PROGRESS, by=DLPW)
    await situations.bring_to_result(world, case_id, by=DLPW)
    await world.on_case(VOLUNTEER, confirm_closing, case_id, note="ยืนยัน")
    assert [await level_of(world, by, case_id) for by in (VOLUNTEER, DLPW, SSO)] == [1, 4, 1]
    await world.on_case(DLPW, reopen_case, case_id, reason="นายจ้างผิดนัด")
    assert [await level_of(world, by, case_id) for by in (VOLUNTEER, DLPW, SSO)] == [4, 4, 1]
    seat = (await world.actor(VOLUNTEER)).seat_id
    running = await world.rows("SELECT seat_id, source FROM participation WHERE until IS NULL ORDER BY id")
    assert running == [(None, "HOLDER"), (seat, "ASSIGNMENT")]


async def test_a_resolved_case_is_reopened_without_a_second_access_for_the_volunteer(world: World) -> None:
    case_id = await situations.resolved(world)
    before = await world.rows("SELECT id, until FROM participation ORDER BY id")
    await world.on_case(COORDINATOR, reopen_case, case_id, reason="ยังไม่จบ")
    assert await world.rows("SELECT id, until FROM participation ORDER BY id") == before
    payload = await world.value("SELECT payload FROM event ORDER BY id DESC LIMIT 1")
    assert (payload["from"], payload["to"]) == ("RESOLVED", "IN_PROGRESS")


async def test_a_reopened_case_is_resolved_and_closed_again(world: World) -> None:
    case_id = await situations.closed(world)
    for _ in range(2):
        await world.on_case(VOLUNTEER, reopen_case, case_id, reason="ยังไม่จบ")
        at = world.now
        await situations.status(world, case_id, C.RESOLVED)
        assert await world.value('SELECT resolved_at FROM "case"') == at
        await world.on_case(VOLUNTEER, confirm_closing, case_id, note="จบแล้ว")
    assert await world.value("SELECT count(*) FROM participation WHERE until IS NULL") == 1
    assert await world.value("SELECT count(*) FROM case_holding") == 1


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", Code.TEXT_MISSING), ("ก" * 10_001, Code.TEXT_TOO_LONG), ("\ud800", Code.TEXT_BROKEN)]
)
async def test_a_wrong_reason_is_named_and_the_case_stays_closed(world: World, reason: str, code: RefusalCode) -> None:
    case_id = await situations.closed(world)
    async with refused_unchanged(world, code, "input", "reason"):
        await world.on_case(VOLUNTEER, reopen_case, case_id, reason=reason)


async def test_nobody_else_opens_a_closed_case_again(world: World) -> None:
    case_id = await situations.closed(world)
    others = {MENTOR: Code.NOT_PERMITTED, AUDITOR: Code.NOT_PERMITTED, OTHER_VOLUNTEER: Code.NOT_FOUND}
    for by, code in {**others, ADMIN: Code.NOT_FOUND, DLPW: Code.NOT_FOUND}.items():
        async with refused_unchanged(world, code):
            await world.on_case(by, reopen_case, case_id, reason="ยังไม่จบ")


async def test_a_withdrawn_case_and_one_under_work_are_not_reopened_nor_one_that_changed_meanwhile(
    world: World,
) -> None:
    case_id = await situations.resolved(world)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(VOLUNTEER, reopen_case, case_id=case_id, expected_version=1, reason="ยังไม่จบ")
    await world.on_case(VOLUNTEER, reopen_case, case_id, reason="ยังไม่จบ")
    async with refused_unchanged(world, Code.NOT_IN_THIS_STATE):
        await world.on_case(VOLUNTEER, reopen_case, case_id, reason="ยังไม่จบ")
    await situations.status(world, case_id, C.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await world.on_case(VOLUNTEER, reopen_case, case_id, reason="ยังไม่จบ")
