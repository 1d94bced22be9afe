"""The copy of a citizen's data as two files that only their owner reads: JSON and a page."""

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import orjson

from casework.named import Named
from casework.personal_copy import SECTIONS, Piece
from server.copy_page import Page
from server.problems import StartupProblem

FORMAT = "prasan-personal-data-1"
ONE = "citizen"


class Written(NamedTuple):
    json: Path
    page: Path


async def write_copy(pieces: AsyncIterator[Piece], folder: Path, name: str, *, made_at: datetime) -> Written:
    """Write both files as the pieces come, and give them their names when they are whole."""
    written = Written(folder / f"{name}.json", folder / f"{name}.html")
    page, data = Page(made_at), Data(made_at)
    with ExitStack() as stack:
        files = [stack.enter_context(_Whole(path)) for path in written]
        for file, text in zip(files, (data.begin(), page.begin()), strict=True):
            file.write(text)
        async for piece in pieces:
            for file, text in zip(files, (data.add(piece), page.add(piece)), strict=True):
                file.write(text)
        for file, text in zip(files, (data.end(), page.end()), strict=True):
            file.write(text)
    return written


class _Whole:
    """A file that appears under its name only when it is whole; readable for its owner alone (mkstemp: 0600)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> TextIO:
        try:
            handle, self._draft = tempfile.mkstemp(dir=self._path.parent, prefix=".prasan-")
        except OSError as error:
            raise StartupProblem(
                f"Name a folder that can be written to, not {self._path.parent}: {error.strerror}."
            ) from None
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        return self._file

    def __exit__(self, failed: object, *_: object) -> None:
        self._file.close()
        if failed is None:
            Path(self._draft).replace(self._path)
        else:
            with suppress(FileNotFoundError):
                Path(self._draft).unlink()


class Data:
    """Gives the JSON as the pieces come: every section is there, in order, an empty one as an empty list."""

    def __init__(self, made_at: datetime) -> None:
        self._made_at = made_at
        self._waiting = list(SECTIONS)
        self._is_list = False

    def begin(self) -> str:
        return f'{{"format":{_json(FORMAT)},"madeAt":{_json(self._made_at)}'

    def add(self, piece: Piece) -> str:
        text = _json(piece.record)
        if piece.section not in self._waiting:
            return "," + text
        return self._open_up_to(piece.section) + text

    def end(self) -> str:
        return self._open_up_to(None) + "}\n"

    def _open_up_to(self, section: str | None) -> str:
        opened = "]" if self._is_list else ""
        self._is_list = False
        while self._waiting:
            name = self._waiting.pop(0)
            opened += f',"{name}":'
            if name == section:
                self._is_list = name != ONE
                return opened + "[" * self._is_list
            opened += "[]"
        return opened


def _json(value: Any) -> str:
    """Give a value as JSON: times as ISO 8601 in UTC, amounts as text with two decimals."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_UTC_Z).decode()


def _plain(value: Named | Decimal) -> Any:
    return value._asdict() if isinstance(value, Named) else str(value)
