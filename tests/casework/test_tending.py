"""What time demands is done once, each in a transaction of its own, beside whatever people do."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

from casework.actions.accept_referral import accept_referral
from casework.actions.dispute_closing import dispute_closing
from casework.errors import Refusal, RefusalCode
from casework.tending import tend
from casework.watching import Seen
from models.vocabulary import ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import nothing_changes
from tests.world import ANYTIME, DLPW, VOLUNTEER, World

R = ReferralState
LATER = timedelta(days=60)


async def at_work(world: World) -> tuple[Seen, list[tuple[str, int, int]]]:
    """Tend to the world; give what was done and the progress that was told."""
    told: list[tuple[str, int, int]] = []
    done = await tend(
        world.worker,
        world.reference,
        now=world.now,
        quiet=ANYTIME,
        progress=lambda what, n, total: told.append((what, n, total)),
    )
    return done, told


async def test_overdue_referrals_go_back_and_undisputed_cases_close(world: World) -> None:
    for state in (R.SENT, R.RECEIVED, R.ACCEPTED, R.REJECTED):
        await situations.referral_in(world, state)
    await situations.referral_in(world, R.SENT, kind=ReferralKind.INFORM)
    await situations.resolved(world)
    await situations.resolved(world, "HARASSMENT")
    await situations.closed(world)
    world.now += LATER
    done, told = await at_work(world)
    assert (done.lapsed, done.closed) == (2, 1)
    assert told == [("cases", at, 8) for at in range(1, 9)]
    states = await world.rows("SELECT kind, state FROM referral ORDER BY id")
    assert [row.state for row in states] == ["LAPSED", "LAPSED", "ACCEPTED", "REJECTED", "SENT"]
    resolved = await world.rows("SELECT sensitive FROM \"case\" WHERE state = 'RESOLVED'")
    assert resolved == [(True,)]


async def test_a_second_time_there_is_nothing_left_to_do(world: World) -> None:
    await situations.referral_in(world, R.SENT)
    await situations.resolved(world)
    world.now += LATER
    done = (await at_work(world))[0]
    assert (done.lapsed, done.closed) == (1, 1)
    async with nothing_changes(world):
        assert (await at_work(world))[0] == Seen()


async def test_what_is_overdue_but_has_not_lapsed_is_left_alone(world: World) -> None:
    await situations.referral_in(world, R.SENT)
    world.now += timedelta(days=7)
    assert (await at_work(world))[0] == Seen(told=1)
    assert await world.value("SELECT state FROM referral") == "SENT"


async def test_two_who_tend_at_once_do_everything_once(world: World) -> None:
    for _ in range(3):
        await situations.referral_in(world, R.SENT)
        await situations.resolved(world)
    world.now += LATER
    done = [done for done, _ in await asyncio.gather(*(at_work(world) for _ in range(3)))]
    assert (sum(one.lapsed for one in done), sum(one.closed for one in done)) == (3, 3)
    assert await world.value("SELECT count(*) FROM event WHERE kind IN ('REFERRAL_LAPSED', 'CASE_CLOSED')") == 6


async def test_people_who_act_at_the_same_moment_are_served_or_told(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED)
    case_id = await situations.resolved(world)
    world.now += LATER
    case = {"case_id": case_id, "expected_version": await world.version(case_id)}
    (tended, _), accepted, disputed = await asyncio.gather(
        at_work(world),
        _answer(world.act(DLPW, accept_referral, referral_id=sent.referral_id, expected_version=2)),
        _answer(world.act(VOLUNTEER, dispute_closing, **case, reason="ได้เงินไม่ครบ")),
    )
    assert accepted is (RefusalCode.VERSION_CONFLICT if tended.lapsed else None)
    assert disputed is (RefusalCode.VERSION_CONFLICT if tended.closed else None)
    state = await world.value("SELECT state FROM referral")
    assert state == ("LAPSED" if tended.lapsed else "ACCEPTED")


async def _answer(act: Awaitable[int]) -> RefusalCode | None:
    try:
        await act
    except Refusal as refusal:
        return refusal.code
    return None
