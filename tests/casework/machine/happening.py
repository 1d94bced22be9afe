"""A step beside the cases that are there: another one is opened, time passes, people and their records change."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from casework.accounts import NewAccount
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.end_incumbency import end_incumbency
from casework.actions.open_case import Intake, open_case
from casework.actions.update_citizen import Correction, update_citizen
from casework.errors import RefusalCode
from casework.watching import Seen
from models.vocabulary import Channel, IncumbencyKind
from tests.casework.machine.cast import CAST, OFFICERS, VOLUNTEERS, Step, pick, trial
from tests.casework.machine.invariants import check_tended
from tests.world import ADMIN, COORDINATOR, MENTOR, TAMBON, World

Code = RefusalCode
PROBLEMS = (("UNPAID_WAGES",), ("UNPAID_WAGES", "WORK_INJURY"), ("HARASSMENT",), ("WORK_INJURY",))
MOST_CASES = 3
"""That have not ended."""
NEIGHBOUR = "volunteer 430117"
"""Whose post is filled and emptied."""
LEAPS = (timedelta(hours=30), timedelta(days=4), timedelta(days=8), timedelta(days=21))


async def open_another(world: World, step: Step) -> None:
    """Open a case, most often for a citizen who has one already."""
    if await world.value('SELECT count(*) FROM "case" WHERE ended_at IS NULL') >= MOST_CASES:
        return
    by = pick((*VOLUNTEERS, MENTOR, COORDINATOR, *OFFICERS), step.who)
    known = await world.rows("SELECT id FROM citizen ORDER BY id")
    citizen_id = pick(known, step.more).id if known and step.more % 3 else await world.citizen(by)
    intake = Intake(citizen_id, pick(PROBLEMS, step.more), TAMBON, "นายจ้างค้างค่าจ้าง", Channel.WALK_IN)
    assert await trial(world, by, (open_case, {"intake": intake})) in {None, Code.NOT_FOUND, Code.NOT_PERMITTED}


async def pass_time(world: World, step: Step) -> None:
    """Let time pass and the system tend to what is due; a second time there is nothing left to do."""
    world.now += pick(LEAPS, step.more)
    await world.tend()
    await check_tended(world)
    assert await world.tend() == Seen()


async def correct(world: World, step: Step) -> None:
    known = await world.rows("SELECT id, version FROM citizen ORDER BY id")
    if known:
        row = pick(known, step.more)
        correction = Correction(family_name="ใจงาม", phones=["0812345678"])
        given = {"citizen_id": row.id, "expected_version": row.version, "correction": correction}
        answer = await trial(world, pick(CAST, step.who), (update_citizen, given))
        assert answer in {None, Code.NOT_FOUND, Code.NOT_PERMITTED}


async def appoint(world: World, step: Step) -> None:
    """Fill the post of NEIGHBOUR besides, or try to fill it twice."""
    person = NewAccount(uuid4(), "นาย", "สมาน", "ดีเลิศ", "Saman", "Diloet")
    appointment = Appointment(person, pick(list(IncumbencyKind), step.more))
    await _on_post(world, step, {Code.SEAT_FILLED}, appoint_incumbent, appointment=appointment)


async def dismiss(world: World, step: Step) -> None:
    running = await world.rows(
        "SELECT id FROM incumbency WHERE seat_id = :seat ORDER BY id", seat=(await world.actor(NEIGHBOUR)).seat_id
    )
    given = {"incumbency_id": pick(running, step.more).id}
    await _on_post(world, step, {Code.INCUMBENCY_OVER}, end_incumbency, **given)


async def _on_post(
    world: World, step: Step, further: set[RefusalCode], verb: Callable[..., Awaitable[int]], **given: Any
) -> None:
    seat_id = (await world.actor(NEIGHBOUR)).seat_id
    version = await world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
    by = pick((ADMIN, COORDINATOR) if step.wise else CAST, step.who)
    answer = await trial(world, by, (verb, {"seat_id": seat_id, "expected_version": version, **given}))
    allowed = {None, *further} if by in {ADMIN, COORDINATOR} else {Code.NOT_PERMITTED}
    assert answer in allowed, (by, verb, answer)


HAPPENINGS = (open_another, open_another, open_another, pass_time, correct, appoint, dismiss)
