"""One holder at any instant: the database itself refuses anything else, whoever writes it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from casework.policy.wall import enter
from tests.casework import situations
from tests.casework.refusals import nothing_changes
from tests.world import COORDINATOR, OTHER_VOLUNTEER, VOLUNTEER, World

HOLDING = (
    "INSERT INTO case_holding (id, case_id, seat_id, office_id, since, until) SELECT nextval('prasan_id'), case_id, "
)
BREACHES = {
    "a second holder now": (HOLDING + ":seat, NULL, since + interval '1 day', NULL FROM case_holding", "23P01"),
    "a second holder in the past": (
        HOLDING + ":seat, NULL, since, since + interval '1 minute' FROM case_holding",
        "23P01",
    ),
    "a seat and an office": ('UPDATE "case" SET holder_office_id = :office', "23514"),
    "nobody": ('UPDATE "case" SET holder_seat_id = NULL', "23514"),
    "a case that names another holder": ('UPDATE "case" SET holder_seat_id = :seat', "23000"),
    "a holding that names another holder": ("UPDATE case_holding SET seat_id = :seat", "23000"),
    "a holding that ended": ("UPDATE case_holding SET until = since + interval '1 hour'", "23000"),
    "a holding of an office": ("UPDATE case_holding SET seat_id = NULL, office_id = :office", "23000"),
}


@pytest.mark.parametrize(("statement", "state"), BREACHES.values(), ids=BREACHES)
async def test_the_database_refuses(world: World, statement: str, state: str) -> None:
    await world.case()
    given = {"seat": (await world.actor(OTHER_VOLUNTEER)).seat_id, "office": world.office("DLPW-43")}
    given = {name: value for name, value in given.items() if f":{name}" in statement}
    async with nothing_changes(world):
        with pytest.raises(DBAPIError) as caught:
            await _write(world, statement, given)
    assert getattr(caught.value.orig, "sqlstate", None) == state


async def _write(world: World, statement: str, given: dict[str, int]) -> None:
    """Write as prasan_app; what is checked at the end fails at the commit."""
    by = await world.actor(VOLUNTEER)
    async with world.writer.begin() as connection:
        await enter(connection, by, world.now)
        assert await connection.scalar(text("SELECT current_user")) == "prasan_app"
        await connection.execute(text(statement), given)


async def test_a_case_without_any_holding_is_refused_at_commit(world: World) -> None:
    await world.case()
    columns = await world.rows("SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'case'")
    names = [row.name for row in columns if row.name not in {"id", "reference"}]
    copy = (
        f'INSERT INTO "case" (id, reference, {", ".join(names)})'
        f" SELECT nextval('prasan_id'), 'copy', {', '.join(names)} FROM \"case\""
    )
    async with nothing_changes(world):
        with pytest.raises(DBAPIError) as caught:
            await _write(world, copy, {})
    assert getattr(caught.value.orig, "sqlstate", None) == "23000"


async def test_the_history_of_holders_has_no_gap_and_no_overlap(world: World) -> None:
    case_id = await situations.screened(world)
    await situations.accepted(world, case_id)
    await situations.transferred(world, case_id, by=OTHER_VOLUNTEER)
    await situations.accepted(world, case_id, VOLUNTEER, by=COORDINATOR)
    rows = await world.rows("SELECT since, until FROM case_holding ORDER BY since")
    assert len(rows) == 3
    assert [row.until for row in rows[:-1]] == [row.since for row in rows[1:]]
    assert rows[-1].until is None
