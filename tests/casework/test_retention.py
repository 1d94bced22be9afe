"""Who is due: the survey of all citizens, and the erasure of those whose time has passed."""

from datetime import timedelta

import pytest

from casework.actions.confirm_closing import confirm_closing
from casework.expiry import erase_those_due
from casework.retention import Survey, survey
from models.privacy_words import Obstacle
from models.vocabulary import CaseState, Outcome
from tests.casework import situations
from tests.casework.whole_person import hold
from tests.world import VOLUNTEER, World

YEAR = timedelta(days=366)


async def look(world: World) -> Survey:
    async with world.owner.connect() as connection:
        return await survey(connection, now=world.now)


async def various(world: World) -> None:
    """Five citizens: one without a case, advice, a withdrawn case, an open one, and a held one."""
    await world.citizen()
    advised = await situations.resolved(world, "INFORMATION")
    withdrawn = await situations.in_progress(world)
    await situations.status(world, withdrawn, CaseState.WITHDRAWN, reason="ไม่ประสงค์ต่อ")
    await situations.in_progress(world)
    held = await situations.in_progress(world)
    await situations.status(world, held, CaseState.WITHDRAWN, reason="ไม่ประสงค์ต่อ")
    await hold(world, await world.value('SELECT citizen_id FROM "case" WHERE id = :id', id=held))

    await world.on_case(VOLUNTEER, confirm_closing, advised, note="ผู้ร้องยืนยัน")


async def test_the_survey_tells_who_is_due_by_what_came_of_it_and_why_others_are_not(world: World) -> None:
    await various(world)
    start = world.now
    found = await look(world)
    assert (found.due, found.by_outcome) == ([], {})
    assert found.others == {Obstacle.LEGAL_HOLD: 1, Obstacle.OPEN_CASE: 1, Obstacle.RETENTION_RUNS: 3}

    world.now = start + YEAR
    found = await look(world)
    assert {how: (tally.citizens, tally.cases) for how, tally in found.by_outcome.items()} == {
        None: (1, 0),
        Outcome.ADVISED: (1, 1),
    }
    assert found.others == {Obstacle.LEGAL_HOLD: 1, Obstacle.OPEN_CASE: 1, Obstacle.RETENTION_RUNS: 1}
    ended = await world.value("SELECT ended_at FROM \"case\" WHERE state = 'CLOSED'")
    assert found.by_outcome[Outcome.ADVISED].oldest == ended

    world.now = start + 2 * YEAR
    found = await look(world)
    assert {how: (tally.citizens, tally.cases) for how, tally in found.by_outcome.items()} == {
        None: (1, 0),
        Outcome.ADVISED: (1, 1),
        CaseState.WITHDRAWN: (1, 1),
    }
    assert (len(found.due), found.others.total()) == (3, 2)


class CutOffError(Exception):
    """The power failed."""


async def test_an_erasure_that_was_cut_off_goes_on_where_it_was_and_spares_what_changed(world: World) -> None:
    await various(world)
    world.now += 2 * YEAR
    due = (await look(world)).due

    def cut(_name: str, done: int, _total: int) -> None:
        if done == 1:
            raise CutOffError

    with pytest.raises(CutOffError):
        await erase_those_due(world.owner, world.reference, due, now=world.now, progress=cut)
    assert await world.value("SELECT count(*) FROM citizen WHERE erased_at IS NOT NULL") == 1
    assert (await look(world)).due == due[1:]

    await hold(world, due[1])
    told: list[tuple[str, int, int]] = []
    done = await erase_those_due(
        world.owner, world.reference, due, now=world.now, progress=lambda *args: told.append(args)
    )
    assert (done.erased, done.spared) == (1, {Obstacle.LEGAL_HOLD: 1})
    assert told == [("citizens", 1, 3), ("citizens", 2, 3), ("citizens", 3, 3)]
    assert (await look(world)).due == []
