"""COPY into the tables, with what works row by row set aside meanwhile; all in the caller's transaction."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, cast

import asyncpg
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.demo.country.sheaf import Sheaf, columns_of
from casework.demo.country.wording import CITIZENS, Worded

Progress = Callable[[str, int, int], None]

_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text AS of_table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY (CAST(:tables AS regclass[])) ORDER BY 1, 2
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
    WHERE i.indrelid = ANY (CAST(:tables AS regclass[])) AND c.oid IS NULL ORDER BY 1
"""
_TRIGGERS = """
    SELECT tgrelid::regclass::text AS of_table, quote_ident(tgname) AS name FROM pg_trigger
    WHERE NOT tgisinternal AND tgtype & 4 > 0 AND tgrelid = ANY (CAST(:tables AS regclass[])) ORDER BY 1, 2
"""
_HOLDERS_DISAGREE = """
    SELECT count(*) FROM "case" c LEFT JOIN case_holding h ON h.case_id = c.id AND h.until IS NULL
    WHERE h.id IS NULL OR h.seat_id IS DISTINCT FROM c.holder_seat_id OR h.office_id IS DISTINCT FROM c.holder_office_id
"""
_WALLED = """
    SELECT oid::regclass AS of_table FROM pg_class
    WHERE relforcerowsecurity AND oid = ANY (CAST(CAST(:tables AS text[]) AS regclass[]))
"""
"""COPY does not work under row-level security, which nobody notices behind the lock on the tables."""
_TEXTS = "CREATE TEMPORARY TABLE IF NOT EXISTS country_words (row_id bigint, words text, sounds text[]) ON COMMIT DROP"


class Aside(NamedTuple):
    """How something that slows the copying down is put away, and how it comes back."""

    away: str
    back: str


def quoted(table: str) -> str:
    return f'"{table}"'


async def _what_slows(connection: AsyncConnection, tables: Sequence[str]) -> list[Aside]:
    """Find what is done for each inserted row and can be done at once: primary keys and exclusions stay."""

    async def found(query: str) -> Sequence[Row[Any]]:
        return (await connection.execute(text(query), {"tables": [quoted(table) for table in tables]})).all()

    return [
        *(Aside(f"DROP INDEX {row.name}", row.definition) for row in await found(_INDEXES)),
        *(
            Aside(
                f"ALTER TABLE {row.of_table} DROP CONSTRAINT {row.name}",
                f"ALTER TABLE {row.of_table} ADD CONSTRAINT {row.name} {row.definition}",
            )
            for row in await found(_FOREIGN_KEYS)
        ),
        *(
            Aside(
                f"ALTER TABLE {row.of_table} DISABLE TRIGGER {row.name}",
                f"ALTER TABLE {row.of_table} ENABLE TRIGGER {row.name}",
            )
            for row in await found(_TRIGGERS)
        ),
        *(
            Aside(
                f"ALTER TABLE {row.of_table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {row.of_table} FORCE ROW LEVEL SECURITY",
            )
            for row in await found(_WALLED)
        ),
    ]


@asynccontextmanager
async def set_aside(connection: AsyncConnection, tables: Sequence[str], *, progress: Progress) -> AsyncIterator[None]:
    """Load without work for each row; at the end all rows are indexed and checked at once, and all is as it was.

    What the triggers would do is done otherwise: the feed is copied with its events, the holders are compared here.
    """
    slow = await _what_slows(connection, tables)
    for aside in slow:
        await connection.exec_driver_sql(aside.away)
    yield
    await connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
    for done, aside in enumerate(slow, 1):
        await connection.exec_driver_sql(aside.back)
        progress("keys and indexes", done, len(slow))
    if (await connection.exec_driver_sql(_HOLDERS_DISAGREE)).scalar_one():
        raise AssertionError("cases and their holdings disagree about the holder")


async def copy(connection: AsyncConnection, sheaf: Sheaf) -> None:
    """Copy the rows, table by table."""
    raw = (await connection.get_raw_connection()).driver_connection
    driver = cast("asyncpg.Connection[Any]", raw)
    for (table, kind), rows in sheaf.rows.items():
        await driver.copy_records_to_table(table, records=rows, columns=columns_of(kind))


async def copy_words(connection: AsyncConnection, words: Mapping[str, Sequence[Worded]]) -> None:
    """Copy the words of rows, as text first: the driver writes no tsvector."""
    raw = (await connection.get_raw_connection()).driver_connection
    driver = cast("asyncpg.Connection[Any]", raw)
    await driver.execute(_TEXTS)
    for table, rows in words.items():
        await driver.copy_records_to_table("country_words", records=rows)
        sounds = ", sounds" if table == CITIZENS else ""
        await driver.execute(f"INSERT INTO {table} SELECT row_id, words::tsvector{sounds} FROM country_words")
        await driver.execute("TRUNCATE country_words")
