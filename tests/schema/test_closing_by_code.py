"""The citizen's own answer to a result: whoever knows reference and code, and nobody else, without an account."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from casework.actions.record_key_date import record_key_date
from casework.actions.renew_tracking_code import renew_tracking_code
from casework.policy.wall import enter_window
from casework.rules.references import make_reference
from models.clock_words import KeyEvent
from models.vocabulary import CaseState
from tests.api import Api
from tests.casework import situations
from tests.schema.scenes import PUBLIC_SCENES
from tests.schema.stage import Scene, on_case
from tests.schema.window import told
from tests.world import ADMIN, COORDINATOR, DLPW, OTHER_VOLUNTEER, VOLUNTEER, World

SENSITIVE = "HARASSMENT"
CARD = """query ($reference: String!, $code: String!) { caseStatus(reference: $reference, trackingCode: $code) {
  state awaitsConfirmation mayDispute answerBy answerByThai } }"""
RESOLVED_AT = 'SELECT resolved_at FROM "case"'


async def known(world: World, case_id: int) -> dict[str, Any]:
    """What the citizen sends."""
    card = await told(world, case_id)
    return {"reference": card["reference"], "trackingCode": card["code"]}


async def without_counts(world: World) -> dict[str, str]:
    return {name: digest for name, digest in (await world.fingerprint()).items() if name != "rate_limit"}


@pytest.mark.parametrize("by", [None, VOLUNTEER, OTHER_VOLUNTEER, DLPW, ADMIN, "nobody of the network"])
@pytest.mark.parametrize("scene", PUBLIC_SCENES, ids=str)
async def test_whoever_knows_reference_and_code_answers_and_nobody_else(
    world: World, api: Api, scene: Scene, by: str | None
) -> None:
    given = await scene.stage(api)
    before = await without_counts(world)
    refused = await api.do(scene.name, by, **{**given, "trackingCode": "7K3M-Q9TD-2WXA-5"})
    assert (refused["__typename"], refused["code"], refused["path"]) == ("NotFound", "TRACKING_CODE_WRONG", [])
    assert await without_counts(world) == before
    done = await api.do(scene.name, by, want=scene.want, **given)
    assert "code" not in done
    (event,) = await world.rows("SELECT * FROM event ORDER BY id DESC LIMIT 1")
    assert (event.kind,) == scene.events
    assert (event.actor_seat_id, event.actor_account_id, event.actor_agency_code) == (None, None, None)
    assert await world.rows("SELECT name FROM citizen_operation") == [(scene.name,)]
    assert await world.value("SELECT count(*) FROM operation") == 0


async def test_a_confirmation_closes_the_case_as_the_volunteers_does(world: World, api: Api) -> None:
    case_id = await situations.resolved(world)
    await situations.asked(world, case_id)
    at, version = world.now, await world.version(case_id)
    done = await api.do("confirmClosingByCode", want="status { state mayDispute }", **await known(world, case_id))
    assert done["status"] == {"state": "CLOSED", "mayDispute": False}
    rows = await world.rows('SELECT state, ended_at, updated_at, version FROM "case"')
    assert rows == [("CLOSED", at, at, version + 1)]
    payload = await world.value("SELECT payload FROM event ORDER BY id DESC LIMIT 1")
    assert payload == {"from": "RESOLVED", "to": "CLOSED", "ground": "CONFIRMED", "note": None}
    assert await world.value("SELECT state FROM assignment") == "SUPERSEDED"
    assert await world.rows("SELECT source FROM participation WHERE until IS NULL") == [("HOLDER",)]


async def test_what_the_citizen_disputes_is_a_note_for_those_who_read_the_case(world: World, api: Api) -> None:
    case_id = await situations.resolved(world)
    given = {**await known(world, case_id), "reason": " ได้เงินไม่ครบ ขาดอีก 3,000 บาท "}
    done = await api.do("disputeClosingByCode", want="status { state awaitsConfirmation }", **given)
    assert done["status"] == {"state": "IN_PROGRESS", "awaitsConfirmation": False}
    (note,) = await world.rows("SELECT id, audience, text, author_seat_id, author_agency_code FROM note")
    assert tuple(note)[1:] == ("CITIZEN", "ได้เงินไม่ครบ ขาดอีก 3,000 บาท", None, None)
    payload = await world.value("SELECT payload FROM event ORDER BY id DESC LIMIT 1")
    assert payload == {"from": "RESOLVED", "to": "IN_PROGRESS", "note": note.id}
    reading = """query ($id: ID!) { node(id: $id) { ... on Case { timeline(last: 1) { nodes {
        kind actor { id } note { text author { id } } } } } } }"""
    event = {"kind": "CLOSING_DISPUTED", "actor": None, "note": {"text": note.text, "author": None}}
    for by, seen in ((VOLUNTEER, event), (COORDINATOR, event)):
        answer = await api.ask(reading, by, id=api.id("Case", case_id))
        assert answer["node"]["timeline"]["nodes"] == [seen]
    assert (await api.ask(reading, OTHER_VOLUNTEER, id=api.id("Case", case_id)))["node"] is None
    journal = await world.value("SELECT string_agg(e::text, ' ') FROM event e")
    assert "3,000" not in journal
    assert given["trackingCode"] not in journal


async def test_all_that_is_wrong_is_one_refusal_after_the_same_statements(world: World, api: Api) -> None:
    first, second = [await known(world, await situations.resolved(world)) for _ in range(2)]
    renewed = await situations.resolved(world)
    old = await known(world, renewed)
    await world.on_case(VOLUNTEER, renew_tracking_code, renewed)
    wrong = {
        "another case's code": {**first, "trackingCode": second["trackingCode"]},
        "an old code": old,
        "no code": {**first, "trackingCode": ""},
        "a long code": {**first, "trackingCode": "ก" * 5000},
        "a reference of no case": {**first, "reference": make_reference(province="43", buddhist_year=2569, sequence=9)},
        "no reference": {**first, "reference": "ก" * 1000},
        "a case that waits for no answer": {
            **await known(world, await world.case()), "trackingCode": first["trackingCode"]
        },
    }  # fmt: skip
    before = await without_counts(world)
    answers = [await api.do("confirmClosingByCode", **given) for given in wrong.values()]
    assert answers == [answers[0]] * len(wrong)
    assert answers[0]["code"] == "TRACKING_CODE_WRONG"
    assert await without_counts(world) == before


@pytest.mark.parametrize("scene", PUBLIC_SCENES, ids=str)
async def test_a_case_that_has_no_result_or_was_closed_takes_no_answer(world: World, api: Api, scene: Scene) -> None:
    more = {"reason": "ได้เงินไม่ครบ"} if scene.name == "disputeClosingByCode" else {}
    for case_id in (await world.case(), await situations.in_progress(world), await situations.closed(world)):
        before = await without_counts(world)
        refused = await api.do(scene.name, **await known(world, case_id), **more)
        assert (refused["__typename"], refused["code"]) == ("NotPossible", "ANSWER_NOT_AWAITED")
        assert await without_counts(world) == before


async def test_a_sensitive_case_is_not_closed_by_its_citizen_who_may_still_dispute(world: World, api: Api) -> None:
    given = await known(world, await situations.resolved(world, SENSITIVE))
    before = await without_counts(world)
    assert (await api.do("confirmClosingByCode", **given))["code"] == "CONFIRMATION_NOT_NEEDED"
    assert await without_counts(world) == before
    done = await api.do("disputeClosingByCode", want="status { state }", reason="ไม่จริง", **given)
    assert done["status"] == {"state": "IN_PROGRESS"}


@pytest.mark.parametrize(
    ("reason", "code"), [("  ", "TEXT_MISSING"), ("ก" * 10_001, "TEXT_TOO_LONG"), ("a\u0007", "TEXT_BROKEN")]
)
async def test_a_bad_reason_is_refused_and_may_be_told_better_with_the_same_operation(
    world: World, api: Api, reason: str, code: str
) -> None:
    given = {**await known(world, await situations.resolved(world)), "operationId": str(uuid4())}
    before = await without_counts(world)
    refused = await api.do("disputeClosingByCode", reason=reason, **given)
    assert (refused["__typename"], refused["code"], refused["path"]) == ("InvalidInput", code, ["input", "reason"])
    assert await without_counts(world) == before
    assert "code" not in await api.do("disputeClosingByCode", reason="ได้ไม่ครบ", **given)


async def test_an_operation_is_the_cases_own_and_means_one_thing(world: World, api: Api) -> None:
    first, second = [await known(world, await situations.resolved(world)) for _ in range(2)]
    same = {"operationId": str(uuid4())}
    done = await api.do("disputeClosingByCode", reason="ขาด", want="status { state }", **first, **same)
    typed = {**first, "trackingCode": first["trackingCode"].lower().replace("-", " ")}
    assert await api.do("disputeClosingByCode", reason="ขาด", want="status { state }", **typed, **same) == done
    other = await api.do("disputeClosingByCode", reason="อื่น", **first, **same)
    assert (other["code"], other["path"]) == ("OPERATION_REUSED", ["input", "operationId"])
    assert (await api.do("confirmClosingByCode", **first, **same))["code"] == "OPERATION_REUSED"
    assert "code" not in await api.do("confirmClosingByCode", **second, **same)
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'CLOSING_DISPUTED'") == 1


async def test_a_replay_after_the_code_was_renewed_opens_nothing(world: World, api: Api) -> None:
    case_id = await situations.resolved(world)
    given = {**await known(world, case_id), "operationId": str(uuid4())}
    await api.do("confirmClosingByCode", **given)
    await world.on_case(VOLUNTEER, renew_tracking_code, case_id)
    assert (await api.do("confirmClosingByCode", **given))["code"] == "TRACKING_CODE_WRONG"


async def test_answers_sent_at_once_are_one_answer_and_the_other_is_too_late(world: World, api: Api) -> None:
    given = await known(world, await situations.resolved(world))
    twin = {**given, "operationId": str(uuid4())}
    yes = [api.do("confirmClosingByCode", want="status { state }", **twin) for _ in range(4)]
    answers = await asyncio.gather(*yes, api.do("disputeClosingByCode", reason="ขาด", **given))
    assert await world.value("SELECT count(*) FROM event WHERE kind IN ('CASE_CLOSED', 'CLOSING_DISPUTED')") == 1
    assert [answer.get("code") for answer in answers if "code" in answer] in (
        ["ANSWER_NOT_AWAITED"], ["ANSWER_NOT_AWAITED"] * 4
    )  # fmt: skip


async def test_the_volunteers_version_is_raised_by_the_citizens_answer(world: World, api: Api) -> None:
    case_id = await situations.resolved(world)
    stale = await on_case(api, case_id, note="ยืนยันทางโทรศัพท์")
    await api.do("disputeClosingByCode", reason="ขาด", **await known(world, case_id))
    assert (await api.do("confirmClosing", VOLUNTEER, **stale))["code"] == "VERSION_CONFLICT"


async def test_answers_are_counted_with_the_questions_about_the_reference(world: World, api: Api) -> None:
    given = await known(world, await situations.resolved(world))
    for _ in range(20):
        await api.do("confirmClosingByCode", **{**given, "trackingCode": "1234"})
    refused = await api.do("confirmClosingByCode", **given)
    assert (refused["__typename"], refused["code"]) == ("NotPossible", "RATE_LIMITED")
    assert refused["message"] == "Too many questions: ask again after 180 seconds."
    asked = await api.answer(CARD, reference=given["reference"], code=given["trackingCode"])
    assert asked["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    world.now += timedelta(seconds=180)
    assert "code" not in await api.do("confirmClosingByCode", **given)


async def test_the_card_tells_whether_an_answer_is_awaited_and_until_when(world: World, api: Api) -> None:
    nothing = {"awaitsConfirmation": False, "mayDispute": False, "answerBy": None, "answerByThai": None}
    cards = {
        "open": (await situations.in_progress(world), {"state": "IN_PROGRESS", **nothing}),
        "closed": (await situations.closed(world), {"state": "CLOSED", **nothing}),
        "sensitive": (
            await situations.resolved(world, SENSITIVE), {"state": "RESOLVED", **nothing, "mayDispute": True}
        ),
    }  # fmt: skip
    for case_id, card in cards.values():
        assert (await api.ask(CARD, **await told(world, case_id)))["caseStatus"] == card
    case_id = await situations.resolved(world)
    ((at,),) = await world.rows(f"{RESOLVED_AT} WHERE id = :id", id=case_id)
    card = (await api.ask(CARD, **await told(world, case_id)))["caseStatus"]
    assert card["answerBy"] == f"{at + timedelta(days=7):%Y-%m-%dT%H:%M:%SZ}"
    assert (card["awaitsConfirmation"], card["mayDispute"]) == (True, True)


async def _through_the_window(session: AsyncSession, world: World, case_id: int) -> None:
    generation = await world.value('SELECT tracking_generation FROM "case" WHERE id = :id', id=case_id)
    await enter_window(session, case_id=case_id, generation=generation)


async def test_the_window_opens_one_case_and_no_person_or_word(world: World) -> None:
    first, _ = await situations.resolved(world), await situations.resolved(world)
    async with AsyncSession(world.writer) as session, session.begin():
        await _through_the_window(session, world, first)
        seen = {
            table: (await session.execute(text(f'SELECT count(*) FROM "{table}"'))).scalar_one()
            for table in ("case", "citizen", "citizen_contact", "case_content", "case_problem", "note", "event",
                          "case_holding", "case_party", "citizen_access", "operation", "case_search")
        }  # fmt: skip
        assert {table: count for table, count in seen.items() if count} == {"case": 1, "case_problem": 1}
        changed = await session.execute(text('UPDATE "case" SET version = version + 1 RETURNING id'))
        assert list(changed.scalars()) == [first]


EVENT = """INSERT INTO event (subject_kind, subject_id, seq, kind, actor_seat_id, recorded_at, audience, payload,
    previous_hash, hash) VALUES (:subject, :id, 99, :kind, :seat, now(), 'CASE', '{}', '', '')"""
NOTE = """INSERT INTO note (id, case_id, author_seat_id, audience, text, written_at)
    VALUES (nextval('prasan_id'), :id, :seat, 'CITIZEN', 'ก', now())"""


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (EVENT, {"subject": "CASE", "kind": "CASE_CLOSED", "other": True}),
        (EVENT, {"subject": "CASE", "kind": "CASE_REOPENED"}),
        (EVENT, {"subject": "CASE", "kind": "CASE_CLOSED", "as_volunteer": True}),
        (EVENT, {"subject": "CITIZEN", "kind": "CASE_CLOSED"}),
        (NOTE, {"other": True}),
        (NOTE, {"as_volunteer": True}),
        ("UPDATE \"case\" SET state = 'WITHDRAWN' WHERE id = :id", {}),
    ],
)
async def test_the_window_lets_nothing_be_written_but_the_answer(
    world: World, statement: str, given: dict[str, Any]
) -> None:
    own, other = await situations.resolved(world), await situations.resolved(world)
    seat = (await world.actor(VOLUNTEER)).seat_id
    values: dict[str, Any] = {
        "id": other if given.get("other") else own,
        "seat": seat if given.get("as_volunteer") else None,
        **{name: given[name] for name in ("subject", "kind") if name in given},
    }
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    async with AsyncSession(world.writer) as session:
        await _through_the_window(session, world, own)
        with pytest.raises(ProgrammingError, match="row-level security"):
            await session.execute(text(statement), used)


async def test_a_code_of_an_earlier_generation_opens_no_window(world: World) -> None:
    case_id = await situations.resolved(world)
    async with AsyncSession(world.writer) as session:
        await enter_window(session, case_id=case_id, generation=2)
        assert (await session.execute(text('SELECT count(*) FROM "case"'))).scalar_one() == 0


@pytest.mark.parametrize("name", ["confirmClosingByCode", "disputeClosingByCode"])
async def test_a_case_with_a_referral_and_clocks_is_answered_too(world: World, api: Api, name: str) -> None:
    """Its clocks are kept in step by whoever changes it, the citizen included."""
    case_id = await situations.in_progress(world, "UNPAID_WAGES")
    referral_id = await world.referral(case_id)
    await situations.bring(world, referral_id, situations.R.COMPLETED)
    day = (world.now - timedelta(days=3)).date()
    await world.act(VOLUNTEER, record_key_date, case_id=case_id, event=KeyEvent.COMPLAINT_FILED, day=day)
    await situations.status(world, case_id, CaseState.RESOLVED)
    before = await world.rows("SELECT id, ended_at FROM deadline ORDER BY id")
    given = await known(world, case_id) | ({"reason": "ได้เงินไม่ครบ"} if name == "disputeClosingByCode" else {})
    done = await api.do(name, want="status { state }", **given)
    assert done["status"] == {"state": "CLOSED" if name == "confirmClosingByCode" else "IN_PROGRESS"}
    assert [row.id for row in await world.rows("SELECT id FROM deadline ORDER BY id")] == [row.id for row in before]
    assert len(before) == 3
