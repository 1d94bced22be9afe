"""Every verb finds its rows through the door: what it reads besides belongs to a row that the door gave it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Delete, Insert, Select, Update, event
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.desk import take_case
from casework.problems import problem_of_case
from tests.api import Api
from tests.casework import situations
from tests.one_door import goes_through_the_door, reads_guarded
from tests.schema.scenes import SCENES
from tests.schema.stage import Scene
from tests.world import VOLUNTEER, World

BEFORE_THE_DOOR = dict.fromkeys(
    ("referral", "attachment"), "which case it belongs to: about that one the door is asked next"
)
"""Tables that may be asked about the row named in the input, before the door has decided; and what is asked."""
WITHOUT_A_DOOR = {
    "registerCitizen": "writes somebody new",
    "createSeat": "posts are public to everybody signed in",
    "appointIncumbent": "posts are public to everybody signed in",
    "planAbsence": "posts are public to everybody signed in",
    "cancelAbsence": "posts are public to everybody signed in",
    "endIncumbency": "posts are public to everybody signed in",
    "handoverSeat": "posts are public to everybody signed in; the database draws up the receipt",
    "confirmHandover": "posts are public to everybody signed in",
    "registerWebhook": "an office's own endpoint; what it is told, office_news.py asks the door",
    "updateWebhook": "an office's own endpoint",
    "rotateWebhookSecret": "an office's own endpoint",
    "removeWebhook": "an office's own endpoint",
    "redeliver": "an office's own endpoint; what it is told, the door is asked at each attempt",
    "createActivity": "an office's activity; policy/activities.py is its door",
    "updateActivity": "an office's activity; policy/activities.py is its door",
    "inviteParticipants": "an office's activity; policy/activities.py is its door",
    "removeParticipants": "an office's activity; policy/activities.py is its door",
    "correctGuest": "an office's activity; policy/activities.py is its door",
    "recordAttendance": "an office's activity; policy/activities.py is its door",
    "requestMaterialUpload": "an office's activity; policy/activities.py is its door",
    "recordActivityOutcome": "an office's activity; policy/activities.py is its door",
    "disputeStatement": "counts of a post; permissions.py decides who stands above it",
    "correctStatement": "counts of a post; permissions.py decides who stands above it",
    "upholdStatement": "counts of a post; permissions.py decides who stands above it",
    "setNoticeAddress": "a person's own address",
}
BELONGING = """
    SELECT id FROM "case" WHERE id = ANY(:ids) OR citizen_id = ANY(:ids)
    UNION SELECT citizen_id FROM "case" WHERE id = ANY(:ids)
    UNION SELECT id FROM referral WHERE case_id = ANY(:ids)
    UNION SELECT id FROM case_problem WHERE case_id = ANY(:ids)
    UNION SELECT id FROM case_holding WHERE case_id = ANY(:ids)
    UNION SELECT id FROM participation WHERE case_id = ANY(:ids)
    UNION SELECT id FROM assignment WHERE case_id = ANY(:ids)
    UNION SELECT id FROM attachment WHERE case_id = ANY(:ids)
    UNION SELECT id FROM visit WHERE case_id = ANY(:ids)
    UNION SELECT id FROM task WHERE case_id = ANY(:ids)
    UNION SELECT id FROM case_merge WHERE source_case_id = ANY(:ids)
    UNION SELECT id FROM citizen_contact WHERE citizen_id = ANY(:ids)
    UNION SELECT id FROM citizen_identifier WHERE citizen_id = ANY(:ids)"""


class Asked(NamedTuple):
    statement: Any
    values: frozenset[int]
    """Every number among its parameters."""
    wanted: int | None
    """The row that the door is asked about."""

    @property
    def through_the_door(self) -> bool:
        return goes_through_the_door(self.statement)


class Heard(NamedTuple):
    """What a transaction asked of guarded tables, and the ids of all rows that it made."""

    asked: list[Asked]
    made: set[int]


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _numbers(inner)


@contextmanager
def listening(engine: AsyncEngine) -> Iterator[Heard]:
    """Collect what actions ask of guarded tables: reads, changes and deletions; new rows are not found but made."""
    heard = Heard([], set())

    def note(_conn: Any, clause: Any, many: Any, params: Any, _options: Any) -> None:
        if isinstance(clause, Insert):
            heard.made.update(_numbers([row.get("id") for row in (*many, params)]))
        elif isinstance(clause, Select | Update | Delete) and reads_guarded(clause):
            numbers = frozenset(_numbers([clause.compile().params, many, params]))
            heard.asked.append(Asked(clause, numbers, params.get("wanted")))

    event.listen(engine.sync_engine, "before_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine.sync_engine, "before_execute", note)


async def belonging(world: World, *ids: int | None) -> set[int]:
    """Give the ids with those of all rows that belong to them."""
    known = [id_ for id_ in ids if id_ is not None]
    return {*known, *(row.id for row in await world.rows(BELONGING, ids=known))}


async def given_by_the_door(world: World, asked: Sequence[Asked]) -> set[int]:
    return await belonging(world, *(one.wanted for one in asked if one.through_the_door))


@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_a_verb_reads_and_changes_what_the_door_gave_it_and_nothing_else(
    world: World, api: Api, scene: Scene
) -> None:
    given = await scene.stage(api)
    with listening(world.writer) as heard:
        done = await api.do(scene.name, scene.by, **given)
    assert done["__typename"].endswith("Payload")
    doors = [at for at, one in enumerate(heard.asked) if one.through_the_door]
    assert bool(doors) == (scene.name not in WITHOUT_A_DOOR)
    before = heard.asked[: doors[0]] if doors else []
    assert {table for one in before for table in reads_guarded(one.statement)} <= BEFORE_THE_DOOR.keys()
    theirs = heard.made | await given_by_the_door(world, heard.asked)
    outside = [str(one.statement) for one in heard.asked if not one.through_the_door and not one.values & theirs]
    assert outside == []


async def test_the_system_tends_to_what_is_due_and_asks_no_door_as_it_acts_for_nobody(world: World) -> None:
    sent = await situations.referral_in(world, situations.R.SENT)
    world.now = world.now.replace(year=world.now.year + 1)
    with listening(world.worker) as heard:
        done = await world.tend()
    assert done.lapsed == 1
    assert not any(one.through_the_door for one in heard.asked)
    theirs = await belonging(world, sent.case_id)
    looking = [reads_guarded(one.statement) for one in heard.asked if not one.values & theirs]
    assert looking == [{"event"}, {"event"}]  # the journal tells with which cases something happened


async def test_the_check_tells_a_verb_that_goes_around_the_door(world: World) -> None:
    other, own = await world.case(), await world.case()
    async with world.trial(VOLUNTEER) as work:
        with listening(world.writer) as heard:
            await take_case(work, own)
            await problem_of_case(work, other, "UNPAID_WAGES")
    theirs = await given_by_the_door(world, heard.asked)
    assert [reads_guarded(one.statement) for one in heard.asked if not one.values & theirs] == [{"case_problem"}]
