"""Dispute what an office reported; give a referral back after accepting it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from casework.actions.dispute_referral import dispute_referral
from casework.actions.return_referral import return_referral
from casework.actions.start_referral import start_referral
from casework.errors import RefusalCode
from models.vocabulary import CaseState, DisclosedField, ReasonCategory, ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

C, Code, R = CaseState, RefusalCode, ReferralState
DISPUTE: dict[str, Any] = {"reason": "นายจ้างยังไม่จ่าย"}
RETURN: dict[str, Any] = {"reason": "ไม่อยู่ในอำนาจ", "category": ReasonCategory.NOT_COMPETENT}
TEXTS = [("", Code.TEXT_MISSING), ("ก" * 10_001, Code.TEXT_TOO_LONG), ("\x1b", Code.TEXT_BROKEN)]


async def test_a_disputed_report_is_open_again_with_a_new_time_for_the_result(world: World) -> None:
    sent = await situations.referral_in(world, R.COMPLETED)
    world.now = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
    at, version = world.now, await world.version(sent.case_id)
    assert await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE) == sent.referral_id
    result_by = datetime(2027, 1, 27, 9, 30, tzinfo=UTC)
    rows = await world.rows("SELECT state, ended_at, result_by, version FROM referral")
    assert rows == [("DISPUTED", None, result_by, 6)]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(result_by, version, at)]
    (note,) = await world.rows("SELECT id, audience, text FROM note")
    assert tuple(note)[1:] == ("CASE", DISPUTE["reason"])
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    (times,) = await world.rows("SELECT respond_by, result_by, disclosure_expires_at FROM referral")
    payload = {
        "referral": sent.referral_id,
        "office": world.office("DLPW-43"),
        "note": note.id,
        "respondBy": times.respond_by.isoformat(),
        "resultBy": times.result_by.isoformat(),
        "disclosureExpiresAt": times.disclosure_expires_at.isoformat(),
    }
    assert tuple(event) == ("REFERRAL_DISPUTED", payload)
    assert await world.rows("SELECT report FROM referral_content") == [("นายจ้างจ่ายครบแล้ว",)]


async def test_the_office_reads_the_case_again_with_what_was_disclosed_until_it_reports_again(world: World) -> None:
    sent = await situations.referral_in(world, R.COMPLETED, discloses=frozenset({DisclosedField.PHONES}))
    for _ in range(2):
        assert await level_of(world, DLPW, sent.case_id) == 1
        await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)
        assert await level_of(world, DLPW, sent.case_id) == 3
        running = await world.rows(
            "SELECT level, discloses FROM participation WHERE referral_id = :id AND until IS NULL", id=sent.referral_id
        )
        assert running == [(3, 1)]
        await world.on_referral(DLPW, start_referral, sent.referral_id)
        await situations.complete(world, sent.referral_id)
    assert await level_of(world, DLPW, sent.case_id) == 1
    assert await world.rows("SELECT state, version FROM referral") == [("COMPLETED", 11)]


async def test_a_disputed_report_keeps_the_case_from_being_resolved(world: World) -> None:
    sent = await situations.referral_in(world, R.DISPUTED)
    await situations.status(world, sent.case_id, C.IN_PROGRESS)
    async with refused_unchanged(world, Code.REFERRALS_OPEN):
        await situations.status(world, sent.case_id, C.RESOLVED)


async def test_the_sender_disputes_after_it_has_handed_the_case_on_unless_the_office_now_holds_it(
    world: World,
) -> None:
    sent = await situations.referral_in(world, R.COMPLETED)
    await situations.transferred(world, sent.case_id, office=SSO)
    await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)
    await world.on_referral(DLPW, start_referral, sent.referral_id)
    await situations.complete(world, sent.referral_id)
    await situations.transferred(world, sent.case_id, by=SSO, office=DLPW)
    async with refused_unchanged(world, Code.OFFICE_IS_HOLDER):
        await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)


async def test_a_report_is_not_disputed_while_the_same_problem_is_open_at_the_same_office(world: World) -> None:
    sent = await situations.referral_in(world, R.COMPLETED)
    again = await world.referral(sent.case_id)
    async with refused_unchanged(world, Code.REFERRAL_ALREADY_OPEN):
        await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)
    await situations.bring(world, again, R.RECALLED)
    await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)


async def test_a_report_is_not_disputed_once_the_citizen_was_told(world: World) -> None:
    sent = await situations.referral_in(world, R.COMPLETED)
    await situations.status(world, sent.case_id, C.IN_PROGRESS, C.RESOLVED)
    async with refused_unchanged(world, Code.CASE_RESOLVED):
        await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)


async def test_an_opinion_is_disputed_and_a_transfer_is_not(world: World) -> None:
    sent = await situations.referral_in(world, R.IN_PROGRESS, kind=ReferralKind.CONSULT)
    await situations.opinion(world, sent.referral_id)
    await world.on_referral(VOLUNTEER, dispute_referral, sent.referral_id, **DISPUTE)
    moved = await situations.referral_in(world, R.ACCEPTED, kind=ReferralKind.TRANSFER)
    async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
        await world.on_referral(VOLUNTEER, dispute_referral, moved.referral_id, **DISPUTE)


@pytest.mark.parametrize("state", [R.ACCEPTED, R.IN_PROGRESS])
async def test_an_office_gives_back_what_it_accepted_with_a_reason_and_a_better_office(
    world: World, state: ReferralState
) -> None:
    sent = await situations.referral_in(world, state)
    at, version, better = world.now, await world.version(sent.case_id), world.office("SSO-43")
    before = await world.value("SELECT version FROM referral")
    given = {**RETURN, "suggested_office_id": better}
    assert await world.on_referral(DLPW, return_referral, sent.referral_id, **given) == sent.referral_id
    columns = "state, ended_at, reply_category, suggested_office_id, version"
    assert await world.rows(f"SELECT {columns} FROM referral") == [
        ("RETURNED", at, "NOT_COMPETENT", better, before + 1)
    ]
    assert await world.value("SELECT reply FROM referral_content") == RETURN["reason"]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(None, version, at)]
    assert [await level_of(world, by, sent.case_id) for by in (VOLUNTEER, DLPW, SSO)] == [4, 1, None]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    about = {"referral": sent.referral_id, "office": world.office("DLPW-43")}
    assert tuple(event) == ("REFERRAL_RETURNED", {**about, "category": "NOT_COMPETENT", "suggestedOffice": better})


async def test_a_wrong_value_is_named_and_nothing_is_disputed_or_given_back(world: World) -> None:
    told = await situations.referral_in(world, R.COMPLETED)
    taken = await situations.referral_in(world, R.ACCEPTED)
    for text, code in TEXTS:
        async with refused_unchanged(world, code, "input", "reason"):
            await world.on_referral(VOLUNTEER, dispute_referral, told.referral_id, reason=text)
        async with refused_unchanged(world, code, "input", "reason"):
            await world.on_referral(DLPW, return_referral, taken.referral_id, **{**RETURN, "reason": text})
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "suggestedOffice"):
        await world.on_referral(DLPW, return_referral, taken.referral_id, **RETURN, suggested_office_id=999_999_999_999)


async def test_nobody_else_disputes_or_gives_back(world: World) -> None:
    nobody = {MENTOR: Code.NOT_PERMITTED, AUDITOR: Code.NOT_PERMITTED, OTHER_VOLUNTEER: Code.NOT_FOUND}
    nobody |= {SSO: Code.NOT_FOUND, ADMIN: Code.NOT_FOUND}
    told = await situations.referral_in(world, R.COMPLETED)
    for by, code in {**nobody, DLPW: Code.NOT_PERMITTED}.items():
        async with refused_unchanged(world, code):
            await world.on_referral(by, dispute_referral, told.referral_id, **DISPUTE)
    taken = await situations.referral_in(world, R.ACCEPTED)
    for by, code in {**nobody, VOLUNTEER: Code.NOT_PERMITTED, COORDINATOR: Code.NOT_PERMITTED}.items():
        async with refused_unchanged(world, code):
            await world.on_referral(by, return_referral, taken.referral_id, **RETURN)
    await world.on_referral(COORDINATOR, dispute_referral, told.referral_id, **DISPUTE)


async def test_the_version_that_one_decided_on_must_still_be_there(world: World) -> None:
    told, taken = await situations.referral_in(world, R.COMPLETED), await situations.referral_in(world, R.ACCEPTED)
    stale: dict[str, Any] = {"expected_version": 1}
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(VOLUNTEER, dispute_referral, referral_id=told.referral_id, **stale, **DISPUTE)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(DLPW, return_referral, referral_id=taken.referral_id, **stale, **RETURN)
