"""November 2569 as volunteers, a mentor and offices live through it: something of all that a statement counts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from casework.actions.add_task import add_task
from casework.actions.assign_case import assign_case
from casework.actions.complete_referral import complete_referral
from casework.actions.complete_task import complete_task
from casework.actions.confirm_closing import confirm_closing
from casework.actions.create_activity import Plan, create_activity
from casework.actions.follow_case import follow_case
from casework.actions.invite_participants import Invitation, invite_participants
from casework.actions.merge_cases import merge_cases
from casework.actions.open_case import Intake, open_case
from casework.actions.record_attendance import Attendance, Whom, record_attendance
from casework.actions.record_outcome import record_outcome
from casework.actions.record_visit import Told, plan_visit, record_unplanned_visit, record_visit
from casework.outcomes import Result
from models.activity_words import ActivityKind
from models.field_words import TaskEnding, TaskFor, VisitOutcome
from models.vocabulary import CaseState, Channel, Outcome
from tests.casework import situations
from tests.casework.actions.test_plan_absence import plan
from tests.casework.situations import R
from tests.world import COORDINATOR, DLPW, MENTOR, TAMBON, VOLUNTEER, World

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
FIRST_OF_DECEMBER = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)
"""Half an hour after midnight in Bangkok."""
NEIGHBOUR = "volunteer 430117"
C, V = CaseState, VisitOutcome


def morning(world: World, day: date) -> None:
    """Let it be 9:00 in Bangkok on a day that has not come yet."""
    then = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)
    assert then >= world.now
    world.now = then


def of_november(day: int) -> date:
    return date(2026, 11, day)


async def live(world: World) -> None:
    """Bring the world from the middle of October to the first minutes of December."""
    world.now = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
    promising = await situations.in_progress(world)
    passed_on = await situations.screened(world)
    result = await situations.resolved(world)
    late = await _october_promises(world, promising)
    morning(world, of_november(2))
    await situations.resolved(world, "SEVERANCE", by=NEIGHBOUR)  # closes by itself
    await _keeps(world, promising, late)
    await _two_reports(world)
    morning(world, of_november(10))
    await situations.status(world, passed_on, C.IN_PROGRESS)
    await situations.status(world, passed_on, C.WAITING_CITIZEN, review_on=of_november(14))
    await situations.status(world, await situations.screened(world, "HARASSMENT", by=MENTOR), C.WITHDRAWN, by=MENTOR,
                            reason="ผู้ร้องถอนเรื่อง")  # fmt: skip
    await world.on_case(VOLUNTEER, confirm_closing, result, note="ยืนยันทางโทรศัพท์")
    await _ends_and_merges(world)
    morning(world, of_november(12))
    await situations.transferred(world, passed_on)
    await plan(world, VOLUNTEER, NEIGHBOUR, until=world.now + timedelta(days=3))
    await world.act(NEIGHBOUR, follow_case, case_id=await world.case(NEIGHBOUR))
    await _activities(world)
    morning(world, of_november(29))
    await world.tend()
    world.now = FIRST_OF_DECEMBER


async def _activities(world: World) -> None:
    """A training to which a volunteer and the mentor come, and a neighbour does not."""
    who = [(await world.actor(handle)).seat_id for handle in (VOLUNTEER, MENTOR, NEIGHBOUR)]
    training = Plan(ActivityKind.TRAINING, "อบรม", "ศาลากลาง", "43", begins_at=world.now, objectives="ฝึก")
    id_ = await world.act(COORDINATOR, create_activity, host_office_id=None, plan=training)
    invited = Invitation(seat_ids=who)
    await world.act(COORDINATOR, invite_participants, activity_id=id_, expected_version=1, invitation=invited)
    came = Attendance([Whom(seat_id=seat_id) for seat_id in who[:2]], [Whom(seat_id=who[2])])
    await world.act(COORDINATOR, record_attendance, activity_id=id_, attendance=came)


async def _october_promises(world: World, case_id: int) -> dict[str, int]:
    """Name days of November: four for visits, three for tasks, one to look again."""
    days = {"met": 3, "late": 4, "off": 20, "never": 21}
    found = {
        name: await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=of_november(day))
        for name, day in days.items()
    }
    for name, day, who in (("done", 6, TaskFor.SEAT), ("dropped", 7, TaskFor.SEAT), ("open", 8, TaskFor.SEAT),
                           ("holders", 9, TaskFor.HOLDER)):  # fmt: skip
        given: dict[str, Any] = {"title": "โทรหานายจ้าง", "due": of_november(day), "who": who}
        found[name] = await world.act(VOLUNTEER, add_task, case_id=case_id, **given)
    await situations.status(world, case_id, C.WAITING_CITIZEN, review_on=of_november(4))
    return found


async def _keeps(world: World, case_id: int, promised: dict[str, int]) -> None:
    morning(world, of_november(3))
    await world.act(VOLUNTEER, record_visit, visit_id=promised["met"], told=Told(V.NOT_MET))
    await situations.status(world, case_id, C.IN_PROGRESS)
    morning(world, of_november(5))
    await world.act(VOLUNTEER, record_visit, visit_id=promised["late"], told=Told(V.DONE))
    await world.act(VOLUNTEER, record_visit, visit_id=promised["off"], told=Told(V.CANCELLED))
    await world.act(VOLUNTEER, complete_task, task_id=promised["done"])
    await world.act(VOLUNTEER, complete_task, task_id=promised["dropped"], ending=TaskEnding.DROPPED)
    await world.act(VOLUNTEER, record_unplanned_visit, case_id=case_id, told=Told(V.DONE))
    await situations.status(world, case_id, C.WAITING_AGENCY, review_on=of_november(8))  # nobody looks again
    await situations.status(world, await situations.in_progress(world), C.WAITING_AGENCY, review_on=date(2026, 12, 9))


async def _two_reports(world: World) -> None:
    """An office reports; of two outcomes of one problem the last stands, with its baht."""
    paid = await situations.referral_in(world, R.IN_PROGRESS)
    result = Result(Outcome.PAID, Decimal(20_000), Decimal("12000.50"))
    await world.on_referral(DLPW, complete_referral, paid.referral_id, report="จ่ายแล้ว", result=result)
    told = await situations.in_progress(world)
    for result in (Result(Outcome.ORDERED, Decimal(9_000)), Result(Outcome.PAID, None, Decimal(9_000))):
        await world.on_case(VOLUNTEER, record_outcome, told, problem_type_code="UNPAID_WAGES", result=result)
    await situations.status(world, told, C.RESOLVED)
    amended = await situations.referral_in(world, R.COMPLETED)
    result = Result(Outcome.SETTLED, None, Decimal(700))
    await situations.status(world, amended.case_id, C.IN_PROGRESS)
    await world.on_case(VOLUNTEER, record_outcome, amended.case_id, problem_type_code="UNPAID_WAGES", result=result)


async def _ends_and_merges(world: World) -> None:
    """One citizen with two cases is one person; a case that ends takes its promises along; another goes to a mentor."""
    citizen_id = await world.citizen(VOLUNTEER)
    about: dict[str, Any] = {"narrative": "ค้างค่าจ้าง", "channel": Channel.VOLUNTEER, "area_code": TAMBON}
    intakes = (Intake(citizen_id=citizen_id, problem_type_codes=(code,), **about) for code in ("UNPAID_WAGES", "OTHER"))
    source, target = [await world.act(VOLUNTEER, open_case, intake=intake) for intake in intakes]
    await world.act(VOLUNTEER, plan_visit, case_id=source, day=of_november(25))
    versions = {"expected_version": await world.version(source), "expected_into_version": await world.version(target)}
    await world.act(VOLUNTEER, merge_cases, source_id=source, target_id=target, **versions)
    seat_id = (await world.actor(NEIGHBOUR)).seat_id
    await world.on_case(COORDINATOR, assign_case, target, seat_id=seat_id)
