"""Accept a referral; accepting a transfer moves the holder."""

import asyncio

import pytest

from casework.actions.accept_referral import accept_referral
from casework.actions.recall_referral import recall_referral
from casework.actions.start_referral import start_referral
from casework.errors import Refusal, RefusalCode
from casework.versions import Versioned
from models.vocabulary import EventKind, ReasonCategory, ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import DLPW, SSO, VOLUNTEER, World

Code, R, TRANSFER = RefusalCode, ReferralState, ReferralKind.TRANSFER


async def test_the_office_will_do_it_and_the_holder_stays(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED)
    at, version = world.now, await world.version(sent.case_id)
    before = await world.fingerprint()
    assert await world.on_referral(DLPW, accept_referral, sent.referral_id) == sent.referral_id
    (row,) = await world.rows("SELECT state, accepted_at, ended_at, version, result_by FROM referral")
    assert tuple(row)[:4] == ("ACCEPTED", at, None, 3)
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(row.result_by, version, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert event.kind == EventKind.REFERRAL_ACCEPTED
    assert event.payload == {"referral": sent.referral_id, "office": world.office("DLPW-43")}
    after = await world.fingerprint()
    assert {name for name in after if after[name] != before[name]} == {
        "referral",
        "event",
        "feed_pending",
        '"case"',
        "deadline",
        "deadline_step",
    }


async def test_a_transfer_moves_the_holder_exactly_when_it_is_accepted(world: World) -> None:
    opened_at = world.now.replace(hour=3)
    sent = await situations.referral_in(world, R.SENT, kind=TRANSFER)
    seat, office = (await world.actor(VOLUNTEER)).seat_id, world.office("DLPW-43")
    await situations.bring(world, sent.referral_id, R.RECEIVED)
    assert await world.rows('SELECT holder_seat_id, holder_office_id FROM "case"') == [(seat, None)]
    at, version = world.now, await world.version(sent.case_id)
    await world.on_referral(DLPW, accept_referral, sent.referral_id)
    (case,) = await world.rows(
        'SELECT holder_seat_id, holder_office_id, volunteer_seat_id, version, due_at FROM "case"'
    )
    assert tuple(case) == (None, office, seat, version + 1, None)
    assert await world.rows("SELECT state, accepted_at, ended_at, version FROM referral") == [("COMPLETED", at, at, 3)]
    holdings = await world.rows("SELECT seat_id, office_id, since, until FROM case_holding ORDER BY since")
    assert holdings == [(seat, None, opened_at, at), (None, office, at, None)]
    running = await world.rows(
        "SELECT seat_id, office_id, level, source FROM participation WHERE until IS NULL ORDER BY id"
    )
    assert running == [(seat, None, 4, "OPENED"), (None, office, 4, "HOLDER")]
    events = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 2")
    assert [event.kind for event in events] == [EventKind.CASE_HOLDER_CHANGED, EventKind.REFERRAL_ACCEPTED]
    assert events[0].payload == {"fromSeat": seat, "fromOffice": None, "seat": None, "office": office}


async def test_giving_a_case_back_is_a_transfer_of_its_own(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    await situations.transferred(world, case_id, by=DLPW, office=SSO)
    await situations.transferred(world, case_id, by=SSO, office=DLPW)
    holders = await world.rows("SELECT office_id FROM case_holding ORDER BY since OFFSET 1")
    assert [row.office_id for row in holders] == [world.office(code) for code in ("DLPW-43", "SSO-43", "DLPW-43")]
    assert await world.value("SELECT count(*) FROM case_holding WHERE until IS NULL") == 1


async def test_other_referrals_go_on_when_the_case_is_transferred(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "WORK_INJURY")
    other = await world.referral(case_id, to="SSO-43", problem_type_code="WORK_INJURY")
    await situations.bring(world, other, R.IN_PROGRESS, office=SSO)
    await situations.transferred(world, case_id)
    (row,) = await world.rows("SELECT state, result_by FROM referral WHERE id = :id", id=other)
    assert row.state == "IN_PROGRESS"
    assert await world.value('SELECT due_at FROM "case"') == row.result_by


async def test_accepting_and_recalling_at_once_gives_one_answer(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED, kind=TRANSFER)
    recall = {"reason": "ส่งผิด", "category": ReasonCategory.SENT_IN_ERROR}
    given = {"referral_id": sent.referral_id, "expected_version": 2}
    results = await asyncio.gather(
        world.act(DLPW, accept_referral, **given),
        world.act(VOLUNTEER, recall_referral, **given, **recall),
        return_exceptions=True,
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.VERSION_CONFLICT
    assert refusal.subject == (Versioned.REFERRAL, sent.referral_id)
    assert await world.value("SELECT version FROM referral") == 3


@pytest.mark.parametrize("kind", ReferralKind)
async def test_what_was_not_received_is_not_accepted(world: World, kind: ReferralKind) -> None:
    sent = await situations.referral_in(world, R.SENT, kind=kind)
    async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
        await world.on_referral(DLPW, accept_referral, sent.referral_id)


async def test_a_transfer_that_was_accepted_goes_no_further(world: World) -> None:
    case_id = await situations.screened(world)
    referral_id = await situations.transferred(world, case_id)
    for verb in (accept_referral, start_referral):
        async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
            await world.on_referral(DLPW, verb, referral_id)


async def test_the_version_that_one_decided_on_must_still_be_there(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(DLPW, accept_referral, referral_id=sent.referral_id, expected_version=1)
