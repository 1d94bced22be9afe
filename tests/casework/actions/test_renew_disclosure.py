"""Give what a referral discloses a new end; what the office sees follows at the instant."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.accept_referral import accept_referral
from casework.actions.add_note import add_note
from casework.actions.reject_referral import reject_referral
from casework.actions.renew_disclosure import renew_disclosure
from casework.actions.request_referral_info import request_referral_info
from casework.actions.return_referral import return_referral
from casework.errors import RefusalCode
from models.vocabulary import Audience, DisclosedField, EventKind, Level, ReasonCategory, ReferralKind, ReferralState
from resolvers.citizens import citizens_by_ids, contacts_of_citizens
from tests.casework import situations
from tests.casework.policy.eyes import eyes_of, level_of
from tests.casework.refusals import refused_unchanged
from tests.world import COORDINATOR, DLPW, MENTOR, SSO, VOLUNTEER, World

R, Code, DAY = ReferralState, RefusalCode, timedelta(days=1)
PHONES = frozenset({DisclosedField.PHONES})


async def _in(world: World, state: ReferralState, **more: Any) -> situations.Sent:
    """A referral whose packet ends in thirty days and discloses the phones."""
    until = world.now + 30 * DAY
    return await situations.referral_in(world, state, disclosure_expires_at=until, discloses=PHONES, **more)


async def _expires(world: World) -> None:
    """Let it be the very instant at which the packet ends."""
    world.now = await world.value("SELECT disclosure_expires_at FROM referral")


async def _phones(world: World, by: str) -> list[str] | None:
    citizen_id = await world.value("SELECT id FROM citizen")
    async with eyes_of(world, by) as context:
        (row,) = await citizens_by_ids([citizen_id], context=context)
        if row is None:
            return None
        (contacts,) = await contacts_of_citizens([row], context=context)
        return contacts.phones


async def test_access_ends_at_the_very_instant_and_leaves_no_person(world: World) -> None:
    sent = await _in(world, R.ACCEPTED)
    await _expires(world)
    at, world.now = world.now, world.now - timedelta(microseconds=1)
    assert await level_of(world, DLPW, sent.case_id) is Level.WORK
    assert await _phones(world, DLPW) == []
    world.now = at
    assert await level_of(world, DLPW, sent.case_id) is Level.ANONYMOUS
    assert await _phones(world, DLPW) is None
    assert await level_of(world, VOLUNTEER, sent.case_id) is Level.FULL


async def test_a_packet_that_ended_gives_nothing_more_than_before_it_was_registered(world: World) -> None:
    sent = await _in(world, R.SENT)
    await _expires(world)
    assert await level_of(world, DLPW, sent.case_id) is Level.ANONYMOUS


async def test_the_office_then_asks_and_does_not_work(world: World) -> None:
    sent = await _in(world, R.RECEIVED)
    await _expires(world)
    async with refused_unchanged(world, Code.DISCLOSURE_EXPIRED):
        await world.on_referral(DLPW, accept_referral, sent.referral_id)
    async with refused_unchanged(world, Code.DISCLOSURE_EXPIRED):
        await world.act(DLPW, add_note, case_id=sent.case_id, audience=Audience.CASE, text="โทรหานายจ้าง")
    await world.on_referral(DLPW, request_referral_info, sent.referral_id, question="ขอต่ออายุการเปิดเผยข้อมูล")


@pytest.mark.parametrize(
    ("state", "verb"), [(R.SENT, reject_referral), (R.RECEIVED, reject_referral), (R.IN_PROGRESS, return_referral)]
)
async def test_the_office_can_then_still_refuse_or_give_back(
    world: World, state: ReferralState, verb: Callable[..., Awaitable[int]]
) -> None:
    sent = await _in(world, state)
    await _expires(world)
    because = {"reason": "ไม่อยู่ในอำนาจ", "category": ReasonCategory.NOT_COMPETENT}
    await world.on_referral(DLPW, verb, sent.referral_id, **because)
    assert await world.value("SELECT reply FROM referral_content") == "ไม่อยู่ในอำนาจ"
    assert await level_of(world, DLPW, sent.case_id) is Level.STATUS


async def test_a_renewed_packet_shows_the_person_again_and_is_written(world: World) -> None:
    sent = await _in(world, R.ACCEPTED)
    await _expires(world)
    at, until = world.now, world.now + 10 * DAY
    fields = frozenset({DisclosedField.ADDRESSES})
    given = {"expires_at": until, "discloses": fields}
    assert await world.on_referral(VOLUNTEER, renew_disclosure, sent.referral_id, **given) == sent.referral_id
    (row,) = await world.rows("SELECT discloses, disclosure_expires_at, state, version FROM referral")
    assert row == (["ADDRESSES"], until, "ACCEPTED", 4)
    parts = await world.rows(
        "SELECT level, discloses, since, until, expires_at FROM participation WHERE office_id IS NOT NULL ORDER BY id"
    )
    assert parts[1:] == [(3, 1, parts[1].since, at, at), (3, 2, at, None, until)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert event == (
        EventKind.DISCLOSURE_RENEWED,
        {
            "referral": sent.referral_id,
            "office": world.office("DLPW-43"),
            "discloses": ["ADDRESSES"],
            "legalBasis": "CONSENT",
            "disclosureExpiresAt": until.isoformat(),
        },
    )
    assert await level_of(world, DLPW, sent.case_id) is Level.WORK
    assert await _phones(world, DLPW) is None


async def test_the_fields_stay_when_none_are_named_and_an_unregistered_referral_shows_nothing(world: World) -> None:
    sent = await _in(world, R.SENT)
    await world.on_referral(COORDINATOR, renew_disclosure, sent.referral_id, expires_at=world.now + 40 * DAY)
    assert await world.value("SELECT discloses FROM referral") == ["PHONES"]
    assert await level_of(world, DLPW, sent.case_id) is Level.ANONYMOUS


async def test_a_sender_who_no_longer_sees_the_person_discloses_nothing(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED, by=SSO)
    given = {"expires_at": world.now + DAY}
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.on_referral(DLPW, renew_disclosure, sent.referral_id, **given)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.on_referral(MENTOR, renew_disclosure, sent.referral_id, **given)
    async with world.owner.begin() as connection:
        await connection.execute(text("UPDATE participation SET until = :now WHERE level = 4"), {"now": world.now})
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.on_referral(SSO, renew_disclosure, sent.referral_id, **given)


async def test_an_information_and_an_ended_referral_have_no_packet_to_renew(world: World) -> None:
    for state, kind in ((R.SENT, ReferralKind.INFORM), (R.REJECTED, ReferralKind.REFER)):
        sent = await situations.referral_in(world, state, kind=kind)
        async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
            await world.on_referral(VOLUNTEER, renew_disclosure, sent.referral_id, expires_at=world.now + DAY)


async def test_an_end_that_is_past_or_too_far_is_refused_with_its_path(world: World) -> None:
    sent = await _in(world, R.RECEIVED)
    for at, code in ((world.now, Code.DATE_IN_PAST), (world.now + 400 * DAY, Code.DATE_TOO_FAR)):
        async with refused_unchanged(world, code, "input", "expiresAt"):
            await world.on_referral(VOLUNTEER, renew_disclosure, sent.referral_id, expires_at=at)


async def test_a_dispute_discloses_anew_until_after_the_new_result(world: World) -> None:
    sent = await _in(world, R.DISPUTED)
    (row,) = await world.rows("SELECT result_by, disclosure_expires_at FROM referral")
    assert row.disclosure_expires_at > row.result_by
    part = "SELECT expires_at FROM participation WHERE office_id IS NOT NULL AND until IS NULL"
    assert await world.value(part) == row.disclosure_expires_at
    assert await level_of(world, DLPW, sent.case_id) is Level.WORK
