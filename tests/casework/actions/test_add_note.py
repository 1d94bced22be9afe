"""Write a note on a case."""

import asyncio
from typing import Any

import pytest

from casework.actions.add_note import add_note
from casework.errors import RefusalCode
from models.vocabulary import Audience, CaseState, EventKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, DOE, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

Code = RefusalCode
NOTE: dict[str, Any] = {"audience": Audience.CASE, "text": "โทรหานายจ้างแล้ว"}


@pytest.mark.parametrize("audience", Audience)
async def test_a_note_its_event_and_nothing_else_is_written(world: World, audience: Audience) -> None:
    sent = await situations.referral_in(world, ReferralState.RECEIVED)
    before, at = await world.fingerprint(), world.now
    version = await world.version(sent.case_id)
    note_id = await world.act(DLPW, add_note, case_id=sent.case_id, audience=audience, text="  นัด\n10 น. ")
    by = await world.actor(DLPW)
    (note,) = await world.rows("SELECT * FROM note")
    assert (note.id, note.case_id, note.author_seat_id) == (note_id, sent.case_id, by.seat_id)
    assert (note.author_agency_code, note.audience, note.text) == ("DLPW", audience, "นัด\n10 น.")
    assert (note.written_at, note.captured_at) == (at, None)
    event = (await world.rows("SELECT kind, audience, payload FROM event ORDER BY id DESC LIMIT 1"))[0]
    assert tuple(event) == (EventKind.NOTE_ADDED, audience, {"note": note_id})
    assert await world.rows('SELECT version, updated_at FROM "case"') == [(version, at)]
    after = await world.fingerprint()
    assert {name for name in after if after[name] != before[name]} == {"note", "event", "feed_pending", '"case"'}


async def test_when_the_phone_captured_it_is_kept_too(world: World) -> None:
    case_id = await world.case()
    async with world.work(VOLUNTEER) as work:
        work.captured_at = captured = world.now.replace(hour=1)
        await add_note(work, case_id=case_id, **NOTE)
    assert await world.value("SELECT captured_at FROM note") == captured
    assert await world.value("SELECT captured_at FROM event WHERE kind = 'NOTE_ADDED'") == captured


async def test_many_write_at_once_and_none_collides(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.RECEIVED)
    authors = [VOLUNTEER, MENTOR, COORDINATOR, DLPW, "officer DLPW-43 2"]
    for handle in authors:
        await world.actor(handle)
    notes = await asyncio.gather(*(world.act(by, add_note, case_id=sent.case_id, **NOTE) for by in authors))
    assert len(set(notes)) == 5
    rows = await world.rows("SELECT seq FROM event WHERE subject_kind = 'CASE' ORDER BY id")
    assert [row.seq for row in rows] == list(range(1, 10))


async def test_a_resolved_case_still_takes_notes_and_an_ended_one_none(world: World) -> None:
    case_id = await situations.in_progress(world)
    referral_id = await world.referral(case_id)
    await situations.bring(world, referral_id, ReferralState.COMPLETED)
    await situations.status(world, case_id, CaseState.RESOLVED)
    await world.act(VOLUNTEER, add_note, case_id=case_id, **NOTE)
    ended = await world.case()
    await situations.status(world, ended, CaseState.OUT_OF_SCOPE, reason="ไม่ใช่แรงงาน")
    for by in (VOLUNTEER, MENTOR, COORDINATOR):
        async with refused_unchanged(world, Code.CASE_ENDED):
            await world.act(by, add_note, case_id=ended, **NOTE)


OTHERS = {
    DLPW: Code.NOT_PERMITTED,  # sees the case only anonymously before it receives the referral
    OTHER_VOLUNTEER: Code.NOT_PERMITTED,  # asked only
    AUDITOR: Code.NOT_PERMITTED,
    SSO: Code.NOT_FOUND,
    DOE: Code.NOT_FOUND,
    ADMIN: Code.NOT_FOUND,
}


async def test_who_does_not_work_on_the_case_writes_no_notes(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    await situations.asked(world, sent.case_id)
    for by, code in OTHERS.items():
        async with refused_unchanged(world, code):
            await world.act(by, add_note, case_id=sent.case_id, **NOTE)


async def test_the_mentor_writes_no_notes_on_a_sensitive_case(world: World) -> None:
    case_id = await world.case(VOLUNTEER, "HARASSMENT")
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.act(MENTOR, add_note, case_id=case_id, **NOTE)


WRONG = {
    "": Code.TEXT_MISSING,
    "\u200b": Code.TEXT_MISSING,
    "ก" * 10_001: Code.TEXT_TOO_LONG,
    "ก" * 1_048_576: Code.TEXT_TOO_LONG,
    "ก\x00": Code.TEXT_BROKEN,
    "\udc80": Code.TEXT_BROKEN,
}


async def test_the_text_is_refused_empty_broken_or_too_long(world: World) -> None:
    case_id = await world.case()
    for text, code in WRONG.items():
        async with refused_unchanged(world, code, "input", "text"):
            await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text=text)
