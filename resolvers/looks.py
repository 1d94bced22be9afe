"""Looks at citizens' data: which statements show them, and whom one operation has shown to the one who asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Column, Executable, Row, Select, SelectBase

from casework.access import Entry
from casework.policy.actors import Actor
from casework.policy.levels import PERSONAL
from models.vocabulary import AccessPurpose, Level

_MARK = "prasan_shows"
_STATEMENTS = 5_000
"""More than are kept of all kinds and shapes together."""
T = TypeVar("T", bound=Select[Any])


class Shows(NamedTuple):
    """Which columns of a statement's rows say whose data a row shows, through which case, and for which reveal.

    Its column `level` says at which level. A `purpose` of its own goes before that of the operation.
    """

    citizen: str
    case: str | None
    reveal: str | None
    purpose: AccessPurpose | None


class UnrecordedReadError(Exception):
    """A statement selects personal data and does not say whose: mark it with `showing`."""


def showing(
    statement: T,
    *,
    citizen: str = "citizen_id",
    case: str | None = "case_id",
    reveal: str | None = None,
    purpose: AccessPurpose | None = None,
) -> T:
    """Mark a statement that selects personal data with the columns that say whose."""
    return statement.execution_options(**{_MARK: Shows(citizen, case, reveal, purpose)})


def showing_as(statement: T, inner: Select[Any]) -> T:
    """Mark a statement like the one that it takes its rows from."""
    return statement.execution_options(**{_MARK: inner.get_execution_options().get(_MARK)})


@lru_cache(_STATEMENTS)
def shown_by(statement: Executable) -> Shows | None:
    """Tell whose data a statement shows, None where nobody's; refuse one that shows them unmarked."""
    mark: Shows | None = statement.get_execution_options().get(_MARK)
    if mark is None and isinstance(statement, Select) and _selects_personal_data(statement):
        raise UnrecordedReadError
    return mark


def _selects_personal_data(statement: SelectBase) -> bool:
    """Row ids and codes of areas say nothing of a person by themselves; every other column of a personal table does."""
    return any(
        found.table in PERSONAL and not (found.primary_key or found.foreign_keys)
        for column in statement.selected_columns
        for base in column.base_columns
        for found in _columns_below(base)
    )


def _columns_below(element: Any) -> Iterator[Column[Any]]:
    """Find the columns whose values go into one that is selected: of a count, what is counted does not."""
    if isinstance(element, Column):
        yield element
    chosen = element.selected_columns if isinstance(element, SelectBase) else element.get_children()
    for below in chosen:
        yield from _columns_below(below)


class _Shown(NamedTuple):
    citizen_id: int
    case_id: int | None
    purpose: AccessPurpose | None
    reveal_id: int | None


@dataclass(slots=True)
class Looks:
    """Whom one operation has shown: asked for under ten aliases, a citizen is still looked at once."""

    purpose: AccessPurpose = AccessPurpose.RECORD
    _levels: dict[_Shown, int] = field(default_factory=dict)

    def through_a_list(self, *, searching: bool) -> None:
        """Note that the operation went through a list, or searched one."""
        if searching:
            self.purpose = AccessPurpose.SEARCH
        elif self.purpose is AccessPurpose.RECORD:
            self.purpose = AccessPurpose.LIST

    def note(self, shows: Shows, rows: Iterable[Row[Any]]) -> None:
        """Note whom the rows of a statement show."""
        for row in rows:
            citizen_id: int = getattr(row, shows.citizen)
            case_id: int | None = None if shows.case is None else getattr(row, shows.case)
            reveal_id: int | None = None if shows.reveal is None else getattr(row, shows.reveal)
            self._note(_Shown(citizen_id, case_id, shows.purpose, reveal_id), row.level)

    def through_case(self, case_id: int, citizen_id: int, level: int) -> None:
        """Note through which case a citizen was shown."""
        self._note(_Shown(citizen_id, case_id, None, None), level)

    def _note(self, shown: _Shown, level: int) -> None:
        self._levels[shown] = max(level, self._levels.get(shown, Level.WORK))

    def entries(self, by: Actor | None, *, request_id: str, at: datetime) -> Sequence[Entry]:
        """Give what is to be recorded: one entry for each citizen, case and purpose.

        A citizen who was shown through a case is not listed once more without one.
        """
        if not self._levels or by is None:
            return ()
        through = {shown.citizen_id for shown in self._levels if shown.case_id is not None}
        request = UUID(request_id)
        return [
            Entry(
                citizen_id=shown.citizen_id,
                case_id=shown.case_id,
                seat_id=by.seat_id,
                account_id=by.account_id,
                purpose=shown.purpose or self.purpose,
                level=level,
                reveal_id=shown.reveal_id,
                request_id=request,
                at=at,
            )
            for shown, level in self._levels.items()
            if shown.case_id is not None or shown.purpose is not None or shown.citizen_id not in through
        ]
