"""Every verb in every state by every kind of actor: it succeeds when the tables say so, and else changes nothing."""

from dataclasses import dataclass
from datetime import date

import pytest

from casework.actions.approve_closing import approve_closing
from casework.actions.confirm_closing import confirm_closing
from casework.actions.merge_cases import merge_cases
from casework.actions.open_case import Intake, open_case
from casework.actions.receive_referral import receive_referral
from casework.actions.record_outcome import record_outcome
from casework.errors import RefusalCode
from casework.outcomes import Result
from casework.policy.permissions import can_now
from casework.rules.states import CASE_STATES, ENDED, UNDER_WORK, WAITING
from models.action_words import CaseAction
from models.vocabulary import CaseState, Channel, Outcome
from tests.casework import situations, verbs
from tests.casework.oracle import refusal_on_case, standings
from tests.casework.policy.eyes import case_seen
from tests.casework.refusals import nothing_changes
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    TAMBON,
    VOLUNTEER,
    World,
)

A, C, Code = CaseAction, CaseState, RefusalCode
HEAD = "head DLPW-43"
TRUSTED = "officer SSO-43 2"
"""Handles sensitive cases."""
FRIDAY = date(2026, 11, 20)
ACTORS = (
    VOLUNTEER,
    OTHER_VOLUNTEER,
    MENTOR,
    COORDINATOR,
    DLPW,
    HEAD,
    SSO,
    TRUSTED,
    AUDITOR,
    ADMIN,
)


@dataclass(frozen=True)
class Kind:
    holder: str
    problem: str

    def __str__(self) -> str:
        return f"{self.problem} held by {self.holder}"


KINDS = [Kind(holder, problem) for holder in (VOLUNTEER, HEAD) for problem in ("UNPAID_WAGES", "HARASSMENT")]


async def _two_cases(world: World, kind: Kind) -> tuple[int, int]:
    """Two new cases of a citizen, of the kind; VOLUNTEER accompanies both and OTHER_VOLUNTEER was asked to."""
    citizen_id = await world.citizen(kind.holder)
    intake = Intake(citizen_id, (kind.problem,), TAMBON, "นายจ้างค้างค่าจ้าง", Channel.WALK_IN)
    found = []
    for _ in range(2):
        case_id = await world.act(kind.holder, open_case, intake=intake)
        if kind.holder != VOLUNTEER:
            await situations.accepted(world, case_id, VOLUNTEER, by=kind.holder)
        await situations.asked(world, case_id, by=kind.holder)
        found.append(case_id)
    return found[0], found[1]


async def _work(world: World, case_id: int, kind: Kind, state: CaseState) -> None:
    """Go along the work up to the state, or to the one from which it ends."""
    if state not in {C.NEW, C.MERGED}:
        await situations.status(world, case_id, C.SCREENING, by=kind.holder)
    if state in UNDER_WORK:
        sent = await world.referral(case_id, kind.holder, "SSO-43", problem_type_code=kind.problem)
        await world.on_referral(TRUSTED, receive_referral, sent)
    if state in WAITING | {C.IN_PROGRESS, C.RESOLVED, C.CLOSED}:
        await situations.status(world, case_id, C.IN_PROGRESS, by=kind.holder)
    if state in WAITING:
        await situations.status(world, case_id, state, by=kind.holder, review_on=FRIDAY)
    if state in {C.RESOLVED, C.CLOSED}:
        told = {"problem_type_code": kind.problem, "result": Result(Outcome.ADVISED)}
        await world.on_case(kind.holder, record_outcome, case_id, **told)
        await situations.status(world, case_id, C.RESOLVED, by=kind.holder)


async def _case_in(world: World, kind: Kind, state: CaseState) -> tuple[int, int]:
    """A case in the state, and a new one with which it could be or was merged."""
    case_id, other = await _two_cases(world, kind)
    await _work(world, case_id, kind, state)
    if state in {C.WITHDRAWN, C.OUT_OF_SCOPE}:
        await situations.status(world, case_id, state, by=kind.holder, reason=verbs.REASON)
    elif state is C.MERGED:
        versions = {name: await world.version(case_id) for name in ("expected_version", "expected_into_version")}
        await world.act(kind.holder, merge_cases, source_id=case_id, target_id=other, **versions)
    elif state is C.CLOSED and kind.problem == "HARASSMENT":
        await world.on_case(COORDINATOR, approve_closing, case_id)
    elif state is C.CLOSED:
        await world.on_case(VOLUNTEER, confirm_closing, case_id, note=verbs.REASON)
    return case_id, other


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_a_verb_on_a_case_succeeds_exactly_when_the_tables_and_viewer_can_say_so(
    world: World, kind: Kind, state: CaseState
) -> None:
    case_id, other = await _case_in(world, kind, state)
    assert await world.value('SELECT state FROM "case" WHERE id = :id', id=case_id) == state
    actors = [await world.actor(handle) for handle in ACTORS]
    calls = {action: await verbs.on_case(world, action, case_id, into=other, problem=kind.problem) for action in A}
    async with nothing_changes(world):
        for handle, by, stands in zip(ACTORS, actors, await standings(world, case_id, actors), strict=True):
            seen = await case_seen(world, handle, case_id)
            assert (seen and (seen.level, seen.active)) == (stands and (stands.level, stands.active)), handle
            for action, call in calls.items():
                promised = refusal_on_case(by, action, stands)
                told = Code.NOT_FOUND if seen is None else can_now(by, action, seen).refusal
                assert told is promised, (handle, action)
                steps_by_input = promised is Code.NOT_IN_THIS_STATE and action in {A.UPDATE_STATUS, A.END}
                expected = Code.CASE_STEP_ILLEGAL if steps_by_input else promised
                assert await verbs.attempt(world, handle, call) is expected, (handle, action)


def test_every_action_is_possible_in_some_state_and_every_ended_state_is_led_out_of_by_one_or_none() -> None:
    """So that no combination above is refused for want of a situation."""
    assert all(CASE_STATES[action] for action in A)
    always = {A.FOLLOW, A.RENEW_TRACKING_CODE}
    outs = {state: {action for action in A if state in CASE_STATES[action]} - always for state in ENDED}
    assert outs == {C.CLOSED: {A.REOPEN}, C.MERGED: {A.UNMERGE}, C.WITHDRAWN: set(), C.OUT_OF_SCOPE: set()}
