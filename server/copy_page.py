"""The copy of a citizen's data as a page in Thai: one file without script or outside address, that prints well."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casework.named import Named
from casework.personal_copy import SECTIONS, Piece, Record
from casework.rules.calendar import thai_date, thai_instant

_HERE = Path(__file__).parent
NOTHING = "–"
WIDEST = 7
"""Columns of a table that a sheet of paper holds."""


class Labels(NamedTuple):
    sections: dict[str, str]
    values: dict[str, str]


@cache
def labels() -> Labels:
    return Labels(**yaml.load((_HERE / "copy_labels.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))


class Page:
    """Gives the page's text as the pieces come."""

    def __init__(self, made_at: datetime) -> None:
        self._made_at = made_at
        self._waiting = list(SECTIONS)
        self._keys: list[str] | None = None
        """The head of the table that is open."""

    def begin(self) -> str:
        style = (_HERE / "copy_page.css").read_text(encoding="utf-8")
        return (
            '<!doctype html>\n<html lang="th"><head><meta charset="utf-8">'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>สำเนาข้อมูลส่วนบุคคล</title><style>\n{style}</style></head><body>\n"
            "<h1>สำเนาข้อมูลส่วนบุคคลของท่าน</h1>\n"
            "<p>ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 30 "
            f"จัดทำเมื่อ {thai_instant(self._made_at)} "
            "ข้อมูลติดต่อของบุคคลอื่นและชื่อของเจ้าหน้าที่ไม่รวมอยู่ในสำเนานี้</p>\n"
        )

    def add(self, piece: Piece) -> str:
        opened = "".join(self._open_up_to(piece.section))
        if piece.section in {"citizen", "cases"}:
            return opened + _whole(piece.record)
        head = ""
        if self._keys is None:
            self._keys = list(piece.record)
            head = _table_head(self._keys)
        return opened + head + _table_row(piece.record, self._keys)

    def end(self) -> str:
        return "".join(self._open_up_to(None)) + "</body></html>\n"

    def _open_up_to(self, section: str | None) -> Iterator[str]:
        """Close what is open, and give every section its heading, also those without anything."""
        while self._waiting and section not in SECTIONS[: len(SECTIONS) - len(self._waiting)]:
            yield self._close()
            name = self._waiting.pop(0)
            yield f"<h2>{escape(labels().sections[name])}</h2>\n"
            if name != section:
                yield f"<p>{NOTHING}</p>\n"
        if section is None:
            yield self._close()

    def _close(self) -> str:
        closed, self._keys = "</tbody></table>\n" if self._keys is not None else "", None
        return closed


def _whole(record: Record) -> str:
    """A record with all its values below each other, and its lists as tables."""
    plain = {key: value for key, value in record.items() if not _is_list_of_records(value)}
    lists = {key: value for key, value in record.items() if key not in plain}
    head = f"<h3>{escape(str(record['reference']))}</h3>" if "reference" in record else ""
    return f"<section>{head}{_below_each_other(plain)}{''.join(map(_list, lists.items()))}</section>\n"


def _below_each_other(record: Record) -> str:
    told = {key: value for key, value in record.items() if value is not None}
    return f"<dl>{''.join(f'<dt>{_label(key)}</dt><dd>{_text(value)}</dd>' for key, value in told.items())}</dl>"


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _list(named: tuple[str, list[Record]]) -> str:
    name, records = named
    if not records:
        return ""
    filled = {key for record in records for key, value in record.items() if value is not None}
    keys = [key for key in dict.fromkeys(key for record in records for key in record) if key in filled]
    if len(keys) > WIDEST:
        return f"<h4>{escape(labels().sections[name])}</h4>{''.join(map(_below_each_other, records))}"
    rows = "".join(_table_row(record, keys) for record in records)
    return f"<h4>{escape(labels().sections[name])}</h4>{_table_head(keys)}{rows}</tbody></table>"


def _table_head(keys: list[str]) -> str:
    return f"<table><thead><tr>{''.join(f'<th>{_label(key)}</th>' for key in keys)}</tr></thead><tbody>"


def _table_row(record: Record, keys: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{_text(record.get(key))}</td>' for key in keys)}</tr>\n"


def _label(key: str) -> str:
    return escape(labels().values[key])


def _text(value: Any) -> str:
    """Give a value in Thai, escaped: times in Bangkok and the Buddhist era."""
    match value:
        case None | [] | "":
            return NOTHING
        case bool():
            return "ใช่" if value else "ไม่ใช่"
        case Named(name=name):
            return escape(name)
        case date():
            return thai_instant(value) if isinstance(value, datetime) else thai_date(value)
        case list():
            return ", ".join(map(_text, value))
        case _:
            return escape(str(value)).replace("\n", "<br>")
