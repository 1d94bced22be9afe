"""The table "Who sees what" of domain.md: in each situation, the level of everybody."""

from collections.abc import Awaitable, Callable

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


async def held_by_volunteer(world: World) -> int:
    return await world.case()


async def opened_in_another_amphoe(world: World) -> int:
    return await world.case(area="430201")


async def opened_in_another_province(world: World) -> int:
    return await world.case(area="100101")


async def opened_by_mentor(world: World) -> int:
    return await world.case(MENTOR)


async def opened_by_officer(world: World) -> int:
    return await world.case(DLPW)


async def opened_by_coordinator(world: World) -> int:
    return await world.case(COORDINATOR)


async def proposed(world: World) -> int:
    case_id = await world.case()
    await situations.asked(world, case_id)
    return case_id


async def proposed_to_another_since(world: World) -> int:
    case_id = await proposed(world)
    await situations.asked(world, case_id, NEIGHBOUR)
    return case_id


async def declined(world: World) -> int:
    case_id = await world.case()
    await situations.declined(world, case_id)
    return case_id


async def assigned_on(world: World) -> int:
    case_id = await world.case()
    await situations.accepted(world, case_id)
    return case_id


async def referral_sent(world: World) -> int:
    return (await situations.referral_in(world, R.SENT)).case_id


async def referral_received(world: World) -> int:
    return (await situations.referral_in(world, R.RECEIVED)).case_id


async def referral_worked_on(world: World) -> int:
    return (await situations.referral_in(world, R.IN_PROGRESS)).case_id


async def referral_completed(world: World) -> int:
    return (await situations.referral_in(world, R.COMPLETED)).case_id


async def referral_rejected(world: World) -> int:
    return (await situations.referral_in(world, R.REJECTED)).case_id


async def referral_recalled(world: World) -> int:
    return (await situations.referral_in(world, R.RECALLED)).case_id


async def transfer_received(world: World) -> int:
    return (await situations.referral_in(world, R.RECEIVED, kind=ReferralKind.TRANSFER)).case_id


async def transferred(world: World) -> int:
    case_id = await situations.screened(world)
    await situations.transferred(world, case_id)
    return case_id


async def transferred_on(world: World) -> int:
    case_id = await transferred(world)
    await situations.transferred(world, case_id, by=DLPW, office=SSO)
    return case_id


async def withdrawn_while_referred(world: World) -> int:
    return (await situations.referral_in(world, R.RETURNED)).case_id


async def withdrawn_after_transfer(world: World) -> int:
    case_id = await transferred(world)
    await situations.status(world, case_id, CaseState.WITHDRAWN, by=DLPW, reason="ถอนเรื่อง")
    return case_id


async def sensitive(world: World) -> int:
    return await world.case(VOLUNTEER, SENSITIVE)


async def sensitive_opened_by_mentor(world: World) -> int:
    return await world.case(MENTOR, SENSITIVE)


async def sensitive_opened_by_coordinator(world: World) -> int:
    return await world.case(COORDINATOR, SENSITIVE)


async def sensitive_opened_by_office(world: World) -> int:
    return await world.case(DLPW_TRUSTED, SENSITIVE, "UNPAID_WAGES")


async def sensitive_sent(world: World) -> int:
    return (await situations.referral_in(world, R.SENT, SENSITIVE)).case_id


async def sensitive_received(world: World) -> int:
    return (await situations.referral_in(world, R.RECEIVED, SENSITIVE, office=DLPW_TRUSTED)).case_id


async def sensitive_rejected(world: World) -> int:
    return (await situations.referral_in(world, R.REJECTED, SENSITIVE, office=DLPW_TRUSTED)).case_id


async def sensitive_received_by_coordinator(world: World) -> int:
    case_id = await situations.screened(world, SENSITIVE)
    referral_id = await world.referral(case_id, to="OPS-43", problem_type_code=SENSITIVE)
    await situations.bring(world, referral_id, R.RECEIVED, office=COORDINATOR)
    return case_id


TABLE: list[tuple[Situation, dict[str, Level]]] = [
    (held_by_volunteer, {VOLUNTEER: FULL, **AREA}),
    (opened_in_another_amphoe, {VOLUNTEER: FULL, OTHER_MENTOR: WORK, COORDINATOR: FULL, AUDITOR: ANONYMOUS}),
    (opened_in_another_province, {VOLUNTEER: FULL, AUDITOR: ANONYMOUS}),
    (opened_by_mentor, {**AREA, MENTOR: FULL}),
    (opened_by_officer, {**AREA, **dict.fromkeys(DLPW_ALL, FULL)}),
    (opened_by_coordinator, {**AREA, OPS: FULL, OPS_TRUSTED: FULL}),
    (proposed, {VOLUNTEER: FULL, OTHER_VOLUNTEER: ANONYMOUS, **AREA}),
    (proposed_to_another_since, {VOLUNTEER: FULL, OTHER_VOLUNTEER: STATUS, NEIGHBOUR: ANONYMOUS, **AREA}),
    (declined, {VOLUNTEER: FULL, OTHER_VOLUNTEER: STATUS, **AREA}),
    (assigned_on, {VOLUNTEER: STATUS, OTHER_VOLUNTEER: FULL, **AREA}),
    (referral_sent, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, ANONYMOUS)}),
    (referral_received, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, WORK)}),
    (referral_worked_on, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, WORK)}),
    (referral_completed, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, STATUS)}),
    (referral_rejected, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, STATUS)}),
    (referral_recalled, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, STATUS)}),
    (transfer_received, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, WORK)}),
    (transferred, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, FULL)}),
    (transferred_on, {VOLUNTEER: FULL, SSO: FULL, **AREA, **dict.fromkeys(DLPW_ALL, STATUS)}),
    (withdrawn_while_referred, {VOLUNTEER: FULL, **AREA, **dict.fromkeys(DLPW_ALL, STATUS)}),
    (withdrawn_after_transfer, {VOLUNTEER: STATUS, **AREA, **dict.fromkeys(DLPW_ALL, FULL)}),
    (sensitive, {VOLUNTEER: FULL, **SENSITIVE_AREA}),
    (sensitive_opened_by_mentor, {**SENSITIVE_AREA, MENTOR: FULL}),
    (sensitive_opened_by_coordinator, {**SENSITIVE_AREA, COORDINATOR: FULL, OPS_TRUSTED: FULL}),
    (sensitive_opened_by_office, {**SENSITIVE_AREA, **dict.fromkeys(DLPW_FEW, FULL)}),
    (sensitive_sent, {VOLUNTEER: FULL, **SENSITIVE_AREA, **dict.fromkeys(DLPW_FEW, ANONYMOUS)}),
    (sensitive_received, {VOLUNTEER: FULL, **SENSITIVE_AREA, **dict.fromkeys(DLPW_FEW, WORK)}),
    (sensitive_rejected, {VOLUNTEER: FULL, **SENSITIVE_AREA, **dict.fromkeys(DLPW_FEW, STATUS)}),
    (sensitive_received_by_coordinator, {VOLUNTEER: FULL, OPS_TRUSTED: WORK, **SENSITIVE_AREA}),
]


@pytest.mark.parametrize(("situation", "expected"), TABLE, ids=[situation.__name__ for situation, _ in TABLE])
async def test_everybody_sees_a_case_at_the_level_of_the_domain(
    world: World, situation: Situation, expected: dict[str, Level]
) -> None:
    case_id = await situation(world)
    assert {by: level for by in CAST if (level := await level_of(world, by, case_id))} == expected
