"""All that is kept about a citizen, as the person may have it (PDPA s.30): piece by piece, never whole in memory."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

import models
from casework.identifiers import unseal
from casework.joining import records_of
from casework.keys import Keys
from casework.named import Names, named, read_names
from casework.personal_data import CITIZEN, INVENTORY, referral, the_case
from casework.reference.data import ReferenceData
from models import table_of
from models.attachment_words import AttachmentState
from models.vocabulary import AccessLevel, Audience, DisclosedField, Disclosure, Level, SubjectKind

Record = dict[str, Any]
"""Values by their key: text, numbers, times, `casework.named.Named`, None; in a case also lists of records."""
Rows = dict[int, list[Record]]

CASES_AT_ONCE = 50
OF_CITIZEN: Mapping[str, type[SQLModel]] = {
    "citizen": models.Citizen,
    "contacts": models.CitizenContact,
    "identifiers": models.CitizenIdentifier,
    "reveals": models.IdentifierReveal,
    "looks": models.CitizenAccess,
}
OF_CASE: Mapping[str, type[SQLModel]] = {
    "problems": models.CaseProblem,
    "parties": models.CaseParty,
    "notes": models.Note,
    "visits": models.Visit,
    "tasks": models.Task,
    "documents": models.CaseDocument,
    "attachments": models.Attachment,
    "referrals": models.Referral,
    "keyDates": models.KeyDate,
    "deadlines": models.Deadline,
    "access": models.Participation,
    "holders": models.CaseHolding,
    "assignments": models.Assignment,
    "followers": models.Follow,
}
"""The lists in each case."""
THE_CITIZEN, MERGED = "citizen", "mergedRecords"
SECTIONS = (THE_CITIZEN, MERGED, *(name for name in OF_CITIZEN if name != THE_CITIZEN), "events", "cases")
"""The order of the pieces; `citizen` is one record, the others are as many as there are."""
BESIDE: Mapping[type[SQLModel], type[SQLModel]] = {
    models.Case: models.CaseContent,
    models.Referral: models.ReferralContent,
    models.Task: models.TaskText,
}
"""Tables split by level: the person gets the rows of both as one record."""
INTERNAL = (named(Audience.OWN_AGENCY), named(Audience.HOLDER_ONLY))

event, problem, participation = table_of(models.Event), table_of(models.CaseProblem), table_of(models.Participation)
attachment = table_of(models.Attachment)
identifier, access = table_of(models.CitizenIdentifier), table_of(models.CitizenAccess)
WORDS: Mapping[ColumnElement[Any], Callable[[Any], Any]] = {
    participation.c.discloses: lambda bits: [named(DisclosedField[str(bit.name)]) for bit in Disclosure(bits)],
    participation.c.level: lambda level: named(AccessLevel[Level(level).name]),
    access.c.level: lambda level: named(AccessLevel[Level(level).name]),
    referral.c.discloses: lambda words: [named(DisclosedField(word)) for word in words],
}
"""Columns that keep words of the vocabulary in a form of their own."""
_IDS = bindparam("ids", type_=ARRAY(BigInteger))
_REFERENCES = (
    select(the_case.c.id, the_case.c.reference).where(the_case.c.citizen_id == CITIZEN).order_by(the_case.c.id)
)


class Piece(NamedTuple):
    section: str
    record: Record


@dataclass(frozen=True)
class Copier:
    """Writes the rows of one citizen as records; `all_notes` gives the texts of internal notes too.

    `citizens` are the records of one person: first the one that goes on, then those that were merged into it.
    """

    connection: AsyncConnection
    citizens: Sequence[int]
    keys: Keys
    names: Names
    references: Mapping[int, str]
    all_notes: bool

    async def pieces(self) -> AsyncIterator[Piece]:
        """Give the pieces in the order of `SECTIONS`; raises `IdentifierUnreadableError` when a key is missing."""
        first, *merged = self.citizens
        for section in SECTIONS[: SECTIONS.index("events")]:
            model = OF_CITIZEN.get(section, models.Citizen)
            citizens = {THE_CITIZEN: [first], MERGED: merged}.get(section, self.citizens)
            async for piece in self._records(section, _originals(model), citizens):
                yield piece
        chain = (event.c.subject_kind == SubjectKind.CITIZEN) & (event.c.subject_id == CITIZEN)
        async for piece in self._records("events", _select(models.Event).where(chain), self.citizens):
            yield piece
        ids = list(self.references)
        for start in range(0, len(ids), CASES_AT_ONCE):
            for record in await self._cases(ids[start : start + CASES_AT_ONCE]):
                yield Piece("cases", record)

    async def _records(self, section: str, statement: Select[Any], citizens: Sequence[int]) -> AsyncIterator[Piece]:
        for citizen_id in citizens:
            async with self.connection.stream(statement, {CITIZEN.key: citizen_id}) as rows:
                async for row in rows.mappings():
                    yield Piece(section, self._record(statement, row))

    async def _cases(self, ids: Sequence[int]) -> list[Record]:
        cases = await self._grouped(_select(models.Case).where(the_case.c.id == any_(_IDS)), "id", ids)
        for name, model in OF_CASE.items():
            of_cases = _select(model).where(table_of(model).c.case_id == any_(_IDS))
            self._put(cases, name, await self._grouped(of_cases, "case_id", ids))
        chains = (event.c.subject_kind == SubjectKind.CASE) & (event.c.subject_id == any_(_IDS))
        self._put(cases, "events", await self._grouped(_select(models.Event).where(chains), "subject_id", ids))
        return [record for case_id in ids for record in cases[case_id]]

    @staticmethod
    def _put(cases: Rows, name: str, lists: Rows) -> None:
        for case_id, (record,) in cases.items():
            record[name] = lists[case_id]

    async def _grouped(self, statement: Select[Any], by: str, ids: Sequence[int]) -> Rows:
        grouped: Rows = defaultdict(list)
        for row in (await self.connection.execute(statement, {"ids": ids})).mappings():
            grouped[row[f"_{by}"]].append(self._record(statement, row))
        return grouped

    def _record(self, statement: Select[Any], row: Any) -> Record:
        record = {
            key_of(column.name): self._value(column, row[column], row)
            for column in statement.selected_columns
            if not column.name.startswith("_")
        }
        if record.get("audience") in INTERNAL and not self.all_notes:
            record |= {**dict.fromkeys(record.keys() & {"text", "name"}), "withheld": True}
        return record

    def _value(self, column: Any, value: Any, row: Any) -> Any:
        if column in WORDS:
            return WORDS[column](value)
        if column is identifier.c.sealed:
            return unseal(self.keys, _Sealed(row["_id"], row["_citizen_id"], row["kind"], value))
        if column is referral.c.problem_id:
            return self.names.value(problem.c.problem_type_code, row["_problem_type"])
        if column in {the_case.c.merged_into_case_id, access.c.case_id}:
            return self.references.get(value)
        if column is access.c.seat_id:  # has no foreign key that would tell
            return self.names.value(participation.c.seat_id, value)
        return self.names.value(column, value)


class _Sealed(NamedTuple):
    id: int
    citizen_id: int
    kind: Any
    sealed: bytes


def key_of(column: str) -> str:
    """Give the key of a column in the copy, such as `fromOffice` for `from_office_id`."""
    first, *more = ("number" if column == "sealed" else column.removesuffix("_id").removesuffix("_code")).split("_")
    return first + "".join(word.capitalize() for word in more)


@cache
def _select(model: type[SQLModel]) -> Select[Any]:
    """Select what the inventory gives of a table and of the one beside it, and unshown the ids that group the rows."""
    table, beside = table_of(model), BESIDE.get(model)
    of: Any = table
    shown: list[ColumnElement[Any]] = [table.c[name] for name in INVENTORY[model].gives.split()]
    if beside is not None:
        of = table.outerjoin(table_of(beside))
        shown += [table_of(beside).c[name] for name in INVENTORY[beside].gives.split()]
    if model is models.Referral:
        of = of.join(problem, problem.c.id == table.c.problem_id)
        shown.append(problem.c.problem_type_code.label("_problem_type"))
    unshown = [
        table.c[name].label(f"_{name}") for name in ("id", "citizen_id", "case_id", "subject_id") if name in table.c
    ]
    return select(*shown, *unshown).select_from(of).order_by(*table.primary_key.columns)


def _originals(model: type[SQLModel]) -> Select[Any]:
    """Select the rows of a citizen, without the copies that a merge made: the person gets the originals."""
    of_citizen = _select(model).where(INVENTORY[model].of_citizen)
    copied = table_of(model).c.get("from_citizen_id")
    return of_citizen if copied is None else of_citizen.where(copied.is_(None))


class AttachedFile(NamedTuple):
    """A file that the person gets with the copy."""

    object_key: UUID
    name: str


async def files_of(connection: AsyncConnection, citizen_id: int, *, all_notes: bool) -> list[AttachedFile]:
    """Give the clean files of the citizen's cases; internal ones with `all_notes` alone."""
    internal = attachment.c.audience.in_([Audience.OWN_AGENCY, Audience.HOLDER_ONLY])
    wanted = select(attachment.c.object_key, attachment.c.name).where(
        INVENTORY[models.Attachment].of_citizen, attachment.c.state == AttachmentState.CLEAN
    )
    if not all_notes:
        wanted = wanted.where(~internal)
    rows = await connection.execute(wanted.order_by(attachment.c.id), {CITIZEN.key: citizen_id})
    return [AttachedFile._make(row) for row in rows]


async def copier_of(
    connection: AsyncConnection, citizen_id: int, *, keys: Keys, reference: ReferenceData, all_notes: bool
) -> Copier:
    """Prepare the copy on a connection whose transaction is one snapshot."""
    names = await read_names(connection, reference)
    citizens = await records_of(connection, citizen_id)
    found = await connection.execute(_REFERENCES, {CITIZEN.key: citizens[0]})
    references = {row.id: row.reference for row in found}
    return Copier(connection, citizens, keys, names, references, all_notes)
