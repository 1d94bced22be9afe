"""What a row of a list says: a post of an area, who fills it, and from which day to which."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from casework.rules.list_lines import Line
from casework.rules.listed_people import FullName, is_of_several, is_vacant, read_name, read_phone, read_subject, tidy
from casework.rules.listed_places import Gazetteer
from casework.rules.place_texts import TAMBON_DIGITS, said
from casework.rules.posts import AMPHOE_DIGITS
from casework.rules.row_problems import RowRefused
from casework.rules.spelling import one_spelling
from casework.rules.thai_dates import read_day
from models.directory_words import ListField, RowProblem
from models.vocabulary import SeatKind

F = ListField
_LEVEL = {SeatKind.VOLUNTEER: TAMBON_DIGITS, SeatKind.MENTOR: AMPHOE_DIGITS}
_ROLES = (("พี่เลี้ยง", SeatKind.MENTOR), ("mentor", SeatKind.MENTOR), ("อาสา", SeatKind.VOLUNTEER),
          ("อสร", SeatKind.VOLUNTEER), ("volunteer", SeatKind.VOLUNTEER))  # fmt: skip


class Listed(NamedTuple):
    """A person as the list has them."""

    name: FullName
    given_en: str
    family_en: str
    phone: str | None
    subject: UUID | None


class Entry(NamedTuple):
    """`person` is None where the post is said to be empty; days are both within the time."""

    kind: SeatKind
    area_code: str
    person: Listed | None
    since: date | None
    until: date | None


def read_entry(line: Line, gazetteer: Gazetteer, *, today: date, among_tambon: bool = False) -> Entry:
    """Read a row; refuse what cannot be read. `among_tambon`: other rows of its sheet name a tambon."""
    role, has_tambon = tidy(line.says(F.ROLE)), bool(line.says(F.TAMBON))
    if not role and not has_tambon and (among_tambon or not line.of_mentors):
        raise RowRefused(RowProblem.ROLE_MISSING)  # a forgotten tambon makes no mentor, who sees more
    kind = _kind(role, has_tambon=has_tambon)
    place = said(*(tidy(line.says(field)) for field in (F.PROVINCE, F.AMPHOE, F.TAMBON)))
    area_code = gazetteer.find(place, level=_LEVEL[kind])
    since, until = (read_day(line.says(field), today=today) for field in (F.SINCE, F.UNTIL))
    if since is not None and until is not None and until < since:
        raise RowRefused(RowProblem.PERIOD_EMPTY)
    return Entry(kind, area_code, _person(line), since, until)


def _kind(role: str, *, has_tambon: bool) -> SeatKind:
    plain = one_spelling(role).replace(".", "")
    if not plain:
        return SeatKind.VOLUNTEER if has_tambon else SeatKind.MENTOR
    found = next((kind for word, kind in _ROLES if word in plain), None)
    if found is None:
        raise RowRefused(RowProblem.ROLE_UNKNOWN, text=role)
    return found


def _person(line: Line) -> Listed | None:
    whole, given, family = (tidy(line.says(field)) for field in (F.NAME, F.GIVEN_NAME, F.FAMILY_NAME))
    title = tidy(line.says(F.TITLE))
    if is_vacant(whole or given) and all(not text or is_vacant(text) for text in (title, family)):
        return None
    if not (whole or given):
        raise RowRefused(RowProblem.NAME_MISSING)
    if is_of_several(line.says(F.NAME) or line.says(F.GIVEN_NAME), line.says(F.FAMILY_NAME)):
        raise RowRefused(RowProblem.NAME_WRONG, text=f"{whole or given} {family}".strip())
    name = read_name(title, whole or given, family)
    english = tidy(line.says(F.GIVEN_NAME_EN)), tidy(line.says(F.FAMILY_NAME_EN))
    return Listed(
        name,
        *(english if all(english) else ("", "")),
        read_phone(line.says(F.PHONE)),
        read_subject(tidy(line.says(F.SUBJECT))),
    )
