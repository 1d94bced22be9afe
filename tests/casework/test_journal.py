"""The journal proves that none of its events was changed, removed, reordered or cut off."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.journal import Break, Verification, verify
from models.vocabulary import CaseState, SubjectKind
from tests.casework import situations
from tests.casework.refusals import nothing_changes
from tests.world import VOLUNTEER, World

CHANGED, MISSING = "the event was changed", "the event is missing"
CUT, GONE = "the chain does not end where its subject says", "all its events are missing"
OF_CASE = "subject_kind = 'CASE' AND subject_id = :id"


async def four_events(world: World) -> int:
    """A case with events 1 to 4; its citizen has a chain of one."""
    case_id = await situations.in_progress(world)
    await situations.asked(world, case_id)
    return case_id


async def prove(connection: AsyncConnection) -> Verification:
    return await verify(connection, progress=lambda _: None)


async def after(world: World, case_id: int, *changes: str) -> list[Break]:
    """Give the breaks that are found after the journal's own guard was switched off and rows were changed."""
    async with world.owner.connect() as connection, connection.begin() as transaction:
        await connection.execute(text("ALTER TABLE event DISABLE TRIGGER journal_is_append_only"))
        for change in changes:
            given = {"id": case_id} if ":id" in change else {}
            assert (await connection.execute(text(change), given)).rowcount >= 1
        found = await prove(connection)
        await transaction.rollback()
    return found.breaks


def broken(case_id: int, seq: int, what: str) -> list[Break]:
    return [Break(SubjectKind.CASE, case_id, seq, what)]


async def test_untouched_chains_hold(world: World) -> None:
    await four_events(world)
    await world.citizen()
    async with world.owner.connect() as connection:
        assert await prove(connection) == Verification(subjects=3, events=6, breaks=[])


async def test_progress_is_told_in_events(world: World) -> None:
    await four_events(world)
    told: list[int] = []
    async with world.owner.connect() as connection:
        await verify(connection, progress=told.append)
    assert told == [4, 5]


async def test_an_empty_journal_holds(world: World) -> None:
    async with world.owner.connect() as connection:
        assert await prove(connection) == Verification(0, 0, [])


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'CASE_OPENED'",
        """payload = '{"from": "NEW", "to": "CLOSED"}'""",
        "payload = payload || '{\"extra\": 1}'",
        "recorded_at = recorded_at + interval '1 microsecond'",
        "captured_at = recorded_at",
        "audience = 'HOLDER_ONLY'",
        "actor_seat_id = NULL",
        "actor_account_id = NULL",
        "actor_agency_code = 'SSO'",
        "operation_id = gen_random_uuid()",
        "hash = previous_hash",
        "previous_hash = hash",
    ],
)
async def test_a_changed_event_is_named(world: World, change: str) -> None:
    case_id = await four_events(world)
    found = await after(world, case_id, f"UPDATE event SET {change} WHERE seq = 2 AND {OF_CASE}")
    assert found == broken(case_id, 2, CHANGED)


async def test_a_removed_event_is_named(world: World) -> None:
    case_id = await four_events(world)
    for seq in (1, 2, 3):
        found = await after(world, case_id, f"DELETE FROM event WHERE seq = {seq} AND {OF_CASE}")
        assert found == broken(case_id, seq, MISSING)


async def test_a_gap_that_was_closed_up_is_named(world: World) -> None:
    case_id = await four_events(world)
    closed = f"UPDATE event SET seq = seq - 1 WHERE seq = 3 AND {OF_CASE}"
    found = await after(world, case_id, f"DELETE FROM event WHERE seq = 2 AND {OF_CASE}", closed)
    assert found == broken(case_id, 2, CHANGED)


async def test_reordered_events_are_named(world: World) -> None:
    case_id = await four_events(world)
    steps = [(2, 99), (3, 2), (99, 3)]
    swap = [f"UPDATE event SET seq = {new} WHERE seq = {old} AND {OF_CASE}" for old, new in steps]
    assert await after(world, case_id, *swap) == broken(case_id, 2, CHANGED)


async def test_a_chain_that_was_cut_off_is_named(world: World) -> None:
    case_id = await four_events(world)
    assert await after(world, case_id, f"DELETE FROM event WHERE seq = 4 AND {OF_CASE}") == broken(case_id, 4, CUT)
    assert await after(world, case_id, f"DELETE FROM event WHERE {OF_CASE}") == broken(case_id, 1, GONE)


async def test_an_event_that_was_slipped_in_at_the_end_is_named(world: World) -> None:
    case_id = await four_events(world)
    names = "subject_kind, subject_id, kind, recorded_at, audience, payload, previous_hash, hash"
    copy = f"INSERT INTO event (seq, {names}) SELECT 5, {names} FROM event WHERE seq = 4 AND {OF_CASE}"
    assert await after(world, case_id, copy) == broken(case_id, 5, CHANGED)


async def test_an_event_that_was_moved_to_another_case_breaks_both(world: World) -> None:
    case_id, other = await four_events(world), await world.case()
    moved = f"UPDATE event SET subject_id = {other}, seq = 2 WHERE seq = 4 AND {OF_CASE}"
    assert await after(world, case_id, moved) == [*broken(case_id, 4, CUT), *broken(other, 2, CHANGED)]


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET payload = '{}'", "DELETE FROM event", "UPDATE event SET seq = seq"]
)
async def test_not_even_the_owner_changes_the_journal_by_mistake(world: World, statement: str) -> None:
    await world.case()
    async with nothing_changes(world), world.owner.connect() as connection:
        with pytest.raises(DBAPIError, match="the journal is append-only"):
            await connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET payload = '{}'",
        "DELETE FROM event",
        "TRUNCATE event",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "INSERT INTO feed (position, event_id) SELECT 1, min(id) FROM event",
        "UPDATE feed SET position = 1",
        "DELETE FROM feed",
        "SELECT * FROM feed_pending",
        "DELETE FROM feed_pending",
    ],
)
async def test_the_application_can_neither_change_the_journal_nor_touch_the_feed(world: World, statement: str) -> None:
    await world.case()
    async with nothing_changes(world), world.writer.connect() as connection:
        with pytest.raises(DBAPIError) as caught:
            await connection.execute(text(statement))
    assert getattr(caught.value.orig, "sqlstate", None) == "42501"


async def test_every_event_awaits_its_place_in_the_feed(world: World) -> None:
    await four_events(world)
    assert await world.value("SELECT array_agg(id ORDER BY id) FROM event") == await world.value(
        "SELECT array_agg(event_id ORDER BY event_id) FROM feed_pending"
    )


async def test_an_attempt_that_is_rolled_back_leaves_no_event(world: World) -> None:
    case_id = await situations.in_progress(world)
    async with nothing_changes(world):
        with pytest.raises(Exception, match="OUTCOME_MISSING"):
            await situations.status(world, case_id, CaseState.RESOLVED)


async def test_an_event_names_the_operation_that_made_it(world: World) -> None:
    citizen_id = await world.citizen(VOLUNTEER)
    by = await world.actor(VOLUNTEER)
    (event,) = await world.rows("SELECT * FROM event WHERE subject_id = :id", id=citizen_id)
    assert (event.actor_seat_id, event.actor_account_id) == (by.seat_id, by.account_id)
    assert event.operation_id is not None
    assert (event.previous_hash, len(event.hash)) == (b"", 32)
    assert await world.rows("SELECT journal_length, journal_head FROM citizen") == [(1, event.hash)]
