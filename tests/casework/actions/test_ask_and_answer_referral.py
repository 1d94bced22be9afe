"""Ask the sender of a referral for what is missing, and answer: the clock stands still between."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from casework.actions.answer_referral_info import answer_referral_info
from casework.actions.request_referral_info import request_referral_info
from casework.errors import Refusal, RefusalCode
from casework.versions import Versioned
from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

Code, R = RefusalCode, ReferralState
ASK: dict[str, Any] = {"question": "มีสลิปเงินเดือนหรือไม่"}
ANSWER: dict[str, Any] = {"answer": "ไม่มี จ่ายเป็นเงินสด"}
RESPOND, RESULT = datetime(2026, 11, 19, 9, 30, tzinfo=UTC), datetime(2027, 1, 6, 9, 30, tzinfo=UTC)


def closing(year: int, month: int, day: int) -> datetime:
    """16:30 in Bangkok."""
    return datetime(year, month, day, 9, 30, tzinfo=UTC)


async def ask(world: World, referral_id: int, at: datetime | None = None) -> None:
    world.now = at or world.now
    await world.on_referral(DLPW, request_referral_info, referral_id, **ASK)


async def answer(world: World, referral_id: int, at: datetime | None = None, by: str = VOLUNTEER) -> None:
    world.now = at or world.now
    await world.on_referral(by, answer_referral_info, referral_id, **ANSWER)


async def times(world: World) -> tuple[datetime, datetime]:
    (row,) = await world.rows("SELECT respond_by, result_by FROM referral")
    return row.respond_by, row.result_by


@pytest.mark.parametrize("state", [R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS])
async def test_the_question_is_a_note_and_the_answer_leads_back_to_where_it_was_asked(
    world: World, state: ReferralState
) -> None:
    sent = await situations.referral_in(world, state)
    (before,) = await world.rows("SELECT version, respond_by, result_by FROM referral")
    at, version = world.now, await world.version(sent.case_id)
    assert await world.on_referral(DLPW, request_referral_info, sent.referral_id, **ASK) == sent.referral_id
    asked = await world.rows("SELECT state, asked_from, asked_at, version, ended_at FROM referral")
    assert asked == [("NEEDS_INFO", state, at, before.version + 1, None)]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(None, version, at)]
    assert await level_of(world, DLPW, sent.case_id) == 3
    answered_at = world.now
    assert await world.on_referral(VOLUNTEER, answer_referral_info, sent.referral_id, **ANSWER) == sent.referral_id
    (row,) = await world.rows("SELECT state, asked_from, asked_at, version, respond_by, result_by FROM referral")
    assert tuple(row) == (state, None, None, before.version + 2, before.respond_by, before.result_by)
    due_at = row.respond_by if state is R.RECEIVED else row.result_by
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(due_at, version, answered_at)]
    notes = await world.rows("SELECT id, audience, text FROM note ORDER BY id")
    assert [tuple(note)[1:] for note in notes] == [("CASE", ASK["question"]), ("CASE", ANSWER["answer"])]
    events = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 2")
    about = {"referral": sent.referral_id, "office": world.office("DLPW-43")}
    clocks = {"respondBy": row.respond_by.isoformat(), "resultBy": row.result_by.isoformat()}
    assert [tuple(event) for event in events] == [
        ("REFERRAL_INFO_ANSWERED", {**about, "note": notes[1].id, **clocks}),
        ("REFERRAL_INFO_REQUESTED", {**about, "note": notes[0].id}),
    ]


async def test_an_unanswered_referral_gains_the_working_days_of_the_pause_for_both_times(world: World) -> None:
    """From Friday to Wednesday: Monday, Tuesday and Wednesday."""
    sent = await situations.referral_in(world, R.RECEIVED)
    assert await times(world) == (RESPOND, RESULT)
    await ask(world, sent.referral_id, datetime(2026, 11, 20, 3, 0, tzinfo=UTC))
    await answer(world, sent.referral_id, datetime(2026, 11, 25, 3, 0, tzinfo=UTC))
    assert await times(world) == (closing(2026, 11, 24), closing(2027, 1, 11))


async def test_an_accepted_referral_gains_them_for_its_result_alone_and_holidays_are_none(world: World) -> None:
    """From Friday 4 to Tuesday 8 December: Monday 7 stands in for the holiday of the 5th, so one day."""
    sent = await situations.referral_in(world, R.IN_PROGRESS)
    await ask(world, sent.referral_id, datetime(2026, 12, 4, 3, 0, tzinfo=UTC))
    await answer(world, sent.referral_id, datetime(2026, 12, 8, 3, 0, tzinfo=UTC))
    assert await times(world) == (RESPOND, closing(2027, 1, 7))
    assert await world.value('SELECT due_at FROM "case"') == closing(2027, 1, 7)


async def test_a_pause_within_a_day_or_over_a_weekend_moves_nothing(world: World) -> None:
    sent = await situations.referral_in(world, R.ACCEPTED)
    for asked, answered in ((17, 17), (20, 22)):
        await ask(world, sent.referral_id, datetime(2026, 11, asked, 1, 0, tzinfo=UTC))
        await answer(world, sent.referral_id, datetime(2026, 11, answered, 9, 0, tzinfo=UTC))
        assert await times(world) == (RESPOND, RESULT)


async def test_days_of_a_pause_are_counted_in_bangkok(world: World) -> None:
    """Asked on Monday at 23:30 and answered at 0:30 the next day: one working day."""
    sent = await situations.referral_in(world, R.ACCEPTED)
    await ask(world, sent.referral_id, datetime(2026, 11, 16, 16, 30, tzinfo=UTC))
    await answer(world, sent.referral_id, datetime(2026, 11, 16, 17, 30, tzinfo=UTC))
    assert await times(world) == (RESPOND, closing(2027, 1, 7))


async def test_two_pauses_add_up(world: World) -> None:
    sent = await situations.referral_in(world, R.ACCEPTED)
    for day in (17, 19):
        await ask(world, sent.referral_id, datetime(2026, 11, day, 3, 0, tzinfo=UTC))
        await answer(world, sent.referral_id, datetime(2026, 11, day + 1, 3, 0, tzinfo=UTC))
    assert await times(world) == (RESPOND, closing(2027, 1, 8))


async def test_a_transfer_can_be_asked_about_before_it_is_accepted(world: World) -> None:
    sent = await situations.referral_in(world, R.RECEIVED, kind=ReferralKind.TRANSFER)
    await ask(world, sent.referral_id, datetime(2026, 11, 17, 3, 0, tzinfo=UTC))
    await answer(world, sent.referral_id, datetime(2026, 11, 18, 3, 0, tzinfo=UTC))
    rows = await world.rows("SELECT state, respond_by, result_by FROM referral")
    assert rows == [("RECEIVED", closing(2026, 11, 20), None)]


async def test_the_end_of_the_case_takes_back_what_was_asked_before_it_was_accepted_and_returns_the_rest(
    world: World,
) -> None:
    for state, after in ((R.RECEIVED, "RECALLED"), (R.ACCEPTED, "RETURNED")):
        sent = await situations.referral_in(world, state)
        await ask(world, sent.referral_id)
        await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ถอน")
        rows = await world.rows("SELECT state, asked_from, asked_at FROM referral WHERE id = :id", id=sent.referral_id)
        assert rows == [(after, None, None)]


@pytest.mark.parametrize(
    ("text", "code"), [("", Code.TEXT_MISSING), ("ก" * 10_001, Code.TEXT_TOO_LONG), ("\x07ก", Code.TEXT_BROKEN)]
)
async def test_a_wrong_text_is_named_and_nothing_is_asked_or_answered(
    world: World, text: str, code: RefusalCode
) -> None:
    sent = await situations.referral_in(world, R.ACCEPTED)
    async with refused_unchanged(world, code, "input", "question"):
        await world.on_referral(DLPW, request_referral_info, sent.referral_id, question=text)
    await ask(world, sent.referral_id)
    async with refused_unchanged(world, code, "input", "answer"):
        await world.on_referral(VOLUNTEER, answer_referral_info, sent.referral_id, answer=text)


async def test_the_office_asks_and_the_side_that_sent_or_the_coordinator_answers(world: World) -> None:
    sent = await situations.referral_in(world, R.ACCEPTED)
    nobody = {MENTOR: Code.NOT_PERMITTED, AUDITOR: Code.NOT_PERMITTED, OTHER_VOLUNTEER: Code.NOT_FOUND}
    nobody |= {SSO: Code.NOT_FOUND, ADMIN: Code.NOT_FOUND}
    for by, code in {**nobody, VOLUNTEER: Code.NOT_PERMITTED, COORDINATOR: Code.NOT_PERMITTED}.items():
        async with refused_unchanged(world, code):
            await world.on_referral(by, request_referral_info, sent.referral_id, **ASK)
    await ask(world, sent.referral_id)
    for by, code in {**nobody, DLPW: Code.NOT_PERMITTED}.items():
        async with refused_unchanged(world, code):
            await answer(world, sent.referral_id, by=by)
    await answer(world, sent.referral_id, by=COORDINATOR)


async def test_of_two_answers_at_once_exactly_one_counts(world: World) -> None:
    sent = await situations.referral_in(world, R.NEEDS_INFO)
    version = await world.value("SELECT version FROM referral")
    given = {"referral_id": sent.referral_id, "expected_version": version, **ANSWER}
    results = await asyncio.gather(
        *(world.act(by, answer_referral_info, **given) for by in (VOLUNTEER, COORDINATOR)), return_exceptions=True
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert (refusal.code, refusal.subject) == (Code.VERSION_CONFLICT, (Versioned.REFERRAL, sent.referral_id))
    assert await world.value("SELECT count(*) FROM note") == 2
