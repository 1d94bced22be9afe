"""Close a resolved case: the citizen confirmed, a second person approved, or nobody disputed in time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from casework.actions.approve_closing import approve_closing
from casework.actions.close_undisputed import close_undisputed
from casework.actions.confirm_closing import confirm_closing
from casework.actions.dispute_closing import dispute_closing
from casework.errors import Refusal, RefusalCode
from models.vocabulary import CaseState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import nothing_changes, refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

C, Code = CaseState, RefusalCode
Verb = Callable[..., Awaitable[int]]
HEAD = "head DLPW-43"
SENSITIVE = "HARASSMENT"
VERBS: list[tuple[Verb, str, dict[str, Any]]] = [
    (confirm_closing, VOLUNTEER, {"note": "ยืนยันทางโทรศัพท์"}),
    (dispute_closing, VOLUNTEER, {"reason": "ได้เงินไม่ครบ"}),
    (approve_closing, COORDINATOR, {}),
]


async def resolved_for(world: World, verb: Verb) -> int:
    return await situations.resolved(world, SENSITIVE if verb is approve_closing else "UNPAID_WAGES")


async def by_itself(world: World, case_id: int) -> bool:
    async with world.system() as unit:
        return await close_undisputed(unit, case_id=case_id)


async def test_the_volunteer_witnesses_that_the_citizen_confirmed(world: World) -> None:
    case_id = await situations.resolved(world)
    await situations.asked(world, case_id)
    at, version = world.now, await world.version(case_id)
    assert await world.on_case(VOLUNTEER, confirm_closing, case_id, note=" ยืนยันทางโทรศัพท์ ") == case_id
    rows = await world.rows('SELECT state, ended_at, updated_at, version FROM "case"')
    assert rows == [("CLOSED", at, at, version + 1)]
    (note,) = await world.rows("SELECT id, audience, text FROM note")
    assert tuple(note)[1:] == ("CASE", "ยืนยันทางโทรศัพท์")
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    payload = {"from": "RESOLVED", "to": "CLOSED", "ground": "CONFIRMED", "note": note.id}
    assert tuple(event) == ("CASE_CLOSED", payload)
    assert await world.value("SELECT state FROM assignment") == "SUPERSEDED"
    assert await world.rows("SELECT source FROM participation WHERE until IS NULL") == [("HOLDER",)]


async def test_the_volunteer_of_a_case_that_an_office_holds_confirms_it_and_then_sees_its_status(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    await situations.status(world, case_id, C.IN_PROGRESS, by=DLPW)
    await situations.bring_to_result(world, case_id, by=DLPW)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.on_case(DLPW, confirm_closing, case_id, note="ยืนยัน")
    await world.on_case(VOLUNTEER, confirm_closing, case_id, note="ยืนยัน")
    assert [await level_of(world, by, case_id) for by in (VOLUNTEER, DLPW)] == [1, 4]


async def test_a_disputed_result_is_work_again_and_its_outcomes_stay(world: World) -> None:
    case_id = await situations.resolved(world)
    at, version = world.now, await world.version(case_id)
    assert await world.on_case(VOLUNTEER, dispute_closing, case_id, reason=" ได้เงินไม่ครบ ") == case_id
    columns = "state, resolved_at, resolved_by_account_id, ended_at, updated_at, version"
    assert await world.rows(f'SELECT {columns} FROM "case"') == [("IN_PROGRESS", None, None, None, at, version + 1)]
    assert await world.value("SELECT outcome FROM case_problem") == "ADVISED"
    (note,) = await world.rows("SELECT id, text FROM note")
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert note.text == "ได้เงินไม่ครบ"
    assert tuple(event) == ("CLOSING_DISPUTED", {"from": "RESOLVED", "to": "IN_PROGRESS", "note": note.id})
    running = await world.rows("SELECT source FROM participation WHERE until IS NULL ORDER BY id")
    assert running == [("OPENED",), ("HOLDER",)]


async def test_another_account_than_the_one_that_resolved_approves_a_sensitive_closing(world: World) -> None:
    case_id = await situations.resolved(world, SENSITIVE)
    async with refused_unchanged(world, Code.CLOSING_NEEDS_APPROVAL):
        await world.on_case(VOLUNTEER, confirm_closing, case_id, note="ยืนยัน")
    await world.on_case(COORDINATOR, approve_closing, case_id)
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    payload = {"from": "RESOLVED", "to": "CLOSED", "ground": "APPROVED", "note": None}
    assert tuple(event) == ("CASE_CLOSED", payload)


async def test_the_head_approves_what_an_officer_resolved_and_not_what_the_head_resolved(world: World) -> None:
    officer = "officer DLPW-43 2"
    theirs = await situations.resolved(world, SENSITIVE, by=officer)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.on_case(officer, approve_closing, theirs)
    await world.on_case(HEAD, approve_closing, theirs)
    own = await situations.resolved(world, SENSITIVE, by=HEAD)
    async with refused_unchanged(world, Code.SECOND_PERSON_NEEDED):
        await world.on_case(HEAD, approve_closing, own)
    await world.on_case(COORDINATOR, approve_closing, own)
    assert [row.state for row in await world.rows('SELECT state FROM "case"')] == ["CLOSED", "CLOSED"]


async def test_a_case_that_is_not_sensitive_needs_no_approval(world: World) -> None:
    case_id = await situations.resolved(world)
    async with refused_unchanged(world, Code.APPROVAL_NOT_NEEDED):
        await world.on_case(COORDINATOR, approve_closing, case_id)


async def test_after_seven_days_without_a_dispute_the_case_closes_by_itself(world: World) -> None:
    case_id = await situations.resolved(world)
    resolved_at = await world.value('SELECT resolved_at FROM "case"')
    world.now = resolved_at + timedelta(days=7) - timedelta(microseconds=1)
    async with nothing_changes(world):
        assert await by_itself(world, case_id) is False
    world.now = resolved_at + timedelta(days=7)
    assert await by_itself(world, case_id) is True
    assert await world.rows('SELECT state, ended_at FROM "case"') == [("CLOSED", world.now)]
    (event,) = await world.rows("SELECT * FROM event ORDER BY id DESC LIMIT 1")
    assert event.payload == {"from": "RESOLVED", "to": "CLOSED", "ground": "TIMED_OUT", "note": None}
    assert (event.actor_seat_id, event.actor_account_id, event.actor_agency_code) == (None, None, None)
    async with nothing_changes(world):
        assert await by_itself(world, case_id) is False


async def test_a_sensitive_case_waits_for_its_approval_however_long(world: World) -> None:
    case_id = await situations.resolved(world, SENSITIVE)
    world.now += timedelta(days=400)
    async with nothing_changes(world):
        assert await by_itself(world, case_id) is False


@pytest.mark.parametrize(
    ("text", "code"), [("\u200b ", Code.TEXT_MISSING), ("ก" * 10_001, Code.TEXT_TOO_LONG), ("\x00", Code.TEXT_BROKEN)]
)
async def test_a_wrong_text_is_named_and_the_case_stays_resolved(world: World, text: str, code: RefusalCode) -> None:
    case_id = await situations.resolved(world)
    async with refused_unchanged(world, code, "input", "note"):
        await world.on_case(VOLUNTEER, confirm_closing, case_id, note=text)
    async with refused_unchanged(world, code, "input", "reason"):
        await world.on_case(VOLUNTEER, dispute_closing, case_id, reason=text)


async def test_nobody_else_closes_a_case_or_disputes_for_the_citizen(world: World) -> None:
    others = {MENTOR: Code.NOT_PERMITTED, AUDITOR: Code.NOT_PERMITTED, OTHER_VOLUNTEER: Code.NOT_FOUND}
    for verb, right, more in VERBS:
        case_id = await resolved_for(world, verb)
        wrong = {**others, ADMIN: Code.NOT_FOUND, DLPW: Code.NOT_FOUND, VOLUNTEER: Code.NOT_PERMITTED}
        wrong |= {COORDINATOR: Code.NOT_PERMITTED}
        for by, code in wrong.items():
            if by != right:
                async with refused_unchanged(world, code):
                    await world.on_case(by, verb, case_id, **more)


async def test_the_version_must_still_be_there_and_the_case_be_resolved(world: World) -> None:
    for verb, by, more in VERBS:
        case_id = await resolved_for(world, verb)
        async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
            await world.act(by, verb, case_id=case_id, expected_version=1, **more)
        await world.on_case(VOLUNTEER, dispute_closing, case_id, reason="ยังไม่จบ")
        async with refused_unchanged(world, Code.NOT_IN_THIS_STATE):
            await world.on_case(by, verb, case_id, **more)
        await situations.status(world, case_id, C.WITHDRAWN, reason="ถอน")
        async with refused_unchanged(world, Code.CASE_ENDED):
            await world.on_case(by, verb, case_id, **more)


async def test_of_a_confirmation_a_dispute_and_the_passing_of_time_at_once_exactly_one_happens(world: World) -> None:
    case_id = await situations.resolved(world)
    world.now += timedelta(days=8)
    given = {"case_id": case_id, "expected_version": await world.version(case_id)}
    results = await asyncio.gather(
        world.act(VOLUNTEER, confirm_closing, **given, note="ยืนยัน"),
        world.act(VOLUNTEER, dispute_closing, **given, reason="ไม่ครบ"),
        by_itself(world, case_id),
        return_exceptions=True,
    )
    refusals = [result for result in results if isinstance(result, Refusal)]
    assert {refusal.code for refusal in refusals} == {Code.VERSION_CONFLICT}
    assert len(refusals) + (results[2] is False) == 2
    kinds = "SELECT count(*) FROM event WHERE kind IN ('CASE_CLOSED', 'CLOSING_DISPUTED')"
    assert await world.value(kinds) == 1
