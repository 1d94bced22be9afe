"""A whole list against the directory: what each row comes to, decided row by row before anything is changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from casework.rules.calendar import bangkok_day
from casework.rules.list_lines import Line
from casework.rules.listed_places import Gazetteer
from casework.rules.listed_posts import Entry, read_entry
from casework.rules.roster import Person, Post, Roster
from casework.rules.roster_people import recognise
from casework.rules.roster_steps import Step, next_step, time_of
from casework.rules.row_problems import RowRefused
from models.directory_words import ListField, RowNote, RowOutcome, RowProblem
from models.vocabulary import SeatKind

Progress = Callable[[int, int], None]
"""Called with how many rows are done, and of how many."""


@dataclass(slots=True)
class Row:
    """A row of the list, and what became of it: a step, or why there is none. Several sheets name the sheet too."""

    line: Line
    entry: Entry | None = None
    person: Person | None = None
    step: Step | None = None
    refused: RowRefused | None = None
    twin: str = ""
    """The row before it that says the same."""

    @property
    def outcome(self) -> RowOutcome:
        return RowOutcome.REFUSED if self.step is None or self.refused is not None else self.step.outcome

    def told_from(self, other: "Row") -> str:
        """Write where the row is, for somebody who looks at another one."""
        number = str(self.line.row)
        return number if self.line.sheet == other.line.sheet else f"{self.line.sheet}!{number}"

    def refuse(self, refused: RowRefused) -> None:
        self.refused, self.step = refused, None

    @property
    def written(self) -> str:
        """What stands in the row in the place of a name."""
        names = (ListField.TITLE, ListField.NAME, ListField.GIVEN_NAME, ListField.FAMILY_NAME)
        return " ".join(self.line.says(field) for field in names if self.line.says(field))


def plan(
    lines: Sequence[Line], roster: Roster, gazetteer: Gazetteer, *, now: datetime, progress: Progress
) -> list[Row]:
    """Decide every row; nobody who is wrong in two rows is right in one of them."""
    rows = [Row(line) for line in lines]
    tambon = {line.sheet for line in lines if line.says(ListField.TAMBON)}
    for at, row in enumerate(rows, 1):
        with refusing(row):
            among_tambon = row.line.sheet in tambon
            row.entry = read_entry(row.line, gazetteer, today=bangkok_day(now), among_tambon=among_tambon)
            if row.entry.person is not None:
                row.person = recognise(row.entry, row.entry.person, roster)
        progress(at, len(rows))
    _compare(rows, roster, now=now)
    for row in rows:
        if row.refused is None and row.step is None and row.entry is not None:
            with refusing(row):
                row.step = next_step(row.entry, row.person, roster, now=now)
    return rows


@contextmanager
def refusing(row: Row) -> Iterator[None]:
    try:
        yield
    except RowRefused as refused:
        row.refuse(refused)


def _compare(rows: Sequence[Row], roster: Roster, *, now: datetime) -> None:
    """Hold the rows of each post against each other."""
    of_post: dict[tuple[SeatKind, str], list[tuple[Entry, Row]]] = defaultdict(list)
    for row in rows:
        if row.entry is not None and row.refused is None:
            of_post[row.entry.kind, row.entry.area_code].append((row.entry, row))
    _refuse_two_subjects(list(chain.from_iterable(of_post.values())))
    for post, listed in of_post.items():
        _pass_over_what_is_said(listed, now=now)
        if len(roster.posts(*post)) <= 1:
            _refuse_two_at_once(listed, now=now)
        _refuse_two_sayings(listed, RowProblem.DAYS_DIFFER, lambda entry: entry.until)
    _refuse_two_sayings(chain.from_iterable(of_post.values()), RowProblem.PHONES_DIFFER, _phone)


def _phone(entry: Entry) -> str | None:
    return None if entry.person is None else entry.person.phone


def _subject(entry: Entry) -> UUID | None:
    return None if entry.person is None else entry.person.subject


def _refuse_two_subjects(listed: Sequence[tuple[Entry, Row]]) -> None:
    """Refuse rows that give one person two subs; a further row makes somebody new, who has neither."""
    _refuse_two_sayings(listed, RowProblem.SUBJECTS_DIFFER, _subject)
    for _, row in listed:
        if row.refused is not None and row.person is not None and row.person.account_id is None:
            row.person.subject = None


def _refuse_two_sayings(
    listed: Iterable[tuple[Entry, Row]], problem: RowProblem, saying: Callable[[Entry], object]
) -> None:
    """Refuse all rows of one person that say different things: the list done again would change them every time."""
    of_person: dict[Person, list[tuple[object, Row]]] = defaultdict(list)
    for entry, row in listed:
        if row.person is not None and row.step is None and saying(entry) is not None:
            of_person[row.person].append((saying(entry), row))
    for rows in of_person.values():
        first, one = rows[0]
        another = next((row for said, row in rows if said != first), None)
        if another is None:
            continue
        for said, row in rows:
            other = another if said == first else one
            row.refuse(RowRefused(problem, row=other.told_from(row)))


def _pass_over_what_is_said(listed: Sequence[tuple[Entry, Row]], *, now: datetime) -> None:
    """Leave out a row that says the very same as one before it, and the past of somebody who is listed again."""
    first: dict[tuple[object, ...], Row] = {}
    stays = {row.person for entry, row in listed if not _is_past(entry, now=now)}
    for entry, row in listed:
        before = first.setdefault((row.person, entry.since, entry.until, *_known(entry)), row)
        if before is not row:
            row.twin = before.told_from(row)
        passed = RowNote.SAME_AS_ROW if before is not row else RowNote.PAST if row.person in stays else None
        if passed is RowNote.SAME_AS_ROW or (passed is RowNote.PAST and _is_past(entry, now=now)):
            row.step = Step(RowOutcome.UNCHANGED, Post(entry.kind, entry.area_code), notes=[passed])


def _known(entry: Entry) -> tuple[object, ...]:
    """Give what the row knows of its person besides the name."""
    person = entry.person
    return () if person is None else (person.phone, person.subject, person.given_en, person.family_en)


def _refuse_two_at_once(listed: Sequence[tuple[Entry, Row]], *, now: datetime) -> None:
    """Refuse both of two people who fill one post at the same time: only a person can tell who it is."""
    times = [
        (*time_of(entry, now=now), row) for entry, row in listed if row.step is None and not _is_past(entry, now=now)
    ]
    times.sort(key=lambda each: each[0])
    longest: tuple[datetime | None, Row] | None = None
    for since, until, row in times:
        if longest is None:
            longest = (until, row)
            continue
        until_before, before = longest
        if before.person is not row.person and (until_before is None or since < until_before):
            before.refuse(RowRefused(RowProblem.POST_TWICE, row=row.told_from(before)))
            row.refuse(RowRefused(RowProblem.POST_TWICE, row=before.told_from(row)))
        if until_before is not None and (until is None or until > until_before):
            longest = (until, row)


def _is_past(entry: Entry, *, now: datetime) -> bool:
    _, until = time_of(entry, now=now)
    return until is not None and until <= now
