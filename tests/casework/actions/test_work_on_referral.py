"""Begin to work on a referral and report its result."""

from decimal import Decimal
from typing import Any

import pytest

from casework.actions.complete_referral import complete_referral
from casework.actions.start_referral import start_referral
from casework.errors import RefusalCode
from casework.outcomes import Result
from models.vocabulary import CaseState, EventKind, Outcome, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

Code, R = RefusalCode, ReferralState
REPORT: dict[str, Any] = {"report": "จ่ายครบแล้ว", "result": Result(Outcome.PAID)}
VERBS: list[tuple[Any, ReferralState, dict[str, Any]]] = [
    (start_referral, R.ACCEPTED, {}),
    (complete_referral, R.IN_PROGRESS, REPORT),
]


async def test_the_office_begins_to_work(world: World) -> None:
    sent = await situations.referral_in(world, R.ACCEPTED)
    at, version, due_at = world.now, await world.version(sent.case_id), await world.value('SELECT due_at FROM "case"')
    assert await world.on_referral(DLPW, start_referral, sent.referral_id) == sent.referral_id
    assert await world.rows("SELECT state, started_at, version FROM referral") == [("IN_PROGRESS", at, 4)]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(due_at, version, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    payload = {"referral": sent.referral_id, "office": world.office("DLPW-43")}
    assert tuple(event) == (EventKind.REFERRAL_STARTED, payload)


async def test_the_result_stands_on_the_referral_and_its_outcome_on_the_problem(world: World) -> None:
    sent = await situations.referral_in(world, R.IN_PROGRESS)
    at, version, office = world.now, await world.version(sent.case_id), world.office("DLPW-43")
    result = Result(Outcome.SETTLED, Decimal(18000), Decimal("15000.5"))
    await world.on_referral(DLPW, complete_referral, sent.referral_id, report=" จ่ายแล้ว ", result=result)
    assert await world.rows("SELECT state, ended_at, version FROM referral") == [("COMPLETED", at, 5)]
    assert await world.rows("SELECT reply, report FROM referral_content") == [(None, "จ่ายแล้ว")]
    problem = await world.rows(
        "SELECT outcome, amount_claimed::text, amount_recovered::text, outcome_at FROM case_problem"
    )
    assert problem == [("SETTLED", "18000.00", "15000.50", at)]
    assert await world.rows('SELECT due_at, version, updated_at FROM "case"') == [(None, version, at)]
    assert await world.value("SELECT count(*) FROM participation WHERE office_id = :o AND until IS NULL", o=office) == 0
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert event.kind == EventKind.REFERRAL_COMPLETED
    assert event.payload == {
        "referral": sent.referral_id,
        "office": office,
        "problemType": "UNPAID_WAGES",
        "outcome": "SETTLED",
    }


async def test_a_result_without_an_outcome_leaves_the_problem_open(world: World) -> None:
    sent = await situations.referral_in(world, R.IN_PROGRESS)
    await world.on_referral(DLPW, complete_referral, sent.referral_id, report="ส่งหลักฐานให้แล้ว")
    assert await world.rows("SELECT outcome, amount_claimed, outcome_at FROM case_problem") == [(None, None, None)]
    payload = await world.value("SELECT payload FROM event ORDER BY id DESC LIMIT 1")
    assert payload["outcome"] is None


async def test_a_later_result_takes_the_place_of_an_earlier_outcome(world: World) -> None:
    case_id = await situations.screened(world)
    for office, outcome in ((DLPW, Outcome.ORDERED), (SSO, Outcome.PAID)):
        referral_id = await world.referral(case_id, to=office.split()[1])
        await situations.bring(world, referral_id, R.IN_PROGRESS, office=office)
        await world.on_referral(office, complete_referral, referral_id, report="ผล", result=Result(outcome))
    assert await world.value("SELECT outcome FROM case_problem") == "PAID"


WRONG: list[tuple[str, Result, RefusalCode, str]] = [
    ("", Result(), Code.TEXT_MISSING, "report"),
    ("ก" * 10_001, Result(), Code.TEXT_TOO_LONG, "report"),
    ("\ud800", Result(), Code.TEXT_BROKEN, "report"),
    ("ก", Result(Outcome.PAID, Decimal(-1)), Code.AMOUNT_INVALID, "amountClaimed"),
    ("ก", Result(Outcome.PAID, Decimal("NaN")), Code.AMOUNT_INVALID, "amountClaimed"),
    ("ก", Result(Outcome.PAID, None, Decimal("0.001")), Code.AMOUNT_INVALID, "amountRecovered"),
    ("ก", Result(Outcome.PAID, None, Decimal("1E+12")), Code.AMOUNT_INVALID, "amountRecovered"),
    ("ก", Result(None, Decimal(1)), Code.OUTCOME_NEEDED, "outcome"),
    ("ก", Result(None, None, Decimal(0)), Code.OUTCOME_NEEDED, "outcome"),
]


async def test_a_wrong_value_is_named_and_nothing_is_reported(world: World) -> None:
    sent = await situations.referral_in(world, R.IN_PROGRESS)
    for report, result, code, path in WRONG:
        async with refused_unchanged(world, code, "input", path):
            await world.on_referral(DLPW, complete_referral, sent.referral_id, report=report, result=result)


OTHERS = {
    VOLUNTEER: Code.NOT_PERMITTED,
    MENTOR: Code.NOT_PERMITTED,
    COORDINATOR: Code.NOT_PERMITTED,
    AUDITOR: Code.NOT_PERMITTED,
    OTHER_VOLUNTEER: Code.NOT_FOUND,
    SSO: Code.NOT_FOUND,
    ADMIN: Code.NOT_FOUND,
}


async def test_nobody_else_works_on_it(world: World) -> None:
    for verb, state, more in VERBS:
        sent = await situations.referral_in(world, state)
        for by, code in OTHERS.items():
            async with refused_unchanged(world, code):
                await world.on_referral(by, verb, sent.referral_id, **more)


@pytest.mark.parametrize("state", [state for state in R if state not in {R.RETURNED, R.DISPUTED}])
async def test_work_begins_once_it_is_accepted_and_is_reported_once_it_has_begun(
    world: World, state: ReferralState
) -> None:
    sent = await situations.referral_in(world, state)
    for verb, right, more in VERBS:
        if state is not right:
            async with refused_unchanged(world, Code.REFERRAL_STEP_ILLEGAL):
                await world.on_referral(DLPW, verb, sent.referral_id, **more)


async def test_the_version_and_the_case_must_still_be_there(world: World) -> None:
    for verb, state, more in VERBS:
        sent = await situations.referral_in(world, state)
        async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
            await world.act(DLPW, verb, referral_id=sent.referral_id, expected_version=2, **more)
        await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ถอน")
        async with refused_unchanged(world, Code.CASE_ENDED):
            await world.on_referral(DLPW, verb, sent.referral_id, **more)
