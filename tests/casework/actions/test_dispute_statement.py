"""Disputes of statements: by whoever fills the post, once a version, answered by those above it, never by typing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.correct_statement import correct_statement
from casework.actions.dispute_statement import dispute_statement
from casework.actions.record_visit import Told, plan_visit, record_visit
from casework.actions.uphold_statement import uphold_statement
from casework.errors import RefusalCode
from casework.freezing import freeze_month
from models.field_words import VisitOutcome
from tests.casework import situations
from tests.casework.actions.test_plan_absence import plan
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code = RefusalCode
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
MIDNIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
HEAD, COLLEAGUE, NEIGHBOUR = "head DLPW-43", "officer DLPW-43 2", "volunteer 430117"
WHY = "ไปเยี่ยมวันที่ 30 แต่โทรศัพท์ไม่มีสัญญาณ"


async def seat_of(world: World, handle: str) -> int:
    return (await world.actor(handle)).seat_id


async def told_late(world: World) -> int:
    """A visit that was made in time, and told after November was frozen. Gives the visit."""
    case_id = await situations.in_progress(world)
    visit_id = await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=date(2026, 11, 30))
    world.now = MIDNIGHT + timedelta(hours=1)
    await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)
    told = Told(VisitOutcome.DONE, datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    return await world.act(VOLUNTEER, record_visit, visit_id=visit_id, told=told)


async def frozen(world: World) -> None:
    world.now = MIDNIGHT
    await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)


async def dispute(world: World, of: str = VOLUNTEER, by: str | None = None, month: date = NOVEMBER) -> int:
    given = {"seat_id": await seat_of(world, of), "month": month, "reason": WHY}
    return await world.act(by or of, dispute_statement, **given)


async def correct(world: World, by: str = MENTOR, of: str = VOLUNTEER, **more: Any) -> int:
    return await world.act(by, correct_statement, seat_id=await seat_of(world, of), month=NOVEMBER, **more)


async def uphold(world: World, by: str = MENTOR, of: str = VOLUNTEER) -> int:
    given = {"seat_id": await seat_of(world, of), "month": NOVEMBER, "answer": "นับตามวันที่ระบบได้รับ"}
    return await world.act(by, uphold_statement, **given)


async def versions(world: World, of: str = VOLUNTEER) -> list[tuple[int, int, int]]:
    rows = await world.rows(
        "SELECT version, promises_kept, promises_missed FROM statement WHERE seat_id = :seat AND month = :month"
        " ORDER BY version",
        seat=await seat_of(world, of),
        month=NOVEMBER,
    )
    return [tuple(row) for row in rows]


async def test_a_disputed_month_is_counted_anew_and_the_first_version_stays(world: World) -> None:
    await told_late(world)
    dispute_id = await dispute(world, month=date(2026, 11, 17))
    assert await versions(world) == [(1, 0, 1)]
    assert await correct(world, answer="นับใหม่แล้ว") == dispute_id
    assert await versions(world) == [(1, 0, 1), (2, 1, 0)]
    (row,) = await world.rows("SELECT * FROM statement_dispute")
    (account, mentor) = (await world.actor(VOLUNTEER)).account_id, await world.actor(MENTOR)
    assert (row.version, row.state, row.disputed_by_account_id) == (1, "CORRECTED", account)
    assert (row.answered_by_seat_id, row.answered_by_account_id) == (mentor.seat_id, mentor.account_id)
    assert await world.rows("SELECT reason, answer FROM statement_dispute_text") == [(WHY, "นับใหม่แล้ว")]
    events = await world.rows("SELECT kind, subject_id, payload FROM event ORDER BY id DESC LIMIT 2")
    about = {"month": "2026-11-01", "dispute": dispute_id}
    assert [(row.kind, row.subject_id, row.payload) for row in events] == [
        ("STATEMENT_CORRECTED", await seat_of(world, VOLUNTEER), {**about, "version": 2}),
        ("STATEMENT_DISPUTED", await seat_of(world, VOLUNTEER), {**about, "version": 1}),
    ]


async def test_a_version_is_disputed_once_and_the_next_one_anew(world: World) -> None:
    await frozen(world)
    await dispute(world)
    async with refused_unchanged(world, Code.STATEMENT_DISPUTED_ALREADY, "input", "month"):
        await dispute(world)
    await uphold(world, by=COORDINATOR)
    async with refused_unchanged(world, Code.STATEMENT_DISPUTED_ALREADY, "input", "month"):
        await dispute(world)
    assert [version for version, *_ in await versions(world)] == [1]
    await dispute(world, OTHER_VOLUNTEER)
    await correct(world, COORDINATOR, OTHER_VOLUNTEER)
    await dispute(world, OTHER_VOLUNTEER)
    states = await world.rows("SELECT version, state FROM statement_dispute ORDER BY version, state")
    assert states == [(1, "CORRECTED"), (1, "UPHELD"), (2, "PENDING")]


@pytest.mark.parametrize("by", [NEIGHBOUR, MENTOR, COORDINATOR, DLPW, AUDITOR, ADMIN])
async def test_nobody_else_disputes_it(world: World, by: str) -> None:
    await frozen(world)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await dispute(world, by=by)


@pytest.mark.parametrize("by", [VOLUNTEER, NEIGHBOUR, OTHER_MENTOR, DLPW, HEAD, AUDITOR, ADMIN])
async def test_nobody_answers_but_those_above(world: World, by: str) -> None:
    await frozen(world)
    await dispute(world)
    for answer in (correct, uphold):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await answer(world, by)


async def test_a_head_answers_an_officer_and_nobody_answers_a_head(world: World) -> None:
    await frozen(world)
    await dispute(world, DLPW)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await uphold(world, COLLEAGUE, DLPW)
    await uphold(world, HEAD, DLPW)
    for leader in (HEAD, COORDINATOR):
        async with refused_unchanged(world, Code.STATEMENT_UNANSWERABLE, "input", "seat"):
            await dispute(world, leader)


async def test_whoever_disputed_does_not_answer_in_another_post(world: World) -> None:
    """The mentor covers the volunteer, disputes in that post, and would answer in the own one."""
    await plan(world, VOLUNTEER, MENTOR, until=MIDNIGHT + timedelta(days=9))
    await frozen(world)
    dispute_id = await dispute(world)
    async with world.owner.begin() as connection:
        of_mentor = {"account": (await world.actor(MENTOR)).account_id, "id": dispute_id}
        await connection.execute(
            text("UPDATE statement_dispute SET disputed_by_account_id = :account WHERE id = :id"), of_mentor
        )
    for answer in (correct, uphold):
        async with refused_unchanged(world, Code.DISPUTE_OF_ONESELF):
            await answer(world)
    await correct(world, COORDINATOR)


async def test_what_is_not_disputed_is_not_counted_anew(world: World) -> None:
    await frozen(world)
    for answer in (correct, uphold):
        async with refused_unchanged(world, Code.STATEMENT_NOT_DISPUTED, "input", "month"):
            await answer(world)


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (DECEMBER, Code.MONTH_NOT_OVER),
        (date(2027, 1, 1), Code.DATE_IN_FUTURE),
        (date(2569, 11, 1), Code.BUDDHIST_YEAR),
        (date(2024, 9, 30), Code.NOT_FOUND),
        (date(1989, 1, 1), Code.DATE_TOO_EARLY),
        (date(2026, 10, 1), Code.STATEMENT_NOT_FROZEN),
    ],
)
async def test_a_month_that_runs_is_to_come_or_was_before_the_post_is_refused(
    world: World, month: date, code: RefusalCode
) -> None:
    """The post exists since October 2567; only November 2569 is frozen here."""
    await frozen(world)
    async with refused_unchanged(world, code, "input", "month"):
        await dispute(world, month=month)


FORGED = (
    "INSERT INTO statement SELECT * FROM statement LIMIT 0",
    "INSERT INTO statement_outcome SELECT * FROM statement_outcome LIMIT 0",
    "UPDATE statement SET promises_missed = 0",
    "UPDATE statement_dispute SET version = 9",
    "UPDATE statement_dispute_text SET reason = ''",
    "DELETE FROM statement_dispute",
    "SELECT draw_up_statements('{}', '2026-11-01', now())",
    "SELECT month_figures('{}', '2026-11-01', now())",
)


async def test_no_figure_is_written_by_hand_and_no_dispute_taken_back(world: World) -> None:
    await frozen(world)
    dispute_id = await dispute(world)
    for by in (VOLUNTEER, MENTOR, COORDINATOR):
        for statement in FORGED:
            async with world.trial(by) as work:
                with pytest.raises(Exception, match="permission denied"):
                    await work.session.execute(text(statement))
    for by in (VOLUNTEER, NEIGHBOUR, OTHER_MENTOR):
        async with world.trial(by) as work:
            with pytest.raises(Exception, match="returned no rows"):
                await work.session.execute(text("SELECT correct_statement(:id)"), {"id": dispute_id})
