"""Looks at citizens' data: which statements show them, and whom one operation has shown to the one who asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import Column, Executable, Row, Select, SelectBase

from casework.access import Entry
from casework.policy.actors import Actor
from casework.policy.levels import PERSONAL
from models.privacy_words import AccessPurpose

_MARK = "prasan_shows"
_STATEMENTS = 5_000
"""More than are kept of all kinds and shapes together."""
T = TypeVar("T", bound=Select[Any])


class Shows(NamedTuple):
    """Which columns of a statement's rows say whose data a row shows, through which case, and for which reveal.

    Its column `level` says at which level; without a citizen it shows nobody. A `purpose` of its own goes before that
    of the operation.
    """

    citizen: str | None
    case: str | None
    reveal: str | None
    purpose: AccessPurpose | None


class UnrecordedReadError(Exception):
    """A statement selects personal data and does not say whose: mark it with `showing`."""


def showing(
    statement: T,
    *,
    citizen: str | None = "citizen_id",
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


Shown: TypeAlias = tuple[int, int | None, AccessPurpose | None, int | None]
"""A citizen, through which case, for which purpose of its own, for which reveal."""


@dataclass(slots=True)
class Looks:
    """Whom one operation has shown: asked for under ten aliases, a citizen is still looked at once."""

    purpose: AccessPurpose = AccessPurpose.RECORD
    _levels: dict[Shown, int] = field(default_factory=dict)

    def through_a_list(self, *, searching: bool) -> None:
        """Note that the operation went through a list, or searched one."""
        if searching:
            self.purpose = AccessPurpose.SEARCH
        elif self.purpose is AccessPurpose.RECORD:
            self.purpose = AccessPurpose.LIST

    def through_matching(self) -> None:
        """Note that the operation asked who may be meant at intake."""
        if self.purpose is AccessPurpose.RECORD:
            self.purpose = AccessPurpose.MATCH

    def note(self, shows: Shows, rows: Iterable[Row[Any]]) -> None:
        """Note whom the rows of a statement show."""
        citizen, case, reveal, purpose = shows
        if citizen is None:
            return
        for row in rows:
            case_id: int | None = None if case is None else getattr(row, case)
            reveal_id: int | None = None if reveal is None else getattr(row, reveal)
            self._note((getattr(row, citizen), case_id, purpose, reveal_id), row.level)

    def through_case(self, case_id: int, citizen_id: int, level: int) -> None:
        """Note through which case a citizen was shown."""
        self._note((citizen_id, case_id, None, None), level)

    def _note(self, shown: Shown, level: int) -> None:
        if level > self._levels.get(shown, 0):
            self._levels[shown] = level

    def entries(self, by: Actor | None, *, request_id: str, at: datetime) -> Sequence[Entry]:
        """Give what is to be recorded: one entry for each citizen, case and purpose.

        A citizen who was shown through a case is not listed once more without one.
        """
        if not self._levels or by is None:
            return ()
        through = {citizen_id for citizen_id, case_id, _, _ in self._levels if case_id is not None}
        seat, account, asked_for, request = by.seat_id, by.account_id, self.purpose, UUID(request_id)
        return [
            Entry(citizen, case, seat, account, purpose or asked_for, level, reveal, request, at)
            for (citizen, case, purpose, reveal), level in self._levels.items()
            if case is not None or purpose is not None or citizen not in through
        ]
