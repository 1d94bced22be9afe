"""Keep what the search reads in step with what is written: the words of cases and of citizens' names."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, Text, any_, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import TSVECTOR, Insert, insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from casework.reference.word_list import word_list
from casework.rules.names import Name, keys_of_names
from casework.rules.words import words_of, words_of_new_name
from casework.work import Work
from models import Case, CaseContent, CaseSearch, Citizen, CitizenSearch, table_of

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many rows are done, and how many there are."""
TEXTS = slice(3, None)
"""Where a row has what it is found by besides names: after its id and the names."""
BATCH = 500
AT_ONCE = 1_000
"""Characters that are divided on the event loop in 2 ms; longer texts leave it."""

the_case, content, citizen = table_of(Case), table_of(CaseContent), table_of(Citizen)
_merged = citizen.alias("merged")


def _of_all_records(name: str) -> ColumnElement[Any]:
    """Give a column of a citizen and of the records merged into it: the person is found by all their names."""
    more = select(_merged.c[name]).where(_merged.c.merged_into_citizen_id == citizen.c.id).order_by(_merged.c.id)
    return func.array_prepend(citizen.c[name], func.array(more.scalar_subquery()))


_NAMES = _of_all_records("given_name").label("given"), _of_all_records("family_name").label("family")
_IDS = bindparam("ids", type_=ARRAY(BigInteger))


_CASES = select(the_case.c.id, *_NAMES, content.c.workplace_name, content.c.narrative).select_from(
    the_case.join(content, content.c.case_id == the_case.c.id).join(citizen, citizen.c.id == the_case.c.citizen_id)
)
_CITIZENS = select(citizen.c.id, *_NAMES)
_CASE = _CASES.where(the_case.c.id == any_(_IDS))
_CITIZEN = _CITIZENS.where(citizen.c.id == any_(_IDS))


def _key(model: type[SQLModel]) -> str:
    return str(table_of(model).primary_key.columns[0].name)


def _put(model: type[SQLModel]) -> Insert:
    values: dict[str, Any] = {
        _key(model): bindparam("row_id", type_=BigInteger()),
        "words": cast(bindparam("words", type_=Text()), TSVECTOR),
    }
    if model is CitizenSearch:
        values["sounds"] = bindparam("sounds", type_=ARRAY(Text))
    return insert(table_of(model)).values(values)


def _put_anew(model: type[SQLModel]) -> Insert:
    put = _put(model)
    anew = {name: put.excluded[name] for name in ("words", "sounds") if name in table_of(model).c}
    return put.on_conflict_do_update(index_elements=[_key(model)], set_=anew)


_PUT_CASE, _PUT_CITIZEN = _put_anew(CaseSearch), _put_anew(CitizenSearch)
_RENAME = select(
    func.rename_in_search(bindparam("row_id", type_=BigInteger()), cast(bindparam("words", type_=Text()), TSVECTOR))
)


async def refresh_words(work: Work, case_id: int) -> None:
    """Write the words of a case anew: after its text changed."""
    await _refresh(work, _CASE, _PUT_CASE, case_id)


async def refresh_names(work: Work, citizen_id: int) -> None:
    """Write the words and sounds of a citizen's names anew, and the words in all the citizen's cases, which hold them.

    The actor need not see all these cases, whose other words stay unread (migrations/versions/0008_wall.sql).
    """
    (row,) = await _refresh(work, _CITIZEN, _PUT_CITIZEN, citizen_id)
    await work.session.execute(_RENAME, {"row_id": citizen_id, "words": words_of_new_name(_name(row))})


async def _refresh(work: Work, texts: Select[Any], put: Insert, wanted: int) -> Sequence[Any]:
    """Write the words anew, and give the rows that they were made of."""
    await work.session.flush()
    rows: Sequence[Any] = (await work.session.execute(texts, {"ids": [wanted]})).all()
    for row in rows:
        long = sum(len(text or "") for text in row[TEXTS]) > AT_ONCE
        await work.session.execute(put, await asyncio.to_thread(_worded, row) if long else _worded(row))
    return rows


def _name(row: Any) -> str:
    return " ".join(part for name in zip(row.given, row.family, strict=True) for part in name)


def _worded(row: Any) -> dict[str, Any]:
    """Make what is kept of a row of texts; only citizens are found by the sound of their names."""
    given = {"row_id": row.id, "words": words_of(_name(row), row[TEXTS])}
    if row[TEXTS]:
        return given
    return {**given, "sounds": keys_of_names([Name(*name) for name in zip(row.given, row.family, strict=True)])}


async def fill_words(engine: AsyncEngine, *, progress: Progress) -> int:
    """Write the words of rows that have none, such as those of an older version; give how many were written.

    Takes the owner: it reads everybody's. May run in several processes at once, while others write: whoever comes
    second leaves the row.
    """
    await asyncio.to_thread(word_list)  # read before anybody waits for it
    filled = 0
    for name, model, texts, row_id in (
        ("names to search", CitizenSearch, _CITIZENS, citizen.c.id),
        ("words to search", CaseSearch, _CASES, the_case.c.id),
    ):
        filled += await _fill(engine, model, _missing(model, texts, row_id), name, progress)
    return filled


def _missing(model: type[SQLModel], texts: Select[Any], row_id: Any) -> Select[Any]:
    have = table_of(model)
    return texts.where(~select(have).where(have.c[_key(model)] == row_id).exists()).order_by(row_id)


async def _fill(engine: AsyncEngine, model: type[SQLModel], missing: Select[Any], name: str, progress: Progress) -> int:
    async with engine.connect() as connection:
        total = (await connection.execute(select(func.count()).select_from(missing.subquery()))).scalar_one()
    done = 0
    while done < total:
        async with engine.begin() as connection:
            rows = (await connection.execute(missing.limit(BATCH))).all()
            given = await asyncio.to_thread(_all_worded, rows)
            if not given:
                break
            await connection.execute(_put(model).on_conflict_do_nothing(), given)
        done += len(given)
        progress(name, min(done, total), total)
    return done


def _all_worded(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [_worded(row) for row in rows]
