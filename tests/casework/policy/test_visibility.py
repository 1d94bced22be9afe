"""The table "Who sees what" of domain.md: in each situation, the level of everybody."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from models.vocabulary import CaseState, Level, ReferralKind, ReferralState
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    DOE,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    VOLUNTEER,
    World,
)

R = ReferralState
STATUS, ANONYMOUS, WORK, FULL = Level.STATUS, Level.ANONYMOUS, Level.WORK, Level.FULL
NEIGHBOUR = "volunteer 430101"
DLPW_HEAD, DLPW_TRUSTED = "head DLPW-43", "officer DLPW-43 2"
OPS, OPS_TRUSTED = "officer OPS-43", "officer OPS-43 2"
SENSITIVE = "FORCED_LABOUR"

CAST = (
    VOLUNTEER, OTHER_VOLUNTEER, NEIGHBOUR, MENTOR, OTHER_MENTOR, COORDINATOR, DLPW, DLPW_HEAD, DLPW_TRUSTED,
    SSO, DOE, OPS, OPS_TRUSTED, AUDITOR, ADMIN,
)  # fmt: skip
AREA = {MENTOR: WORK, COORDINATOR: FULL, AUDITOR: ANONYMOUS}
SENSITIVE_AREA = {MENTOR: STATUS, COORDINATOR: WORK, AUDITOR: ANONYMOUS}
DLPW_ALL = (DLPW, DLPW_HEAD, DLPW_TRUSTED)
DLPW_FEW = (DLPW_HEAD, DLPW_TRUSTED)

Situation = Callable[[World], Awaitable[int]]


async def opened(world: World, by: str = VOLUNTEER, *problems: str, **intake: str) -> int:
    return await world.case(by, *problems, **intake)


async def proposed(world: World, *seats: str) -> int:
    case_id = await world.case()
    for seat in seats:
        await situations.asked(world, case_id, seat)
    return case_id


async def declined(world: World) -> int:
    case_id = await world.case()
    await situations.declined(world, case_id)
    return case_id


async def assigned_on(world: World) -> int:
    case_id = await world.case()
    await situations.accepted(world, case_id)
    return case_id


async def referred(world: World, state: ReferralState, **more: Any) -> int:
    return (await situations.referral_in(world, state, **more)).case_id


async def transferred(world: World, *, on: bool = False, ended: bool = False) -> int:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    if on:
        await situations.transferred(world, case_id, by=DLPW, office=SSO)
    if ended:
        await situations.status(world, case_id, CaseState.WITHDRAWN, by=DLPW, reason="ถอนเรื่อง")
    return case_id


async def sensitive_at_the_coordinators_office(world: World) -> int:
    case_id = await situations.screened(world, SENSITIVE)
    referral_id = await world.referral(case_id, to="OPS-43", problem_type_code=SENSITIVE)
    await situations.bring(world, referral_id, R.RECEIVED, office=COORDINATOR)
    return case_id


AT_DLPW: dict[str, Any] = {"problem": SENSITIVE, "office": DLPW_TRUSTED}
TABLE: dict[str, tuple[Situation, dict[str, Level]]] = {
    "held by a volunteer": (opened, {VOLUNTEER: FULL, **AREA}),
    "of another amphoe": (
        partial(opened, area="430201"),
        {VOLUNTEER: FULL, OTHER_MENTOR: WORK, COORDINATOR: FULL, AUDITOR: ANONYMOUS},
    ),
    "opened by a mentor": (partial(opened, by=MENTOR), {**AREA, MENTOR: FULL}),
    "opened by an officer": (partial(opened, by=DLPW), {**AREA, **dict.fromkeys(DLPW_ALL, FULL)}),
    "opened by the coordinator": (partial(opened, by=COORDINATOR), {**AREA, OPS: FULL, OPS_TRUSTED: FULL}),
    "proposed": (
        lambda world: proposed(world, OTHER_VOLUNTEER),
        {VOLUNTEER: FULL, OTHER_VOLUNTEER: ANONYMOUS, **AREA},
    ),
    "proposed to another since": (
        lambda world: proposed(world, OTHER_VOLUNTEER, NEIGHBOUR),
        {VOLUNTEER: FULL, OTHER_VOLUNTEER: STATUS, NEIGHBOUR: ANONYMOUS, **AREA},
    ),
    "declined": (declined, {VOLUNTEER: FULL, OTHER_VOLUNTEER: STATUS, **AREA}),
    "assigned on": (assigned_on, {VOLUNTEER: STATUS, OTHER_VOLUNTEER: FULL, **AREA}),
    **{
        f"referral {state.value}": (
            partial(referred, state=state),
            {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, level)},
        )
        for state, level in {
            R.SENT: ANONYMOUS,
            R.RECEIVED: WORK,
            R.ACCEPTED: WORK,
            R.IN_PROGRESS: WORK,
            R.COMPLETED: STATUS,
            R.REJECTED: STATUS,
            R.RECALLED: STATUS,
            R.RETURNED: STATUS,
        }.items()
    },
    "transfer received": (
        partial(referred, state=R.RECEIVED, kind=ReferralKind.TRANSFER),
        {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, WORK)},
    ),
    "transferred": (transferred, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, FULL)}),
    "transferred on": (
        partial(transferred, on=True),
        {VOLUNTEER: FULL, SSO: FULL, **AREA, **dict.fromkeys(DLPW_ALL, STATUS)},
    ),
    "ended after a transfer": (
        partial(transferred, ended=True),
        {VOLUNTEER: STATUS, **AREA, **dict.fromkeys(DLPW_ALL, FULL)},
    ),
    "sensitive": (lambda world: opened(world, VOLUNTEER, SENSITIVE), {VOLUNTEER: FULL, **SENSITIVE_AREA}),
    "sensitive, opened by a mentor": (
        lambda world: opened(world, MENTOR, SENSITIVE),
        {**SENSITIVE_AREA, MENTOR: FULL},
    ),
    "sensitive, opened by the coordinator": (
        lambda world: opened(world, COORDINATOR, SENSITIVE),
        {**SENSITIVE_AREA, COORDINATOR: FULL, OPS_TRUSTED: FULL},
    ),
    "sensitive, opened by an officer": (
        lambda world: opened(world, DLPW_TRUSTED, SENSITIVE, "UNPAID_WAGES"),
        {**SENSITIVE_AREA, **dict.fromkeys(DLPW_FEW, FULL)},
    ),
    **{
        f"sensitive, referral {state.value}": (
            partial(referred, state=state, **AT_DLPW),
            {VOLUNTEER: FULL, **SENSITIVE_AREA, **dict.fromkeys(DLPW_FEW, level)},
        )
        for state, level in {R.SENT: ANONYMOUS, R.RECEIVED: WORK, R.REJECTED: STATUS}.items()
    },
    "sensitive, at the coordinator's office": (
        sensitive_at_the_coordinators_office,
        {VOLUNTEER: FULL, OPS_TRUSTED: WORK, **SENSITIVE_AREA},
    ),
}


@pytest.mark.parametrize(("situation", "expected"), TABLE.values(), ids=TABLE)
async def test_everybody_sees_a_case_at_the_level_of_the_domain(
    world: World, situation: Situation, expected: dict[str, Level]
) -> None:
    case_id = await situation(world)
    assert {by: level for by in CAST if (level := await level_of(world, by, case_id))} == expected
