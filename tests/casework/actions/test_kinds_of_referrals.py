"""What a consultation, an information and a transfer do that a referral does not."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from casework.actions.accept_referral import accept_referral
from casework.actions.complete_referral import complete_referral
from casework.actions.recall_referral import recall_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.refer_case import refer_case
from casework.errors import RefusalCode
from casework.outcomes import Result
from models.action_words import ReferralAction
from models.vocabulary import CaseState, DisclosedField, Outcome, ReasonCategory, ReferralKind
from models.vocabulary import ReferralState as R
from tests.casework import situations, verbs
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import COORDINATOR, DLPW, DOE, SSO, VOLUNTEER, World

Code = RefusalCode
CONSULT, INFORM, TRANSFER = ReferralKind.CONSULT, ReferralKind.INFORM, ReferralKind.TRANSFER
THURSDAY = datetime(2026, 11, 19, 9, 30, tzinfo=UTC)


async def test_an_opinion_sets_no_outcome_and_has_the_times_of_a_referral(world: World) -> None:
    sent = await situations.referral_in(world, R.IN_PROGRESS, kind=CONSULT)
    times = await world.rows("SELECT kind, respond_by, result_by FROM referral")
    assert times == [("CONSULT", THURSDAY, datetime(2027, 1, 6, 9, 30, tzinfo=UTC))]
    for result in (Result(Outcome.PAID), Result(Outcome.PAID, Decimal(1))):
        async with refused_unchanged(world, Code.OUTCOME_UNWANTED, "input", "outcome"):
            await world.on_referral(DLPW, complete_referral, sent.referral_id, report="ความเห็น", result=result)
    await situations.opinion(world, sent.referral_id)
    assert await world.rows("SELECT state FROM referral") == [("COMPLETED",)]
    assert await world.rows("SELECT outcome FROM case_problem") == [(None,)]
    assert (await world.value("SELECT payload FROM event ORDER BY id DESC LIMIT 1"))["outcome"] is None
    await situations.status(world, sent.case_id, CaseState.IN_PROGRESS)
    async with refused_unchanged(world, Code.OUTCOME_MISSING):
        await situations.status(world, sent.case_id, CaseState.RESOLVED)


async def test_an_information_is_complete_when_it_is_registered_and_never_shows_the_case(world: World) -> None:
    sent = await situations.referral_in(world, R.SENT, kind=INFORM)
    assert await world.rows("SELECT respond_by, result_by FROM referral") == [(None, None)]
    assert await world.value('SELECT due_at FROM "case"') is None
    assert await level_of(world, DLPW, sent.case_id) == 2
    at, version = world.now, await world.version(sent.case_id)
    assert await world.on_referral(DLPW, receive_referral, sent.referral_id) == sent.referral_id
    rows = await world.rows("SELECT state, received_at, ended_at, version FROM referral")
    assert rows == [("COMPLETED", at, at, 2)]
    assert await world.rows('SELECT version, updated_at FROM "case"') == [(version, at)]
    assert await level_of(world, DLPW, sent.case_id) == 1
    levels = await world.rows("SELECT level, until FROM participation WHERE office_id IS NOT NULL")
    assert levels == [(2, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    payload = {"referral": sent.referral_id, "office": world.office("DLPW-43")}
    assert tuple(event) == ("REFERRAL_RECEIVED", payload)


@pytest.mark.parametrize("state", [R.SENT, R.COMPLETED])
async def test_an_information_is_registered_or_taken_back_and_nothing_else(world: World, state: R) -> None:
    sent = await situations.referral_in(world, R.SENT, kind=INFORM)
    if state is R.COMPLETED:
        await world.on_referral(DLPW, receive_referral, sent.referral_id)
    possible = {ReferralAction.RECEIVE, ReferralAction.RECALL} if state is R.SENT else set()
    for action in ReferralAction:
        call = await verbs.on_referral(world, action, sent.referral_id)
        answers = [await verbs.attempt(world, by, call) for by in (DLPW, VOLUNTEER)]
        expected = (
            {None, Code.NOT_PERMITTED} if action in possible else {Code.REFERRAL_STEP_ILLEGAL, Code.NOT_PERMITTED}
        )
        assert set(answers) == expected, action
    if state is R.SENT:
        given = {"reason": "ส่งผิด", "category": ReasonCategory.SENT_IN_ERROR}
        await world.on_referral(VOLUNTEER, recall_referral, sent.referral_id, **given)
        assert await world.value("SELECT state FROM referral") == "RECALLED"


async def test_an_information_discloses_nothing_and_has_no_time_to_answer(world: World) -> None:
    case_id = await situations.screened(world)
    wrong: list[tuple[dict[str, Any], RefusalCode, str]] = [
        ({"discloses": frozenset({DisclosedField.PHONES})}, Code.DISCLOSURE_UNWANTED, "discloses"),
        ({"respond_by": world.now + timedelta(days=1)}, Code.RESPOND_BY_UNWANTED, "respondBy"),
    ]
    for more, code, path in wrong:
        async with refused_unchanged(world, code, "input", path):
            await world.referral(case_id, kind=INFORM, **more)


async def held_by(world: World) -> list[tuple[int | None, int | None]]:
    """Give the holders in their order, having checked that they follow each other without a gap."""
    rows = await world.rows("SELECT seat_id, office_id, since, until FROM case_holding ORDER BY since, id")
    assert [row.until for row in rows] == [*(row.since for row in rows[1:]), None]
    return [(row.seat_id, row.office_id) for row in rows]


async def test_a_case_handed_round_in_a_circle_has_one_holder_at_every_instant(world: World) -> None:
    case_id = await situations.screened(world)
    volunteer, (first, second) = (await world.actor(VOLUNTEER)).seat_id, map(world.office, ("DLPW-43", "SSO-43"))
    await situations.transferred(world, case_id, office=DLPW)
    for by, to in ((DLPW, SSO), (SSO, DLPW)):
        await situations.transferred(world, case_id, by=by, office=to)
        levels = [await level_of(world, who, case_id) for who in (VOLUNTEER, by, to)]
        assert levels == [4, 1, 4]
        running = await world.rows("SELECT office_id, level, source FROM participation WHERE until IS NULL ORDER BY id")
        assert running == [(None, 4, "OPENED"), (world.office(to.split()[1]), 4, "HOLDER")]
    async with refused_unchanged(world, Code.TRANSFER_CYCLE, "input", "office"):
        await situations.transferred(world, case_id, by=DLPW, office=SSO)
    assert await held_by(world) == [(volunteer, None), (None, first), (None, second), (None, first)]
    moves = await world.rows("SELECT payload FROM event WHERE kind = 'CASE_HOLDER_CHANGED' ORDER BY id")
    assert [(row.payload["fromOffice"], row.payload["office"]) for row in moves] == [
        (None, first),
        (first, second),
        (second, first),
    ]
    assert await world.version(case_id) == 2 + 2 * 3


async def test_a_volunteer_who_accepts_the_case_of_an_office_accompanies_it_and_does_not_hold_it(
    world: World,
) -> None:
    case_id = await situations.screened(world)
    await situations.accepted(world, case_id)
    await situations.transferred(world, case_id, by="volunteer 430201")
    await situations.accepted(world, case_id, VOLUNTEER, by=COORDINATOR)
    assert [len(await held_by(world)), (await held_by(world))[-1]] == [3, (None, world.office("DLPW-43"))]
    assert await level_of(world, VOLUNTEER, case_id) == 4


async def test_referrals_to_others_go_on_when_the_case_changes_hands_and_the_office_is_not_asked_twice(
    world: World,
) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "JOB_SEARCH")
    other = await world.referral(case_id, to="DOE-43", problem_type_code="JOB_SEARCH")
    await situations.bring(world, other, R.IN_PROGRESS, office=DOE)
    await situations.transferred(world, case_id)
    assert await level_of(world, DOE, case_id) == 3
    version = await world.version(case_id)
    verb, given = await verbs.on_case(world, verbs.A.REFER, case_id, office="DLPW-43")
    assert (verb, given["expected_version"]) == (refer_case, version)
    async with refused_unchanged(world, Code.OFFICE_IS_HOLDER, "input", "office"):
        await world.act(DLPW, verb, **given)
    await situations.complete(world, other, office=DOE)


async def test_a_transfer_that_was_not_accepted_moves_nothing(world: World) -> None:
    case_id = await situations.screened(world)
    for state in (R.REJECTED, R.RECALLED, R.LAPSED):
        sent = await world.referral(case_id, kind=TRANSFER)
        await situations.bring(world, sent, state)
        assert len(await held_by(world)) == 1
    last = await world.referral(case_id, to="SSO-43", kind=TRANSFER)
    for verb in (receive_referral, accept_referral):
        await world.on_referral(SSO, verb, last)
    assert len(await held_by(world)) == 2
