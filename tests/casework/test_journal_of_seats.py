"""The journal of a post is proved like that of a case: each break is named exactly at its place."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actions.end_incumbency import end_incumbency
from casework.journal import Break, Verification, chain_hash
from models import Event, table_of
from models.vocabulary import SubjectKind
from tests.casework.actions.test_appoint_incumbent import COVER, NEIGHBOUR, PERSON, appoint, seat_of
from tests.casework.test_journal import CHANGED, CUT, GONE, MISSING, after, prove
from tests.world import ADMIN, VOLUNTEER, World

OF_SEAT = "subject_kind = 'SEAT' AND subject_id = :id"


async def three_events(world: World) -> int:
    """A post with events 1 to 3."""
    seat_id = await seat_of(world, NEIGHBOUR)
    await appoint(world, seat_id, kind=COVER)
    incumbency = await world.value("SELECT max(id) FROM incumbency WHERE seat_id = :id", id=seat_id)
    given = {"seat_id": seat_id, "expected_version": 2, "incumbency_id": incumbency}
    await world.act(ADMIN, end_incumbency, **given)
    await appoint(world, seat_id, kind=COVER, person=PERSON.subject)
    return seat_id


def broken(seat_id: int, seq: int, what: str) -> list[Break]:
    return [Break(SubjectKind.SEAT, seat_id, seq, what)]


async def rehash(connection: AsyncConnection, kind: str, id_: int, *, head: bool) -> None:
    """Compute the chain anew, as one would who changed an event and knows how; with the head on the row, or without."""
    event = table_of(Event)
    rows = await connection.execute(
        event.select().where(event.c.subject_kind == kind, event.c.subject_id == id_).order_by(event.c.seq)
    )
    previous = b""
    for row in rows.all():
        fact = {name: value for name, value in row._mapping.items() if name not in {"id", "previous_hash", "hash"}}
        hashed = chain_hash(previous, fact)
        await connection.execute(event.update().where(event.c.id == row.id).values(previous_hash=previous, hash=hashed))
        previous = hashed
    if head:
        table = {"SEAT": "seat", "CASE": '"case"'}[kind]
        await connection.execute(
            text(f"UPDATE {table} SET journal_head = :head WHERE id = :id"), {"head": previous, "id": id_}
        )


async def test_untouched_posts_hold_and_posts_without_events_do_not_count(world: World) -> None:
    await three_events(world)
    async with world.owner.connect() as connection:
        assert await prove(connection) == Verification(subjects=1, events=3, breaks=[])


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'INCUMBENT_APPOINTED'",
        "payload = payload || '{\"account\": 1}'",
        "payload = payload - 'until'",
        "recorded_at = recorded_at - interval '1 day'",
        "actor_account_id = NULL",
    ],
)
async def test_a_changed_event_is_named(world: World, change: str) -> None:
    seat_id = await three_events(world)
    found = await after(world, seat_id, f"UPDATE event SET {change} WHERE seq = 2 AND {OF_SEAT}")
    assert found == broken(seat_id, 2, CHANGED)


async def test_a_removed_event_is_named_and_so_is_an_end_that_was_cut_off(world: World) -> None:
    seat_id = await three_events(world)
    for seq, what in ((1, MISSING), (2, MISSING), (3, CUT)):
        found = await after(world, seat_id, f"DELETE FROM event WHERE seq = {seq} AND {OF_SEAT}")
        assert found == broken(seat_id, seq, what)
    assert await after(world, seat_id, f"DELETE FROM event WHERE {OF_SEAT}") == broken(seat_id, 1, GONE)


async def test_reordered_events_are_named_at_the_first(world: World) -> None:
    seat_id = await three_events(world)
    swap = [f"UPDATE event SET seq = {new} WHERE seq = {old} AND {OF_SEAT}" for old, new in ((1, 99), (2, 1), (99, 2))]
    assert await after(world, seat_id, *swap) == broken(seat_id, 1, CHANGED)


async def test_events_of_a_post_that_never_had_any_are_named(world: World) -> None:
    seat_id, other = await three_events(world), await seat_of(world, VOLUNTEER)
    moved = f"UPDATE event SET subject_id = {other} WHERE {OF_SEAT}"
    expected = [*broken(seat_id, 1, GONE), *broken(other, 1, CHANGED)]
    assert sorted(await after(world, seat_id, moved)) == sorted(expected)


@pytest.mark.parametrize("kind", ["SEAT", "CASE"])
async def test_a_chain_that_was_hashed_anew_without_its_head_is_named_behind_its_end(world: World, kind: str) -> None:
    """The head on the subject's row is what cannot be made anew: who can write there too is beyond this proof."""
    seat_id, case_id = await three_events(world), await world.case()
    id_, length = (seat_id, 3) if kind == "SEAT" else (case_id, 1)
    for head, breaks in ((False, [Break(SubjectKind(kind), id_, length + 1, CUT)]), (True, [])):
        async with world.owner.connect() as connection, connection.begin() as transaction:
            await connection.execute(text("ALTER TABLE event DISABLE TRIGGER journal_is_append_only"))
            forged = "UPDATE event SET payload = '{}' WHERE seq = 1 AND subject_kind = :kind AND subject_id = :id"
            await connection.execute(text(forged), {"kind": kind, "id": id_})
            await rehash(connection, kind, id_, head=head)
            assert (await prove(connection)).breaks == breaks
            await transaction.rollback()
