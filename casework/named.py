"""Codes and row ids of the service in words that a person understands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.reference.data import ReferenceData
from casework.rules.posts import post_name
from models import Seat, table_of
from models.vocabulary import Word

seat = table_of(Seat)


class Named(NamedTuple):
    """A code with its Thai name: a word of the vocabulary, a place, an office, an agency, a problem type, a post."""

    code: str
    name: str


def named(word: Word) -> Named:
    return Named(word.value, word.th)


@dataclass(frozen=True)
class Names:
    """Names what a column refers to, by the table of its foreign key; a post is named, never who fills it."""

    by_table: Mapping[str, Callable[[Any], Named]]

    def value(self, column: Column[Any], value: Any) -> Any:
        """Give the value of a column as a person may read it."""
        if value is None:
            return None
        if isinstance(value, Word):
            return named(value)
        for key in column.foreign_keys:
            return self.by_table[key.column.table.name](value)
        return value


async def read_names(connection: AsyncConnection, reference: ReferenceData) -> Names:
    """Read the posts; all else is in memory already."""
    columns = seat.c.id, seat.c.kind, seat.c.area_code, seat.c.office_id
    posts = {row.id: _post(row, reference) for row in await connection.execute(select(*columns))}

    def area(code: str) -> Named:
        return Named(code, reference.areas[code].name_th)

    def agency(code: str) -> Named:
        return Named(code, reference.agencies[code].name_th)

    def problem_type(code: str) -> Named:
        return Named(code, reference.problem_types[code].name_th)

    def office(id_: int) -> Named:
        return Named(reference.offices[id_].code, reference.offices[id_].name_th)

    return Names(
        {"area": area, "agency": agency, "problem_type": problem_type, "office": office, "seat": posts.__getitem__}
    )


def _post(row: Any, reference: ReferenceData) -> Named:
    area = None if row.area_code is None else (row.area_code, reference.areas[row.area_code].name_th)
    office = None if row.office_id is None else reference.offices[row.office_id].name_th
    return Named(row.kind.value, post_name(row.kind, area=area, office=office))
