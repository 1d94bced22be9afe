"""The rows under the headings of a list, and what the lines above a row say of it: province, amphoe, kind of post."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from casework.rules.list_columns import HAS_NAME, HAS_PLACE, Headings, Sheet, field_of
from casework.rules.place_texts import names_amphoe, place_above, place_alone
from casework.rules.spelling import one_spelling
from models.directory_words import ListField

F = ListField
EXAMPLE = "ตัวอย่าง"
"""What the first cell of a row says that shows how to fill a list in."""
_SAY_WHO = frozenset({F.NAME, F.GIVEN_NAME, F.FAMILY_NAME, F.PHONE, F.SUBJECT})
_DASHES = frozenset("-–—")
"""In the place of a name they say that the post is empty."""
_A_COUNT = re.compile(r"(จำนวน|รวม)? *\d{0,5} *[.)]?(คน|ราย|ตำบล)?|\W+")
"""What may stand beside the name of an amphoe in cells of its own."""
_MENTORS = re.compile("พี่เลี้ยง(ของ)? *(อาสา|อสร)?|mentors?( of)?( labour)?( volunteers?)?")
_VOLUNTEERS = re.compile("อาสา|อสร|volunteer")


class Line(NamedTuple):
    """A row of a list: where it stands, and what is in its columns. `of_mentors`: the list says that it is of these."""

    sheet: str
    row: int
    cells: Mapping[ListField, str]
    of_mentors: bool = False

    def says(self, field: ListField) -> str:
        return self.cells.get(field, "")


class _Above:
    """What holds for the rows that follow, by the titles, the headings and the rows above them."""

    def __init__(self, sheet: Sheet, headings: Headings) -> None:
        titles = [cell.strip() for row in sheet.rows[: headings.first] for cell in row]
        above = " ".join([sheet.name, *titles])
        self._sheet, self._titles = sheet.name, frozenset(titles)
        self.places = {F.PROVINCE: place_above(above, "จังหวัด"), F.AMPHOE: place_above(above, "อำเภอ")}
        self.of_mentors = _says_mentors(f"{above} {headings.of_names}")

    def begin(self, headings: Headings) -> None:
        """Begin a table with other columns: of its amphoe and its people the one before says nothing."""
        self.places[F.AMPHOE] = ""
        self.of_mentors = _says_mentors(f"{self._sheet} {headings.of_names}")

    def read_lone(self, text: str, *, across: bool) -> bool:
        """Take a line that says this alone; tell whether it is the name of a place, which holds from here on.

        What names an amphoe in other words, or stands across the list, leaves none to inherit: people of one would
        come into another.
        """
        if _VOLUNTEERS.search(_without_mentors(text)):
            self.of_mentors = False
        alone = place_alone(text)
        if alone is not None:
            self.places = {F.PROVINCE: alone.province or self.places[F.PROVINCE], F.AMPHOE: alone.amphoe}
        elif (across or names_amphoe(text)) and text not in self._titles:
            self.places[F.AMPHOE] = ""
            if place_above(text, r"(?:จังหวัด|จ\.)") not in self.places[F.PROVINCE]:
                self.places[F.PROVINCE] = ""
        return alone is not None

    def read(self, cells: Mapping[ListField, str]) -> None:
        """Take the places of a row; in another province the amphoe above says nothing."""
        for field in (F.PROVINCE, F.AMPHOE):
            if cells.get(field):
                if field is F.PROVINCE and cells[field] != self.places[field]:
                    self.places[F.AMPHOE] = ""
                self.places[field] = cells[field]


def _says_mentors(words: str) -> bool:
    """Do the words name mentors, and volunteers only as those whom they guide?"""
    without = _without_mentors(words)
    return without != _plain(words) and _VOLUNTEERS.search(without) is None


def _without_mentors(words: str) -> str:
    return _MENTORS.sub("", _plain(words))


def _plain(words: str) -> str:
    return one_spelling(words).replace(".", "")


def lines_of(sheet: Sheet, headings: Sequence[Headings]) -> Iterator[Line]:
    """Give the rows under the headings that say something, each with the province and amphoe that hold for it."""
    above = _Above(sheet, headings[0])
    columns = headings[0].columns
    ends = [*(each.first for each in headings[1:]), len(sheet.rows)]
    for table, end in zip(headings, ends, strict=True):
        if table.columns != columns:
            above.begin(table)
            columns = table.columns
        for at in range(table.last + 1, end):
            cells = _cells(sheet.rows[at], table, above)
            if cells:
                yield Line(sheet.name, at + 1, {**cells, **above.places}, above.of_mentors)


def _cells(row: Sequence[str], headings: Headings, above: _Above) -> Mapping[ListField, str]:
    """Give what a row says of a post, or nothing; it may hold for the rows that follow."""
    texts = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    lone = [text for text in texts if not _A_COUNT.fullmatch(text)]
    cells = {field: _joined(row, field, columns) for field, columns in headings.columns.items()}
    across = not any(cells.values()) or (len(texts) == 1 and _is_merged(cells))
    if (len(lone) == 1 and above.read_lone(lone[0], across=across)) or across:
        return {}
    if texts[0] == EXAMPLE or _is_heading(cells):
        return {}
    above.read(cells)
    return cells if cells.get(F.TAMBON) or any(cells.get(field) for field in _SAY_WHO) else {}


def _joined(row: Sequence[str], field: ListField, columns: Sequence[int]) -> str:
    """Give what the cells say together; one that was merged over several columns says it once, and a dash nothing."""
    said = (row[column].strip() for column in columns if column < len(row))
    text = " ".join(dict.fromkeys(text for text in said if text))
    return "" if text in _DASHES and field not in HAS_NAME else text


def _is_heading(cells: Mapping[ListField, str]) -> bool:
    """Is the row a part of the headings once more, as lists repeat them on each page?"""
    named = {field for field, text in cells.items() if text and field_of(text) is field}
    return len(named) > 1 and bool(named & HAS_NAME)


def _is_merged(cells: Mapping[ListField, str]) -> bool:
    """Does a line of words stand over the whole list, where a name and a place would be?"""
    names, places = ({cells.get(field, "") for field in fields} - {""} for fields in (HAS_NAME, HAS_PLACE))
    return bool(names & places)
