"""A referral that nobody answers goes back to its sender ten working days after it should have been answered."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from casework.actions.accept_referral import accept_referral
from casework.actions.answer_referral_info import answer_referral_info
from casework.actions.lapse_referral import lapse_referral
from casework.errors import Refusal, RefusalCode
from models.vocabulary import CaseState, Priority, ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import nothing_changes
from tests.world import DLPW, VOLUNTEER, World

R = ReferralState
DUE = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
"""Ten working days after Thursday 19 November, 16:30."""
MOMENT = timedelta(microseconds=1)


async def lapse(world: World, referral_id: int, at: datetime | None = None) -> bool:
    world.now = at or world.now
    async with world.system() as unit:
        return await lapse_referral(unit, referral_id=referral_id)


@pytest.mark.parametrize("state", [R.SENT, R.RECEIVED])
@pytest.mark.parametrize("kind", [ReferralKind.REFER, ReferralKind.CONSULT, ReferralKind.TRANSFER])
async def test_it_goes_back_exactly_then_and_the_office_keeps_its_status(
    world: World, kind: ReferralKind, state: ReferralState
) -> None:
    sent = await situations.referral_in(world, state, kind=kind)
    before, version = await world.value("SELECT version FROM referral"), await world.version(sent.case_id)
    async with nothing_changes(world):
        assert await lapse(world, sent.referral_id, DUE - MOMENT) is False
    assert await lapse(world, sent.referral_id, DUE) is True
    assert await world.rows("SELECT state, ended_at, version FROM referral") == [("LAPSED", DUE, before + 1)]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(None, version, DUE)]
    assert [await level_of(world, by, sent.case_id) for by in (VOLUNTEER, DLPW)] == [4, 1]
    (event,) = await world.rows("SELECT * FROM event ORDER BY id DESC LIMIT 1")
    payload = {"referral": sent.referral_id, "office": world.office("DLPW-43")}
    assert (event.kind, event.payload) == ("REFERRAL_LAPSED", payload)
    assert (event.actor_seat_id, event.actor_account_id, event.actor_agency_code) == (None, None, None)
    async with nothing_changes(world):
        assert await lapse(world, sent.referral_id, DUE + timedelta(days=9)) is False


async def test_holidays_and_a_shortened_time_count(world: World) -> None:
    """Sent on 25 November to be answered by the 27th: 7 and 10 December are holidays."""
    case_id = await situations.screened(world)
    world.now = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    referral_id = await world.referral(case_id, respond_by=datetime(2026, 11, 27, 3, 0, tzinfo=UTC))
    due = datetime(2026, 12, 15, 9, 30, tzinfo=UTC)
    assert await lapse(world, referral_id, due - MOMENT) is False
    assert await lapse(world, referral_id, due) is True


async def test_an_urgent_one_goes_back_sooner(world: World) -> None:
    case_id = await situations.screened(world, priority=Priority.URGENT)
    referral_id = await world.referral(case_id)
    due = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    assert await lapse(world, referral_id, due - MOMENT) is False
    assert await lapse(world, referral_id, due) is True


@pytest.mark.parametrize("state", [state for state in R if state not in {R.SENT, R.RECEIVED}])
async def test_what_was_answered_or_is_over_never_goes_back_by_itself(world: World, state: ReferralState) -> None:
    sent = await situations.referral_in(world, state)
    async with nothing_changes(world):
        assert await lapse(world, sent.referral_id, DUE + timedelta(days=400)) is False


async def test_an_information_never_goes_back_by_itself(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT, kind=ReferralKind.INFORM)
    async with nothing_changes(world):
        assert await lapse(world, sent.referral_id, DUE + timedelta(days=400)) is False


async def test_a_question_puts_it_off_by_the_time_that_the_answer_took(world: World) -> None:
    """Asked on Tuesday and answered on Thursday: two working days."""
    sent = await situations.referral_in(world, R.RECEIVED)
    world.now = datetime(2026, 11, 17, 3, 0, tzinfo=UTC)
    await situations.ask(world, sent.referral_id)
    world.now = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
    await world.on_referral(VOLUNTEER, answer_referral_info, sent.referral_id, answer="ไม่มี")
    due = datetime(2026, 12, 8, 9, 30, tzinfo=UTC)
    assert await lapse(world, sent.referral_id, due - MOMENT) is False
    assert await lapse(world, sent.referral_id, due) is True


async def test_the_problem_may_be_sent_there_again_afterwards(world: World) -> None:
    sent = await situations.referral_in(world, R.LAPSED)
    await world.referral(sent.case_id)
    await situations.status(world, sent.case_id, CaseState.IN_PROGRESS)
    assert [row.state for row in await world.rows("SELECT state FROM referral ORDER BY id")] == ["LAPSED", "SENT"]


async def test_an_office_that_accepts_at_the_same_moment_either_has_it_or_is_told(world: World) -> None:
    for _ in range(5):
        sent = await situations.referral_in(world, R.RECEIVED)
        world.now = DUE + timedelta(days=60)
        given = {"referral_id": sent.referral_id, "expected_version": 2}
        lapsed, accepted = await asyncio.gather(
            lapse(world, sent.referral_id), world.act(DLPW, accept_referral, **given), return_exceptions=True
        )
        state = await world.value("SELECT state FROM referral WHERE id = :id", id=sent.referral_id)
        if lapsed is True:
            assert isinstance(accepted, Refusal)
            assert (accepted.code, state) == (RefusalCode.VERSION_CONFLICT, "LAPSED")
        else:
            assert (lapsed, accepted, state) == (False, sent.referral_id, "ACCEPTED")
