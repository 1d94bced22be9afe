"""Prints a report: what it says as JSON on standard input, the PDF on standard output; a program of its own.

So the service never loads matplotlib and typst, and a report that takes too much time or memory ends alone.
"""

import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any
from unicodedata import category

import orjson
import typst
from matplotlib.ft2font import FT2Font

from server.reports.charts import charts
from server.reports.fonts import FOLDER, FONT_FILE
from server.reports.said import MAY_BREAK

MEMORY = 2_000_000_000
SECONDS = 60
TEMPLATE = Path(__file__).with_name("monthly.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""To be kept for years, and read aloud: PDF/A-2a and PDF/UA-1."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = printed(orjson.loads(sys.stdin.buffer.read()))
    except Exception as error:  # noqa: BLE001 - whatever it is, the service logs what and where, never what was printed
        last = extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}")
        return 1
    sys.stdout.buffer.write(made)
    return 0


def printed(content: dict[str, Any]) -> bytes:
    """Give the PDF. Texts reach the template as JSON and never as markup; the same content gives the same bytes."""
    pdf: bytes = typst.compile(
        TEMPLATE,
        font_paths=fonts(),
        sys_inputs=inputs(content),
        pdf_standards=STANDARDS,
        timestamp=datetime.fromisoformat(content["printed_at"]).astimezone(UTC),
    )
    return pdf


def fonts() -> typst.Fonts:
    """Give the report's font and no other: the same report looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def inputs(content: dict[str, Any]) -> dict[str, str]:
    """Give what the template reads: the content in letters of the font, and the charts."""
    shown = _only_known_letters(content, frozenset(FT2Font(FONT_FILE).get_charmap()))
    return {"report": orjson.dumps({**shown, "pictures": charts(shown["charts"])}).decode()}


def _only_known_letters(value: Any, known: frozenset[int]) -> Any:
    """Leave out what has no shape, and put a question mark for letters that the font lacks: PDF/A allows neither."""
    if isinstance(value, str):
        return "".join(_shown(letter, known) for letter in value)
    if isinstance(value, dict):
        return {key: _only_known_letters(each, known) for key, each in value.items()}
    return [_only_known_letters(each, known) for each in value] if isinstance(value, list) else value


def _shown(letter: str, known: frozenset[int]) -> str:
    if letter == MAY_BREAK:
        return letter
    if category(letter).startswith("C"):
        return ""
    return letter if ord(letter) in known else "?"


if __name__ == "__main__":
    sys.exit(main())
