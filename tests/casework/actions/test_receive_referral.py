"""Register a referral that arrived."""

from typing import Any

import pytest

from casework.actions.accept_referral import accept_referral
from casework.actions.receive_referral import receive_referral
from casework.errors import RefusalCode
from models.vocabulary import CaseState, DisclosedField, EventKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

Code, R = RefusalCode, ReferralState


async def test_from_now_on_the_office_reads_the_case_and_what_was_disclosed(world: World) -> None:
    case_id = await situations.screened(world)
    sent_at = world.now
    discloses = frozenset({DisclosedField.PHONES, DisclosedField.IDENTIFIERS})
    referral_id = await world.referral(case_id, discloses=discloses)
    at, office, version = world.now, world.office("DLPW-43"), await world.version(case_id)
    assert await world.on_referral(DLPW, receive_referral, referral_id) == referral_id
    assert await world.rows("SELECT state, received_at, version FROM referral") == [("RECEIVED", at, 2)]
    parts = await world.rows(
        "SELECT level, discloses, referral_id, since, until FROM participation WHERE office_id = :o ORDER BY id",
        o=office,
    )
    assert parts == [(2, 0, referral_id, sent_at, at), (3, 5, referral_id, at, None)]
    assert await world.rows('SELECT version, updated_at FROM "case"') == [(version, at)]
    (event,) = await world.rows("SELECT kind, payload, actor_agency_code FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == (EventKind.REFERRAL_RECEIVED, {"referral": referral_id, "office": office}, "DLPW")


async def test_any_seat_of_the_office_receives_and_for_its_own_office_the_coordinator_too(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "INFORMATION")
    for office, by in (("DLPW-43", "head DLPW-43"), ("OPS-43", COORDINATOR)):
        referral_id = await world.referral(case_id, to=office)
        await world.on_referral(by, receive_referral, referral_id)
    assert [row.state for row in await world.rows("SELECT state FROM referral")] == ["RECEIVED", "RECEIVED"]


OTHERS = {
    VOLUNTEER: Code.NOT_PERMITTED,
    MENTOR: Code.NOT_PERMITTED,
    COORDINATOR: Code.NOT_PERMITTED,
    AUDITOR: Code.NOT_PERMITTED,
    OTHER_VOLUNTEER: Code.NOT_FOUND,
    SSO: Code.NOT_FOUND,
    ADMIN: Code.NOT_FOUND,
}


@pytest.mark.parametrize(("verb", "state"), [(receive_referral, R.SENT), (accept_referral, R.RECEIVED)])
async def test_nobody_else_receives_or_accepts(world: World, verb: Any, state: ReferralState) -> None:
    sent = await situations.referral_in(world, state)
    for by, code in OTHERS.items():
        async with refused_unchanged(world, code):
            await world.on_referral(by, verb, sent.referral_id)


async def test_a_colleague_without_the_flag_does_not_find_a_sensitive_referral(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT, "FORCED_LABOUR")
    async with refused_unchanged(world, Code.NOT_FOUND):
        await world.on_referral(DLPW, receive_referral, sent.referral_id)
    await world.on_referral("officer DLPW-43 2", receive_referral, sent.referral_id)


async def test_a_referral_that_does_not_exist_is_not_found(world: World) -> None:
    async with refused_unchanged(world, Code.NOT_FOUND):
        await world.act(DLPW, receive_referral, referral_id=999_999_999_999, expected_version=1)


@pytest.mark.parametrize("state", [R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.COMPLETED, R.REJECTED, R.RECALLED])
async def test_a_referral_is_received_once_and_then_accepted_once(world: World, state: ReferralState) -> None:
    sent = await situations.referral_in(world, state)
    for verb in {R.RECEIVED: [receive_referral]}.get(state, [receive_referral, accept_referral]):
        async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
            await world.on_referral(DLPW, verb, sent.referral_id)


async def test_a_referral_has_a_version_of_its_own(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT)
    for version in (0, 2, await world.version(sent.case_id)):
        async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
            await world.act(DLPW, receive_referral, referral_id=sent.referral_id, expected_version=version)


async def test_nothing_is_received_after_the_case_has_ended(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT)
    await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await world.on_referral(DLPW, receive_referral, sent.referral_id)
