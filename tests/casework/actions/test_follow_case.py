"""Follow a case, and follow it no longer."""

import asyncio

from casework.actions.follow_case import follow_case
from casework.actions.unfollow_case import unfollow_case
from casework.errors import RefusalCode
from models.vocabulary import CaseState, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import nothing_changes, refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World


async def test_following_stands_on_the_seats_list_and_in_the_journal_and_moves_nothing(world: World) -> None:
    case_id = await world.case()
    before, at = await world.rows('SELECT version, updated_at FROM "case"'), world.now
    assert await world.act(MENTOR, follow_case, case_id=case_id) == case_id
    seat = (await world.actor(MENTOR)).seat_id
    assert await world.rows("SELECT seat_id, case_id, since FROM follow") == [(seat, case_id, at)]
    assert await world.rows('SELECT version, updated_at FROM "case"') == before
    (event,) = await world.rows("SELECT kind, payload, audience, actor_seat_id FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("CASE_FOLLOWED", {}, "HOLDER_ONLY", seat)
    assert await world.act(MENTOR, unfollow_case, case_id=case_id) == case_id
    assert await world.rows("SELECT seat_id FROM follow") == []
    (event,) = await world.rows("SELECT kind, payload, audience, actor_seat_id FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("CASE_UNFOLLOWED", {}, "HOLDER_ONLY", seat)


async def test_following_twice_or_leaving_what_one_does_not_follow_is_no_mistake_and_no_event(world: World) -> None:
    case_id = await world.case()
    async with nothing_changes(world):
        assert await world.act(VOLUNTEER, unfollow_case, case_id=case_id) == case_id
    await world.act(VOLUNTEER, follow_case, case_id=case_id)
    async with nothing_changes(world):
        assert await world.act(VOLUNTEER, follow_case, case_id=case_id) == case_id


async def test_following_raises_no_level_and_whoever_sees_a_case_may_also_when_it_has_ended(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.REJECTED)
    await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ถอน")
    for by in (VOLUNTEER, MENTOR, COORDINATOR, DLPW, AUDITOR):
        before = await level_of(world, by, sent.case_id)
        await world.act(by, follow_case, case_id=sent.case_id)
        assert await level_of(world, by, sent.case_id) == before
    assert await world.value("SELECT count(*) FROM follow") == 5


async def test_what_one_does_not_see_is_not_followed(world: World) -> None:
    case_id = await world.case()
    for by in (OTHER_VOLUNTEER, SSO, ADMIN):
        for verb in (follow_case, unfollow_case):
            async with refused_unchanged(world, RefusalCode.NOT_FOUND):
                await world.act(by, verb, case_id=case_id)


async def test_two_accounts_of_a_post_follow_once(world: World) -> None:
    case_id = await world.case()
    await asyncio.gather(*(world.act(VOLUNTEER, follow_case, case_id=case_id) for _ in range(3)))
    assert await world.value("SELECT count(*) FROM follow") == 1
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'CASE_FOLLOWED'") == 1
