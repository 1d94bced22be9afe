"""End a case early: WITHDRAWN or OUT_OF_SCOPE close everything that is open."""

import pytest

from casework.errors import RefusalCode
from models.vocabulary import CaseState, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

C, Code = CaseState, RefusalCode


@pytest.mark.parametrize("state", [C.WITHDRAWN, C.OUT_OF_SCOPE])
async def test_the_end_stands_with_its_time_and_the_reason_in_a_note(world: World, state: CaseState) -> None:
    case_id, at = await world.case(), world.now
    await situations.status(world, case_id, state, reason=" ไม่ใช่เรื่องแรงงาน ")
    rows = await world.rows('SELECT state, ended_at, due_at, review_on, version FROM "case"')
    assert rows == [(state, at, None, None, 2)]
    (note,) = await world.rows("SELECT id, audience, text FROM note")
    assert tuple(note)[1:] == ("CASE", "ไม่ใช่เรื่องแรงงาน")
    payload = await world.value("SELECT payload FROM event WHERE subject_kind = 'CASE' AND seq = 2")
    assert payload == {"from": "NEW", "to": state.value, "note": note.id}


async def test_open_referrals_are_recalled_or_returned_and_all_access_but_the_holders_ends(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "WORK_INJURY", "JOB_SEARCH")
    sent = await world.referral(case_id)
    worked_on = await world.referral(case_id, to="SSO-43", problem_type_code="WORK_INJURY")
    await situations.bring(world, worked_on, ReferralState.IN_PROGRESS, office=SSO)
    over = await world.referral(case_id, to="DOE-43", problem_type_code="JOB_SEARCH")
    await situations.bring(world, over, ReferralState.REJECTED, office="officer DOE-43")
    await situations.asked(world, case_id)
    assert await world.value('SELECT due_at IS NOT NULL FROM "case"') is True
    versions = {row.id: row.version for row in await world.rows("SELECT id, version FROM referral")}
    events = await world.value("SELECT count(*) FROM event")
    at = world.now
    await situations.status(world, case_id, C.WITHDRAWN, reason="ถอนเรื่อง")
    rows = await world.rows("SELECT id, state, ended_at = :at AS now, version FROM referral ORDER BY id", at=at)
    assert rows == [
        (sent, "RECALLED", True, versions[sent] + 1),
        (worked_on, "RETURNED", True, versions[worked_on] + 1),
        (over, "REJECTED", False, versions[over]),
    ]
    assert await world.rows("SELECT state, answered_at FROM assignment") == [("SUPERSEDED", at)]
    running = await world.rows("SELECT seat_id, source FROM participation WHERE until IS NULL")
    assert running == [((await world.actor(VOLUNTEER)).seat_id, "HOLDER")]
    kinds = await world.rows("SELECT kind, payload FROM event ORDER BY id OFFSET :n", n=events)
    assert [row.kind for row in kinds] == ["REFERRAL_RECALLED", "REFERRAL_RETURNED", "CASE_STATUS_CHANGED"]
    assert kinds[0].payload == {"referral": sent, "office": world.office("DLPW-43")}
    levels = {by: await level_of(world, by, case_id) for by in (VOLUNTEER, DLPW, SSO, OTHER_VOLUNTEER)}
    assert levels == {VOLUNTEER: 4, DLPW: 1, SSO: 1, OTHER_VOLUNTEER: 1}
    assert await world.value('SELECT due_at FROM "case"') is None


async def test_the_coordinator_ends_cases_of_the_province_and_sensitive_ones_too(world: World) -> None:
    for problem in ("UNPAID_WAGES", "FORCED_LABOUR"):
        case_id = await world.case(VOLUNTEER, problem)
        await situations.status(world, case_id, C.OUT_OF_SCOPE, by=COORDINATOR, reason="นอกอำนาจ")
    assert [row.state for row in await world.rows('SELECT state FROM "case"')] == ["OUT_OF_SCOPE", "OUT_OF_SCOPE"]


OTHERS: list[tuple[str, RefusalCode]] = [
    (MENTOR, Code.NOT_PERMITTED),
    (AUDITOR, Code.NOT_PERMITTED),
    (DLPW, Code.NOT_PERMITTED),
    (OTHER_VOLUNTEER, Code.NOT_FOUND),
    ("admin", Code.NOT_FOUND),
]


async def test_nobody_else_ends_a_case(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.ACCEPTED)
    for by, code in OTHERS:
        async with refused_unchanged(world, code):
            await situations.status(world, sent.case_id, C.WITHDRAWN, by=by, reason="ถอน")


async def test_the_volunteer_of_a_case_that_an_office_holds_does_not_end_it(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await situations.status(world, case_id, C.WITHDRAWN, reason="ถอน")


@pytest.mark.parametrize("wanted", [C.SCREENING, C.WITHDRAWN, C.OUT_OF_SCOPE, C.RESOLVED])
async def test_an_ended_case_stays_ended(world: World, wanted: CaseState) -> None:
    case_id = await world.case()
    await situations.status(world, case_id, C.WITHDRAWN, reason="ถอน")
    for by in (VOLUNTEER, COORDINATOR, MENTOR):
        async with refused_unchanged(world, Code.CASE_ENDED):
            await situations.status(world, case_id, wanted, by=by, reason="อีกครั้ง")
