"""The demo's cases are played through the real actions, and a load that was cut off goes on where it was."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, NamedTuple

import pytest

from casework.demo.loader import Progress, load_cases
from casework.demo.network import read_network
from casework.demo.scripts import Identity, Script, identity_of, read_by_hand
from casework.journal import verify
from tests.world import World

CODE = re.compile(r"[A-Z][A-Z0-9_]*|\d{6}|\d{4}-\d\d-\d\d(T[\d:.]+\+00:00)?")
"""What a payload may say: a word of the vocabulary or of the reference data, a tambon, a date or an instant."""
TEXTS = {"narrative", "reason", "text", "report", "given_name", "family_name", "title", "address", "phones"} | {
    "national_id", "passport", "pink_card",
}  # fmt: skip


class CutOffError(Exception):
    """The power failed."""


class Loads(NamedTuple):
    world: World
    after_the_cut: int
    second: int
    third: int
    progress: list[tuple[int, int]]


@pytest.fixture(scope="module")
async def loads(_world: World) -> AsyncIterator[Loads]:
    """Load an older demo of 45 cases, cut off after 20; load the 60 of today; load them once more."""
    world, told = _world, list[tuple[int, int]]()
    older = [script for number, script in enumerate(read_by_hand()) if number % 4]

    def cut(done: int, _: int) -> None:
        if done == 20:
            raise CutOffError

    def tell(done: int, count: int) -> None:
        told.append((done, count))

    async def load(progress: Progress, scripts: Sequence[Script] | None) -> int:
        return await load_cases(world.owner, world.reference, world.keys, progress=progress, scripts=scripts)

    with pytest.raises(CutOffError):
        await load(cut, older)
    there = await world.value('SELECT count(*) FROM "case"')
    second = await load(tell, read_by_hand())
    third = await load(tell, read_by_hand())
    yield Loads(world, there, second, third, told)
    await world.clear()


async def test_a_load_that_was_cut_off_after_20_goes_on_and_a_further_one_plays_nothing(loads: Loads) -> None:
    assert (loads.after_the_cut, loads.second, loads.third) == (20, 40, 0)
    assert loads.progress == [(number, 60) for number in range(21, 61)]


async def test_a_demo_that_has_grown_gets_each_case_once(loads: Loads) -> None:
    rows = await loads.world.rows('SELECT opened_at, area_code FROM "case"')
    assert Counter(Identity(row.opened_at, row.area_code) for row in rows) == Counter(map(identity_of, read_by_hand()))


async def test_the_60_cases_stand_in_the_states_that_the_demo_shows(loads: Loads) -> None:
    rows = await loads.world.rows('SELECT state, count(*) AS cases FROM "case" GROUP BY state')
    assert {row.state: row.cases for row in rows} == {
        "NEW": 8, "SCREENING": 6, "IN_PROGRESS": 19, "WAITING_CITIZEN": 5, "WAITING_AGENCY": 5,
        "RESOLVED": 12, "WITHDRAWN": 3, "OUT_OF_SCOPE": 2,
    }  # fmt: skip
    references = await loads.world.rows('SELECT left(reference, -2) FROM "case" ORDER BY id')
    assert [row[0] for row in references] == [f"43-2569-{number:05d}" for number in range(1, 61)]


async def test_the_journal_of_the_demo_holds(loads: Loads) -> None:
    async with loads.world.owner.connect() as connection:
        found = await verify(connection, progress=lambda _: None)
    assert found.breaks == []
    assert found.subjects == 120
    assert found.events == await loads.world.value("SELECT count(*) FROM event")


async def test_no_payload_holds_free_text_or_personal_data(loads: Loads) -> None:
    rows = await loads.world.rows("SELECT kind, payload FROM event")
    said = {word for row in rows for word in words_of(row.payload)}
    private = set(texts_of(list(read_by_hand()))) | set(texts_of(read_network()))
    assert len({row.kind for row in rows}) >= 14
    assert len(private) > 500
    assert {word for word in said if not CODE.fullmatch(word)} == set()
    assert said & private == set()
    assert {name for row in rows for name in row.payload if not name.isidentifier()} == set()


async def test_every_case_has_one_holder_and_ended_ones_have_nothing_open(loads: Loads) -> None:
    world = loads.world
    assert await world.value("SELECT count(*) FROM case_holding WHERE until IS NULL") == 60
    left_open = """
        SELECT count(*) FROM "case" c WHERE state IN ('WITHDRAWN', 'OUT_OF_SCOPE') AND (
            EXISTS (SELECT FROM referral r WHERE r.case_id = c.id AND r.ended_at IS NULL)
            OR EXISTS (SELECT FROM assignment a WHERE a.case_id = c.id AND a.state = 'PROPOSED')
            OR EXISTS (SELECT FROM participation p WHERE p.case_id = c.id AND p.until IS NULL AND source <> 'HOLDER')
            OR c.due_at IS NOT NULL OR c.ended_at IS NULL)
    """
    assert await world.value(left_open) == 0


def words_of(value: Any) -> Iterator[str]:
    """Give all strings in a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from words_of(item)
    elif isinstance(value, dict):
        yield from words_of(list(value.values()))
    else:
        assert value is None or isinstance(value, int)


def texts_of(value: Any, *, private: bool = False) -> Iterator[str]:
    """Give all that people wrote or that tells who they are, in a script or in the network."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from texts_of(item, private=name in TEXTS)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item, private=private)
    elif private and isinstance(value, str):
        yield value
