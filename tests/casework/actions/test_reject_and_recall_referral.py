"""A referral that comes to nothing: refused by the office, or taken back by the sender."""

from typing import Any

import pytest

from casework.actions.recall_referral import recall_referral
from casework.actions.reject_referral import reject_referral
from casework.errors import RefusalCode
from models.vocabulary import CaseState, ReasonCategory, ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

Code, R = RefusalCode, ReferralState
REASON: dict[str, Any] = {"reason": " ไม่อยู่ในอำนาจ ", "category": ReasonCategory.NOT_COMPETENT}
VERBS = [(reject_referral, DLPW, R.REJECTED), (recall_referral, VOLUNTEER, R.RECALLED)]


@pytest.mark.parametrize(("verb", "by", "end"), VERBS)
@pytest.mark.parametrize("state", [R.SENT, R.RECEIVED])
async def test_the_referral_ends_with_its_reason_and_the_offices_access_too(
    world: World, verb: Any, by: str, end: ReferralState, state: ReferralState
) -> None:
    sent = await situations.referral_in(world, state)
    at, version, office = world.now, await world.version(sent.case_id), world.office("DLPW-43")
    before = await world.value("SELECT version FROM referral")
    assert await world.on_referral(by, verb, sent.referral_id, **REASON) == sent.referral_id
    rows = await world.rows("SELECT state, ended_at, version, reply_category, suggested_office_id FROM referral")
    assert rows == [(end, at, before + 1, "NOT_COMPETENT", None)]
    assert await world.rows("SELECT reply, report FROM referral_content") == [("ไม่อยู่ในอำนาจ", None)]
    assert await world.value("SELECT count(*) FROM participation WHERE office_id IS NOT NULL AND until IS NULL") == 0
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(None, version, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    suggested = {"suggestedOffice": None} if end is R.REJECTED else {}
    payload = {"referral": sent.referral_id, "office": office, "category": "NOT_COMPETENT", **suggested}
    assert tuple(event) == (f"REFERRAL_{end.value}", payload)


async def test_an_office_may_suggest_a_better_one(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT)
    better = world.office("SSO-43")
    await world.on_referral(DLPW, reject_referral, sent.referral_id, **REASON, suggested_office_id=better)
    assert await world.value("SELECT suggested_office_id FROM referral") == better
    payload = await world.value("SELECT payload FROM event ORDER BY id DESC LIMIT 1")
    assert payload["suggestedOffice"] == better


async def test_a_transfer_that_came_to_nothing_moves_nobody(world: World) -> None:
    for verb, by, _ in VERBS:
        sent = await situations.referral_in(world, R.RECEIVED, kind=ReferralKind.TRANSFER)
        await world.on_referral(by, verb, sent.referral_id, **REASON)
    seat = (await world.actor(VOLUNTEER)).seat_id
    assert await world.rows('SELECT DISTINCT holder_seat_id, holder_office_id FROM "case"') == [(seat, None)]


async def test_the_coordinator_recalls_for_the_sender(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT, "FORCED_LABOUR")
    await world.on_referral(COORDINATOR, recall_referral, sent.referral_id, **REASON)
    assert await world.value("SELECT state FROM referral") == "RECALLED"


async def test_all_seats_of_a_sending_office_may_recall(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT, by=DLPW, office=SSO)
    await world.on_referral("head DLPW-43", recall_referral, sent.referral_id, **REASON)
    assert await world.value("SELECT state FROM referral") == "RECALLED"


async def test_a_volunteer_recalls_what_it_sent_also_after_an_office_took_the_case_over(world: World) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "WORK_INJURY")
    sent = await world.referral(case_id, to="SSO-43", problem_type_code="WORK_INJURY")
    await situations.transferred(world, case_id)
    await world.on_referral(VOLUNTEER, recall_referral, sent, **REASON)
    assert await world.value("SELECT state FROM referral WHERE id = :id", id=sent) == "RECALLED"


OTHERS = {MENTOR: Code.NOT_PERMITTED, AUDITOR: Code.NOT_PERMITTED, SSO: Code.NOT_FOUND, OTHER_VOLUNTEER: Code.NOT_FOUND}
NOT_ALLOWED: list[tuple[Any, dict[str, RefusalCode]]] = [
    (reject_referral, {**OTHERS, VOLUNTEER: Code.NOT_PERMITTED, COORDINATOR: Code.NOT_PERMITTED}),
    (recall_referral, {**OTHERS, DLPW: Code.NOT_PERMITTED}),
]


async def test_nobody_else_ends_it(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED)
    for verb, others in NOT_ALLOWED:
        for by, code in others.items():
            async with refused_unchanged(world, code):
                await world.on_referral(by, verb, sent.referral_id, **REASON)


@pytest.mark.parametrize("state", [R.ACCEPTED, R.IN_PROGRESS, R.COMPLETED, R.REJECTED, R.RECALLED])
async def test_after_the_office_has_accepted_it_is_too_late(world: World, state: ReferralState) -> None:
    sent = await situations.referral_in(world, state)
    for verb, by, _ in VERBS:
        async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
            await world.on_referral(by, verb, sent.referral_id, **REASON)


async def test_the_reason_is_a_text(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT)
    wrong = {"": Code.TEXT_MISSING, "\x00ก": Code.TEXT_BROKEN, "ก" * 10_001: Code.TEXT_TOO_LONG}
    for verb, by, _ in VERBS:
        for reason, code in wrong.items():
            async with refused_unchanged(world, code, "input", "reason"):
                await world.on_referral(by, verb, sent.referral_id, **{**REASON, "reason": reason})


async def test_a_suggested_office_must_exist(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT)
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "suggestedOffice"):
        await world.on_referral(DLPW, reject_referral, sent.referral_id, **REASON, suggested_office_id=999_999_999_999)


@pytest.mark.parametrize(("verb", "by"), [case[:2] for case in VERBS])
async def test_the_version_and_the_case_must_still_be_there(world: World, verb: Any, by: str) -> None:
    sent = await situations.referral_in(world, R.RECEIVED)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(by, verb, referral_id=sent.referral_id, expected_version=1, **REASON)
    await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await world.on_referral(by, verb, sent.referral_id, **REASON)
