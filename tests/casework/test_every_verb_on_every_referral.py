"""Every verb on a referral of every kind in every state by every kind of actor, as far as its case goes on or not."""

import pytest
from sqlalchemy import text

from casework.errors import RefusalCode
from casework.policy.permissions import can_handle_now
from models.action_words import ReferralAction
from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.casework import situations, verbs
from tests.casework.oracle import Sending, refusal_on_referral, standings
from tests.casework.policy.eyes import case_seen
from tests.casework.refusals import nothing_changes
from tests.world import COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

C, R, K, RA, Code = CaseState, ReferralState, ReferralKind, ReferralAction, RefusalCode
ACTORS = (VOLUNTEER, OTHER_VOLUNTEER, MENTOR, COORDINATOR, DLPW, SSO)
PUT = """UPDATE referral SET state = :state, asked_from = CASE WHEN :state = 'NEEDS_INFO' THEN 'RECEIVED' END,
         asked_at = CASE WHEN :state = 'NEEDS_INFO' THEN sent_at END"""


async def _put(world: World, statement: str, **given: str) -> None:
    """Write a state that no verb leads to from here, such as a transfer that is worked on."""
    async with world.owner.begin() as connection:
        await connection.execute(text(statement), given)


async def _check(world: World, sent: situations.Sent, kind: ReferralKind, state: ReferralState) -> None:
    actors = [await world.actor(handle) for handle in ACTORS]
    (row,) = await world.rows("SELECT from_seat_id, from_office_id, to_office_id, disclosure_expires_at FROM referral")
    referral = Sending(kind, state, row.from_seat_id, row.from_office_id, row.to_office_id, row.disclosure_expires_at)
    calls = {action: await verbs.on_referral(world, action, sent.referral_id) for action in RA}
    async with nothing_changes(world):
        for handle, by, stands in zip(ACTORS, actors, await standings(world, sent.case_id, actors), strict=True):
            seen = await case_seen(world, handle, sent.case_id)
            for action, call in calls.items():
                promised = refusal_on_referral(by, action, referral, stands, now=world.now)
                told = (
                    Code.NOT_FOUND
                    if seen is None
                    else can_handle_now(by, action, referral, seen, now=world.now).refusal
                )
                assert told is promised, (handle, action)
                assert await verbs.attempt(world, handle, call) is promised, (handle, action)


@pytest.mark.parametrize(("kind", "by"), [*((kind, VOLUNTEER) for kind in K), (K.REFER, SSO)])
async def test_a_verb_on_a_referral_succeeds_exactly_when_the_tables_and_viewer_can_say_so(
    world: World, kind: ReferralKind, by: str
) -> None:
    sent = await situations.referral_in(world, R.SENT, by=by, kind=kind)
    for state in R:
        await _put(world, PUT, state=state.value)
        await _check(world, sent, kind, state)


@pytest.mark.parametrize("case_state", [C.RESOLVED, C.WITHDRAWN])
async def test_no_report_of_a_resolved_case_is_disputed_and_nothing_is_done_to_referrals_of_one_that_has_ended(
    world: World, case_state: CaseState
) -> None:
    sent = await situations.referral_in(world, R.SENT)
    await _put(world, 'UPDATE "case" SET state = :state', state=case_state.value)
    for state in R:
        await _put(world, PUT, state=state.value)
        await _check(world, sent, K.REFER, state)
