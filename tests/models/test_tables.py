"""The models say what the migrated database has, to the last word."""

import re
from typing import cast

import pytest
from sqlalchemy import Column, ForeignKey, Table
from sqlmodel import SQLModel

import models
from models.columns import Coded
from models.vocabulary import Word
from server.migration import check_models
from tests.world import BY_THE_OWNER, BY_THE_WALL, DIRECTORY, LOOKED, OF_THE_WORKER, WRITTEN, World

TABLES = [
    models.table_of(cast("type[SQLModel]", getattr(models, name))) for name in models.__all__ if name[0].isupper()
]
VOCABULARY = [(table, column) for table in TABLES for column in table.c if isinstance(column.type, Coded)]
FOREIGN_KEYS = [key for table in TABLES for column in table.c for key in column.foreign_keys]


def name_of(value: object) -> str:
    if isinstance(value, ForeignKey):
        return f"{value.parent.table.name}.{value.parent.name}"
    return str(getattr(value, "name", value))


async def test_the_models_equal_the_migrated_database(world: World) -> None:
    await check_models(world.owner)


@pytest.mark.parametrize(("table", "column"), VOCABULARY, ids=name_of)
async def test_a_column_of_words_takes_exactly_its_words(world: World, table: Table, column: Column[Word]) -> None:
    definitions = await world.rows(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = cast(:table AS regclass) AND conname = :name",
        table=f'"{table.name}"',
        name=f"{column.name}_word",
    )
    assert len(definitions) == 1, f"{table.name}.{column.name} takes any text"
    words = set(re.findall(r"'([^']+)'", definitions[0][0]))
    assert words == {word.value for word in cast("Coded", column.type).words}
    assert definitions[0][0].startswith(f"CHECK (({column.name} = ")  # ANY, or the only one


def test_there_are_columns_of_words_to_check() -> None:
    assert len(VOCABULARY) == 70


@pytest.mark.parametrize("key", FOREIGN_KEYS, ids=name_of)
async def test_a_foreign_key_has_the_type_of_what_it_names(world: World, key: ForeignKey) -> None:
    types = await world.rows(
        "SELECT data_type FROM information_schema.columns"
        " WHERE (table_name, column_name) IN ((:table, :column), (:other, :named))",
        table=key.parent.table.name,
        column=key.parent.name,
        other=key.column.table.name,
        named=key.column.name,
    )
    assert len({row.data_type for row in types}) == 1


async def test_every_table_that_actions_write_is_in_the_worlds_list(world: World) -> None:
    granted = await world.rows(
        "SELECT DISTINCT table_name AS name FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee IN ('prasan_app', 'prasan_worker')"
        " AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE')"
    )
    written = {name.strip('"') for name in WRITTEN}
    assert {row.name for row in granted} == (written - BY_THE_OWNER - BY_THE_WALL) | {
        *DIRECTORY,
        *LOOKED,
        *OF_THE_WORKER,
    }


async def test_legal_holds_are_nobodys_business_but_the_owners(world: World) -> None:
    granted = await world.rows(
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants WHERE table_name = ANY(:tables)",
        tables=list(BY_THE_OWNER),
    )
    assert granted == [("prasan_owner",)]


DELETED = {
    "follow", "notice_address", "citizen_contact", "citizen_identifier", "case_problem", "rate_limit",
    "activity_participant", "activity_guest",
}  # fmt: skip
"""What a correction, an undoing or time takes away: followers, contacts, documents, problems of a merge, old counts,
invitations."""


async def test_the_application_deletes_corrections_only_and_owns_nothing(world: World) -> None:
    for table in TABLES:
        may = "SELECT has_table_privilege('prasan_app', :table, right_) FROM unnest(array['DELETE', 'TRUNCATE']) right_"
        rights = [row[0] for row in await world.rows(may, table=f'"{table.name}"')]
        assert rights == [table.name in DELETED, False], table.name
    owners = await world.rows("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    assert owners == [("prasan_owner",)]


async def test_the_application_makes_posts_and_changes_nothing_of_them(world: World) -> None:
    wanted = "SELECT has_table_privilege('prasan_app', :table, r) FROM unnest(array['INSERT', 'UPDATE']) r"
    rights = {table: [row[0] for row in await world.rows(wanted, table=table)] for table in DIRECTORY}
    assert rights == {"seat": [True, False], "incumbency": [True, True], "account": [True, False]}
    columns = await world.rows(
        "SELECT column_name FROM information_schema.column_privileges"
        " WHERE grantee = 'prasan_app' AND table_name = 'seat' AND privilege_type = 'UPDATE'"
    )
    assert {name for (name,) in columns} == {"version", "journal_length", "journal_head"}


async def test_the_reference_data_are_the_owners(world: World) -> None:
    reference = (
        {table.name for table in TABLES} - {name.strip('"') for name in WRITTEN} - {*DIRECTORY, *LOOKED, *OF_THE_WORKER}
    )
    for table in sorted(reference):
        may = "SELECT has_table_privilege('prasan_app', :table, r) FROM unnest(array['SELECT', 'INSERT', 'UPDATE']) r"
        assert [row[0] for row in await world.rows(may, table=table)] == [True, False, False]
