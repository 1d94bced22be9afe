"""Record what came of a problem without a referral."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from casework.actions.record_outcome import record_outcome
from casework.errors import Refusal, RefusalCode
from casework.outcomes import Result
from models.vocabulary import CaseState, Outcome, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

C, Code = CaseState, RefusalCode
PAID = Result(Outcome.PAID)
PROBLEMS = (
    "SELECT outcome, amount_claimed::text, amount_recovered::text, outcome_at FROM case_problem ORDER BY position"
)


async def record(
    world: World, case_id: int, result: Result = PAID, *, by: str = VOLUNTEER, problem: str = "UNPAID_WAGES"
) -> int:
    return await world.on_case(by, record_outcome, case_id, problem_type_code=problem, result=result)


async def test_the_outcome_stands_on_its_problem_with_the_amounts(world: World) -> None:
    case_id, at = await situations.screened(world, "UNPAID_WAGES", "SEVERANCE"), world.now
    assert await record(world, case_id, Result(Outcome.ORDERED, Decimal("18000.000"), Decimal("0.5"))) == case_id
    assert await world.rows(PROBLEMS) == [("ORDERED", "18000.00", "0.50", at), (None, None, None, None)]
    assert await world.rows('SELECT state, version, updated_at FROM "case"') == [("SCREENING", 3, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("OUTCOME_RECORDED", {"problemType": "UNPAID_WAGES", "outcome": "ORDERED"})


async def test_a_later_outcome_takes_its_place_and_amounts_stay_until_they_are_given_anew(world: World) -> None:
    case_id = await situations.screened(world)
    await record(world, case_id, Result(Outcome.ORDERED, Decimal(900)))
    at = world.now
    await record(world, case_id, Result(Outcome.PAID, None, Decimal(850)))
    assert await world.rows(PROBLEMS) == [("PAID", "900.00", "850.00", at)]


async def test_the_holder_knows_better_than_the_report_said(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.COMPLETED)
    await record(world, sent.case_id, Result(Outcome.REJECTED))
    assert await world.value("SELECT outcome FROM case_problem") == "REJECTED"


WRONG: list[tuple[Result, str, RefusalCode, str]] = [
    (PAID, "TAX", Code.PROBLEM_TYPE_UNKNOWN, "problemType"),
    (PAID, "MATERNITY", Code.PROBLEM_NOT_OF_CASE, "problemType"),
    (Result(), "UNPAID_WAGES", Code.OUTCOME_NEEDED, "outcome"),
    (Result(None, Decimal(1)), "UNPAID_WAGES", Code.OUTCOME_NEEDED, "outcome"),
    *(
        (Result(Outcome.PAID, Decimal(amount)), "UNPAID_WAGES", Code.AMOUNT_INVALID, "amountClaimed")
        for amount in ("-1", "-0.01", "1.00001", "NaN", "sNaN", "Infinity", "1E+12", "1E+999", "1E-999")
    ),
    *(
        (Result(Outcome.PAID, Decimal(1), Decimal(amount)), "UNPAID_WAGES", Code.AMOUNT_INVALID, "amountRecovered")
        for amount in ("-1", "0.001", "NaN", "1E+12")
    ),
]


@pytest.mark.parametrize(("result", "problem", "code", "path"), WRONG)
async def test_a_wrong_value_is_named_and_nothing_is_recorded(
    world: World, result: Result, problem: str, code: RefusalCode, path: str
) -> None:
    case_id = await situations.screened(world)
    async with refused_unchanged(world, code, "input", path):
        await record(world, case_id, result, problem=problem)


async def test_only_the_holder_records(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.IN_PROGRESS)
    others: dict[str, Any] = dict.fromkeys((MENTOR, COORDINATOR, DLPW, AUDITOR), Code.NOT_PERMITTED)
    for by, code in {**others, OTHER_VOLUNTEER: Code.NOT_FOUND, ADMIN: Code.NOT_FOUND}.items():
        async with refused_unchanged(world, code):
            await record(world, sent.case_id, by=by)


async def test_a_new_a_resolved_and_an_ended_case_take_no_outcome(world: World) -> None:
    for case_id, code in (
        (await world.case(), Code.NOT_IN_THIS_STATE),
        (await situations.resolved(world), Code.NOT_IN_THIS_STATE),
        (await situations.closed(world), Code.CASE_ENDED),
    ):
        async with refused_unchanged(world, code):
            await record(world, case_id)


async def test_of_two_outcomes_with_one_version_exactly_one_is_recorded(world: World) -> None:
    case_id = await situations.screened(world)
    given = {"case_id": case_id, "expected_version": 2, "problem_type_code": "UNPAID_WAGES"}
    results = await asyncio.gather(
        *(world.act(VOLUNTEER, record_outcome, **given, result=Result(o)) for o in (Outcome.PAID, Outcome.REJECTED)),
        return_exceptions=True,
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.VERSION_CONFLICT
    assert await world.version(case_id) == 3
