"""Load the reference data: idempotent, in place, in one transaction."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from casework.reference import files
from casework.reference.areas import areas
from models import (
    Agency,
    Area,
    LegalClock,
    Office,
    OfficeArea,
    ProblemType,
    ReferenceVersion,
    ServiceStandard,
    SeveranceTier,
    table_of,
)
from models.columns import IDS

Row = dict[str, Any]
Progress = Callable[[str, int, int], None]
"""Called with what is being loaded, how many rows are done, and how many there are."""

BATCH = 1000


async def load_reference(connection: AsyncConnection, *, progress: Progress, force: bool = False) -> bool:
    """Bring the tables to what the files say; False when they already were."""
    digest = files.digest()
    version = table_of(ReferenceVersion)
    if not force and (await connection.execute(select(version.c.digest))).scalar() == digest:
        return False
    await _upsert(connection, Area, list(areas()), "areas", progress)
    await _upsert(connection, Agency, files.agencies(), "agencies", progress)
    await _load_offices(connection, files.offices(), progress)
    await _upsert(connection, ProblemType, files.problem_types(), "problem types", progress)
    for model, rows in (
        (LegalClock, files.legal_clocks()),
        (SeveranceTier, files.severance_tiers()),
        (ServiceStandard, files.service_standards()),
    ):
        await connection.execute(delete(table_of(model)))
        await _upsert(connection, model, rows, str(model.__tablename__).replace("_", " ") + "s", progress)
    fresh = insert(version).values(id=1, version=1, digest=digest)
    await connection.execute(
        fresh.on_conflict_do_update(index_elements=["id"], set_={"version": version.c.version + 1, "digest": digest})
    )
    return True


async def _load_offices(connection: AsyncConnection, rows: Sequence[Row], progress: Progress) -> None:
    """Keep the id of an office that is there already; what it covers is set anew."""
    office = table_of(Office)
    known = {row.code: row.id for row in await connection.execute(select(office.c.code, office.c.id))}
    for row in rows:
        row["id"] = known.get(row["code"]) or await connection.scalar(select(IDS.next_value()))
    await _upsert(connection, Office, rows, "offices", progress)
    covered = [{"office_id": row["id"], "area_code": row["province_code"]} for row in rows]
    await _upsert(connection, OfficeArea, covered, "office areas", progress)


async def _upsert(
    connection: AsyncConnection, model: type[SQLModel], rows: Sequence[Row], name: str, progress: Progress
) -> None:
    table = table_of(model)
    keys = [column.name for column in table.primary_key]
    fresh = insert(table)
    changed = {column.name: fresh.excluded[column.name] for column in table.c if column.name not in keys}
    statement = (
        fresh.on_conflict_do_update(index_elements=keys, set_=changed) if changed else fresh.on_conflict_do_nothing()
    )
    for start in range(0, len(rows), BATCH):
        await connection.execute(statement, _complete(rows[start : start + BATCH]))
        progress(name, min(start + BATCH, len(rows)), len(rows))


def _complete(rows: Sequence[Row]) -> list[Row]:
    """Give every row the same keys: one statement is prepared for all."""
    keys = {key for row in rows for key in row}
    return [{key: row.get(key) for key in keys} for row in rows]
