"""Situations in which tests of policy and actions begin: a case on its way, a referral in any state."""

from typing import Any, NamedTuple

from casework.actions.accept_assignment import accept_assignment
from casework.actions.accept_referral import accept_referral
from casework.actions.assign_case import assign_case
from casework.actions.complete_referral import Result, complete_referral
from casework.actions.decline_assignment import decline_assignment
from casework.actions.recall_referral import recall_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.reject_referral import reject_referral
from casework.actions.start_referral import start_referral
from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState, Outcome, ReasonCategory, ReferralKind, ReferralState
from tests.world import DLPW, OTHER_VOLUNTEER, VOLUNTEER, World

R = ReferralState


class Sent(NamedTuple):
    case_id: int
    referral_id: int


async def status(world: World, case_id: int, *states: CaseState, by: str = VOLUNTEER, **more: Any) -> None:
    for state in states:
        await world.on_case(by, update_case_status, case_id, state=state, **more)


async def screened(world: World, *problems: str, by: str = VOLUNTEER, **intake: Any) -> int:
    case_id = await world.case(by, *problems, **intake)
    await status(world, case_id, CaseState.SCREENING, by=by)
    return case_id


async def in_progress(world: World, *problems: str, by: str = VOLUNTEER, **intake: Any) -> int:
    case_id = await screened(world, *problems, by=by, **intake)
    await status(world, case_id, CaseState.IN_PROGRESS, by=by)
    return case_id


async def referral_in(
    world: World,
    state: ReferralState,
    problem: str = "UNPAID_WAGES",
    *,
    by: str = VOLUNTEER,
    office: str = DLPW,
    **sending: Any,
) -> Sent:
    """Bring a referral of a new case to the office's officer `office` into a state."""
    case_id = await screened(world, problem, by=by)
    referral_id = await world.referral(case_id, by, office.split()[1], problem_type_code=problem, **sending)
    await bring(world, referral_id, state, by=by, office=office)
    return Sent(case_id, referral_id)


async def bring(
    world: World, referral_id: int, state: ReferralState, *, by: str = VOLUNTEER, office: str = DLPW
) -> None:
    """Bring a referral that was just sent into a state, by the shortest way."""
    case_id = await world.value("SELECT case_id FROM referral WHERE id = :id", id=referral_id)
    reason = {"reason": "ไม่อยู่ในพื้นที่", "category": ReasonCategory.NOT_COMPETENT}
    steps = (R.RECEIVED, receive_referral), (R.ACCEPTED, accept_referral), (R.IN_PROGRESS, start_referral)
    before = {R.COMPLETED: R.IN_PROGRESS, R.RETURNED: R.ACCEPTED}.get(state, state)
    if before in {reached for reached, _ in steps}:
        for reached, verb in steps:
            await world.on_referral(office, verb, referral_id)
            if reached is before:
                break
    if state is R.REJECTED:
        await world.on_referral(office, reject_referral, referral_id, **reason)
    elif state is R.RECALLED:
        await world.on_referral(by, recall_referral, referral_id, **reason)
    elif state is R.COMPLETED:
        result = Result("นายจ้างจ่ายครบแล้ว", Outcome.PAID)
        await world.on_referral(office, complete_referral, referral_id, result=result)
    elif state is R.RETURNED:
        await status(world, case_id, CaseState.WITHDRAWN, by=by, reason="ผู้ร้องขอถอนเรื่อง")


async def transferred(world: World, case_id: int, *, by: str = VOLUNTEER, office: str = DLPW, **sending: Any) -> int:
    """Move the holder of a screened case to an office; give the referral's id."""
    sending = {"kind": ReferralKind.TRANSFER, **sending}
    referral_id = await world.referral(case_id, by, office.split()[1], **sending)
    for verb in (receive_referral, accept_referral):
        await world.on_referral(office, verb, referral_id)
    return referral_id


async def asked(world: World, case_id: int, seat: str = OTHER_VOLUNTEER, *, by: str = VOLUNTEER) -> int:
    """Propose the case to a seat; give the seat's id."""
    seat_id = (await world.actor(seat)).seat_id
    await world.on_case(by, assign_case, case_id, seat_id=seat_id)
    return seat_id


async def accepted(world: World, case_id: int, seat: str = OTHER_VOLUNTEER, *, by: str = VOLUNTEER) -> None:
    await asked(world, case_id, seat, by=by)
    await world.on_case(seat, accept_assignment, case_id)


async def declined(world: World, case_id: int, seat: str = OTHER_VOLUNTEER, *, by: str = VOLUNTEER) -> None:
    await asked(world, case_id, seat, by=by)
    await world.on_case(seat, decline_assignment, case_id, reason="อยู่ไกลจากผู้ร้อง")
