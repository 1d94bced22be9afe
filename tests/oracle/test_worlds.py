"""A drawn world is one that the service could have made, and is the same for the same seed."""

from dataclasses import asdict
from typing import Any

from sqlmodel import SQLModel

from casework import journal
from models import Case, CitizenIdentifier, Note, Participation, Referral, Seat, table_of
from models.vocabulary import Audience, CaseState, Level, ReferralState, SeatKind
from tests.oracle.facts import TABLES, Facts, read_facts
from tests.oracle.worlds import draw_world, random_world
from tests.world import World


def _told(facts: Facts) -> dict[str, list[str]]:
    """Give every row as text; identifiers are sealed anew each time."""
    return {
        model.__name__: sorted(str(_plain(row)) for row in facts.all(model))
        for model in TABLES
        if model is not CitizenIdentifier
    }


def _plain(row: SQLModel) -> list[Any]:
    values = [getattr(row, column.key) for column in table_of(type(row)).c]
    return [sorted(value.items()) if isinstance(value, dict) else value for value in values]


def test_the_same_seed_draws_the_same_world_and_another_one_another(world: World) -> None:
    first, again, other = (
        draw_world(seed, reference=world.reference, keys=world.keys, now=world.now) for seed in (5, 5, 6)
    )
    assert _told(first) == _told(again) != _told(other)


async def test_what_is_read_back_is_what_was_written_and_every_chain_holds(world: World) -> None:
    async with random_world(world, 1) as facts, world.owner.connect() as connection:
        again = await read_facts(connection, world.reference, now=world.now)
        verified = await journal.verify(connection, progress=lambda _: None)
    written, read = _told(facts), _told(again)
    for name in ("Account", "Seat", "Incumbency"):  # the demo network's are there too
        assert set(written.pop(name)) < set(read.pop(name))
    assert read == written
    assert verified.breaks == []


async def test_whoever_fills_a_drawn_post_signs_in_as_the_viewer_that_the_facts_tell(world: World) -> None:
    async with random_world(world, 2) as facts:
        for viewer in facts.viewers:
            actor = await world.actor(viewer.handle)
            told = asdict(viewer)
            del told["handle"]
            assert told == {name: getattr(actor, name) for name in told}
    assert await world.value("SELECT count(*) FROM seat WHERE id >= 1000000000000") == 0


def test_twenty_worlds_have_everything_that_the_table_speaks_of(world: World) -> None:
    worlds = [draw_world(seed, reference=world.reference, keys=world.keys, now=world.now) for seed in range(20)]
    seats = {(seat.kind, seat.handles_sensitive) for facts in worlds for seat in facts.all(Seat)}
    assert {kind for kind, _ in seats} == set(SeatKind)
    assert {(kind, flag) for kind in (SeatKind.OFFICER, SeatKind.OFFICE_HEAD) for flag in (True, False)} <= seats
    cases = {(case.state, case.sensitive) for facts in worlds for case in facts.all(Case)}
    assert cases == {(state, sensitive) for state in CaseState for sensitive in (True, False)}
    assert {referral.state for facts in worlds for referral in facts.all(Referral)} == set(ReferralState)
    assert {note.audience for facts in worlds for note in facts.all(Note)} == set(Audience)
    parts = {
        (part.level, part.until is None, part.seat_id is None) for facts in worlds for part in facts.all(Participation)
    }
    assert parts == {(level, on, office) for level in Level for on in (True, False) for office in (True, False)}
