"""Rows of lists, the areas of Thailand, and a directory in memory, for the rules of the import."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from casework.reference.areas import areas as rows_of_areas
from casework.rules.list_lines import Line
from casework.rules.list_plan import Row, plan
from casework.rules.listed_places import Gazetteer
from casework.rules.names import Name
from casework.rules.roster import Person, Post, Roster, Term
from models.directory_words import ListField
from models.vocabulary import SeatKind

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""9:00 in Bangkok."""
LONG_AGO = datetime(2024, 10, 1, tzinfo=UTC)
F = ListField


@cache
def areas() -> dict[str, str]:
    return {str(area["code"]): str(area["name_th"]) for area in rows_of_areas()}


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(areas())


def person(given: str, family: str = "ใจดี", **known: object) -> Person:
    """Give somebody with an account."""
    given_en = Name("Somchai", "Jaidee")
    return Person(**{"title": "นาย", "name": Name(given, family), "name_en": given_en, "phone": None, "subject": None,
                     "account_id": 1, **known})  # type: ignore[arg-type]  # fmt: skip


def roster(*posts: Post) -> Roster:
    """Give a directory of these posts and the people in them."""
    made = Roster()
    for post in posts:
        terms, post.terms = post.terms, []
        made.add_post(post)
        for term in terms:
            made.add_person(term.person)
            made.fill(post, term)
    return made


def post(*people: Person | Term, area: str = "430116", kind: SeatKind = SeatKind.VOLUNTEER) -> Post:
    """Give a post with these people in it, since long ago unless a term says otherwise."""
    terms = [each if isinstance(each, Term) else Term(each, LONG_AGO, None, 9) for each in people]
    return Post(kind, area, 7, 3, terms)


def line(name: str = "นายสมชาย ใจดี", **said: Any) -> Line:
    """Give a row (`row`, `sheet`, `of_mentors`) about the tambon of `post`, unless the cells say otherwise."""
    row, sheet = said.pop("row", 2), said.pop("sheet", "รายชื่อ")
    of_mentors = said.pop("of_mentors", False)
    cells = {"name": name, "province": "หนองคาย", "amphoe": "เมือง", "tambon": "หนองกอมเกาะ"} | said
    return Line(sheet, row, {F(field.upper()): text for field, text in cells.items()}, of_mentors)


def planned(directory: Roster, *lines: Line) -> Sequence[Row]:
    return plan(lines, directory, gazetteer(), now=NOW, progress=lambda *_: None)
