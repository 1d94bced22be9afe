"""Row-level security stands on every table with case or personal data, and shows nothing where nobody has entered."""

from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

import models
from casework.actions.update_citizen import Correction, update_citizen
from casework.policy.wall import enter
from tests.casework import situations
from tests.casework.refusals import nothing_changes
from tests.world import ADMIN, COORDINATOR, OTHER_VOLUNTEER, VOLUNTEER, World

MODELS = [cast("type[SQLModel]", getattr(models, name)) for name in models.__all__ if name[0].isupper()]
TABLES = {models.table_of(model).name for model in MODELS}
OPEN = {
    "account": "who fills a post is public to everybody signed in, and read before anybody has entered",
    "incumbency": "who fills a post",
    "seat": "posts",
    "agency": "reference data",
    "area": "reference data",
    "legal_clock": "reference data",
    "office": "reference data",
    "office_area": "reference data",
    "problem_type": "reference data",
    "reference_version": "reference data",
    "service_standard": "reference data",
    "severance_tier": "reference data",
    "case_counter": "how many cases a province has had in a year",
    "discarded_object": "random names of objects whose bytes are to be deleted",
    "feed": "positions of events, by their ids",
    "feed_pending": "ids of events",
    "watch": "when the worker looks at which case, by its id; the worker's own",
    "watch_cursor": "how far the worker has read; the worker's own",
    "rate_limit": "fingerprints of those who ask",
}
"""Tables without row-level security: no row of theirs is about a citizen or a case."""
WALLED = sorted(TABLES - OPEN.keys())
FLAGS = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
READABLE = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND has_table_privilege(oid, 'SELECT')"""
ROLES = """SELECT rolname, rolsuper, rolbypassrls FROM pg_roles
    WHERE rolname IN ('prasan_app', 'prasan_owner', 'prasan_wall', 'prasan_worker') ORDER BY rolname"""


async def test_every_table_with_case_or_personal_data_is_walled_for_its_owner_too(world: World) -> None:
    assert {row.relname for row in await world.rows(FLAGS)} == set(WALLED)
    assert OPEN.keys() <= TABLES


async def test_no_role_of_the_service_may_step_around_the_wall(world: World) -> None:
    names = ("prasan_app", "prasan_owner", "prasan_wall", "prasan_worker")
    assert await world.rows(ROLES) == [(name, False, False) for name in names]


async def _counted(world: World, by: str | None) -> dict[str, int]:
    """Count what a transaction of the service sees, all doors left out; a table without a grant counts nothing."""
    async with world.reader.connect() as connection:
        if by is not None:
            await enter(connection, await world.actor(by), world.now)
        readable = {row.relname for row in await connection.execute(text(READABLE))}
        return {
            table: (await connection.execute(text(f'SELECT count(*) FROM "{table}"'))).scalar_one()
            for table in WALLED
            if table in readable
        }


async def test_who_has_not_entered_sees_no_row_and_whoever_holds_the_case_does(world: World) -> None:
    await situations.screened(world)
    assert set((await _counted(world, None)).values()) == {0}
    assert set((await _counted(world, ADMIN)).values()) == {0}
    assert (await _counted(world, VOLUNTEER))["case_content"] == 1
    assert (await _counted(world, OTHER_VOLUNTEER))["case"] == 0


async def test_an_entry_ends_with_its_transaction(world: World) -> None:
    await world.case()
    by = await world.actor(VOLUNTEER)
    count = text('SELECT count(*) FROM "case"')
    async with world.writer.connect() as connection:
        async with connection.begin():
            await enter(connection, by, world.now)
            assert (await connection.execute(count)).scalar_one() == 1
        async with connection.begin():
            assert (await connection.execute(count)).scalar_one() == 0


async def test_nothing_is_written_by_who_has_not_entered_or_into_a_case_that_is_not_seen(world: World) -> None:
    case_id = await world.case()
    content = text("INSERT INTO case_content (case_id, narrative) VALUES (:id, 'ลักลอบ')")
    note = text(
        "INSERT INTO note (id, case_id, author_seat_id, audience, text, written_at)"
        " VALUES (nextval('prasan_id'), :id, :seat, 'CASE', 'ลักลอบ', now())"
    )
    by = await world.actor(OTHER_VOLUNTEER)
    async with nothing_changes(world):
        for statement, given in ((content, {}), (note, {"seat": by.seat_id})):
            for entered in (False, True):
                async with world.writer.connect() as connection:
                    if entered:
                        await enter(connection, by, world.now)
                    with pytest.raises(ProgrammingError, match="row-level security"):
                        await connection.execute(statement, {"id": case_id, **given})
        async with world.writer.begin() as connection:
            await enter(connection, by, world.now)
            assert (await connection.execute(text("UPDATE \"case\" SET title = 'ลักลอบ'"))).rowcount == 0


async def test_nobody_enters_in_a_post_that_is_not_there(world: World) -> None:
    by = await world.actor(VOLUNTEER)
    async with world.reader.connect() as connection:
        with pytest.raises(Exception, match="no rows"):
            await connection.execute(text("SELECT enter(:account, -1, now())"), {"account": by.account_id})


async def test_the_worker_sees_every_case_and_no_person(world: World) -> None:
    await world.case()
    async with world.worker.connect() as connection:
        assert (await connection.execute(text('SELECT count(*) FROM "case"'))).scalar_one() == 1
    for table in ("citizen", "citizen_contact", "case_content", "note", "case_party", "account"):
        async with world.worker.connect() as connection:
            with pytest.raises(ProgrammingError, match="permission denied"):
                await connection.execute(text(f"SELECT FROM {table}"))


async def test_functions_of_the_wall_are_the_services_alone_but_two_that_tell_counts(world: World) -> None:
    open_to_worker = await world.rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('prasan_worker', oid, 'EXECUTE') ORDER BY proname"
    )
    assert open_to_worker == [("draw_up_statements",), ("seat_begins",)]


async def test_a_new_name_is_found_in_cases_that_whoever_corrected_it_does_not_see(world: World) -> None:
    """Two volunteers know the citizen, each by a case of their own."""
    citizen_id = await world.citizen()
    own = await world.case(citizen_id=citizen_id)
    other = await world.case(COORDINATOR, citizen_id=citizen_id)
    others = "SELECT case_id, ts_filter(words, '{d}')::text AS words FROM case_search ORDER BY case_id"
    before = await world.rows(others)
    correction = Correction(given_name="บัว")
    version = await world.value("SELECT version FROM citizen WHERE id = :id", id=citizen_id)
    await world.act(VOLUNTEER, update_citizen, citizen_id=citizen_id, expected_version=version, correction=correction)
    found = "SELECT case_id FROM case_search WHERE words @@ :word ::tsquery ORDER BY case_id"
    assert await world.rows(found, word="'บัว'") == [(own,), (other,)]
    assert await world.rows(found, word="'หญิง'") == []
    assert await world.rows(others) == before
    assert all("'" in row.words for row in before)
