"""Months are frozen once, for good, and their posts' chains tell of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from casework.actions.record_visit import Told, plan_visit, record_visit
from casework.actions.request_export import ExportLimits
from casework.freezing import freeze_month, freeze_statements
from casework.journal import verify
from casework.tending import due_cases, read_journal
from models.field_words import VisitOutcome
from tests.casework import situations
from tests.casework.refusals import nothing_changes
from tests.casework.test_statement_figures import POSTS
from tests.server.exporting import ask_for_all
from tests.world import VOLUNTEER, World

NOVEMBER = date(2026, 11, 1)
MIDNIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""When December begins in Bangkok."""


async def test_all_months_that_have_ended_are_frozen_and_a_second_time_none(world: World) -> None:
    """The demo network exists since 1 October 2567, 7:00 in Bangkok."""
    await situations.closed(world)
    world.now = MIDNIGHT - timedelta(microseconds=1)
    assert await freeze_statements(world.worker, world.reference, now=world.now) == 25 * POSTS
    world.now = MIDNIGHT
    assert await freeze_statements(world.worker, world.reference, now=world.now) == POSTS
    async with nothing_changes(world):
        assert await freeze_statements(world.worker, world.reference, now=world.now + timedelta(days=30)) == 0
    months = await world.rows("SELECT min(month), max(month), max(version) FROM statement")
    assert months == [(date(2024, 10, 1), NOVEMBER, 1)]
    told = await world.rows("SELECT DISTINCT subject_kind, payload FROM event WHERE kind = 'STATEMENT_FROZEN'")
    assert ("SEAT", {"month": "2026-11-01", "version": 1}) in told
    assert len(told) == 26
    async with world.owner.connect() as connection:
        assert (await verify(connection, progress=lambda *_: None)).breaks == []


async def test_a_month_that_fails_holds_up_no_other(world: World) -> None:
    """A day that no statement can have: the database refuses October's rows."""
    world.now = MIDNIGHT
    async with world.owner.begin() as connection:
        await connection.execute(text("ALTER TABLE statement ADD CONSTRAINT broken CHECK (month <> '2026-10-01')"))
    try:
        with pytest.raises(IntegrityError):
            await freeze_statements(world.worker, world.reference, now=world.now)
        months = await world.rows("SELECT DISTINCT month FROM statement WHERE month > '2026-08-15' ORDER BY month")
        assert [row.month for row in months] == [date(2026, 9, 1), NOVEMBER]
    finally:
        async with world.owner.begin() as connection:
            await connection.execute(text("ALTER TABLE statement DROP CONSTRAINT broken"))
    assert await freeze_statements(world.worker, world.reference, now=world.now) == POSTS


async def test_two_who_freeze_at_once_freeze_once(world: World) -> None:
    world.now = MIDNIGHT
    done = await asyncio.gather(
        *(freeze_month(world.worker, world.reference, NOVEMBER, now=world.now) for _ in range(3))
    )
    assert sorted(done) == [0, 0, POSTS]
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'STATEMENT_FROZEN'") == POSTS


async def test_a_post_made_in_the_month_counts_its_days_from_then_and_has_no_month_before(world: World) -> None:
    made = "INSERT INTO seat (id, kind, area_code, number, handles_sensitive, version, journal_length, journal_head)"
    made += " VALUES (1, 'VOLUNTEER', '430117', 9, false, 1, 0, '')"
    served = "INSERT INTO incumbency (id, seat_id, account_id, kind, since, until)"
    served += " SELECT 1, 1, min(id), 'PRIMARY', '2026-11-20 09:00+07', '2026-11-22 00:00+07' FROM account"
    async with world.owner.begin() as connection:
        for statement in (made, served):
            await connection.execute(text(statement))
    world.now = MIDNIGHT
    assert await freeze_month(world.worker, world.reference, date(2026, 10, 1), now=world.now) == POSTS
    assert await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now) == POSTS + 1
    days = "SELECT month, vacancy_days, cover_days FROM statement WHERE seat_id = 1"
    assert await world.rows(days) == [(NOVEMBER, 9, 0)]  # of eleven days the 20th and the 21st were filled


async def test_what_becomes_known_later_changes_nothing_that_is_frozen(world: World) -> None:
    case_id = await situations.in_progress(world)
    visit_id = await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=date(2026, 11, 30))
    visited_at, world.now = datetime(2026, 11, 30, 9, 0, tzinfo=UTC), MIDNIGHT
    await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)
    before = await world.rows("SELECT * FROM statement WHERE people_served > 0")
    told = Told(VisitOutcome.DONE, visited_at)
    await world.act(VOLUNTEER, record_visit, visit_id=visit_id, told=told)
    assert await freeze_statements(world.worker, world.reference, now=world.now) == 25 * POSTS
    assert (
        await world.rows("SELECT * FROM statement WHERE month = :month AND people_served > 0", month=NOVEMBER) == before
    )
    assert [(row.promises_kept, row.promises_missed) for row in before] == [(0, 1)]


@asynccontextmanager
async def a_later_count(world: World) -> AsyncIterator[None]:
    """Everywhere lives one person more; the reference data are the same for all tests."""
    change = "UPDATE area SET residents = residents + :more, residents_on = :day"
    async with world.owner.begin() as connection:
        await connection.execute(text(change), {"more": 1, "day": date(2026, 12, 31)})
    try:
        yield
    finally:
        async with world.owner.begin() as connection:
            await connection.execute(text(change), {"more": -1, "day": date(2021, 12, 31)})


async def test_how_many_people_live_there_is_frozen_too(world: World) -> None:
    world.now = MIDNIGHT
    october = date(2026, 10, 1)
    await freeze_month(world.worker, world.reference, october, now=world.now)
    async with a_later_count(world):
        await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)
    told = "SELECT month, residents, residents_on FROM statement WHERE seat_id = :seat ORDER BY month"
    assert await world.rows(told, seat=(await world.actor(VOLUNTEER)).seat_id) == [
        (october, 11_934, date(2021, 12, 31)),
        (NOVEMBER, 11_935, date(2026, 12, 31)),
    ]


async def test_no_case_is_looked_at_because_a_month_ended(world: World) -> None:
    await situations.in_progress(world)
    world.now = MIDNIGHT
    await world.tend()
    async with world.owner.begin() as connection:
        await connection.execute(text("DELETE FROM feed_pending"))
    await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)
    await read_journal(world.worker, now=world.now)
    assert await due_cases(world.worker, now=world.now) == []


async def test_no_case_is_looked_at_because_its_holder_wants_a_file(world: World) -> None:
    await situations.in_progress(world)
    await world.tend()
    async with world.owner.begin() as connection:
        await connection.execute(text("DELETE FROM feed_pending"))
    await world.act(VOLUNTEER, ask_for_all, limits=ExportLimits())
    await read_journal(world.worker, now=world.now)
    assert await due_cases(world.worker, now=world.now) == []
