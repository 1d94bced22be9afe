"""Tables of the pages, written anew when that is asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import dropwhile, takewhile

from tests.docs.pages import ROOT, read, section, table_of

_writing: list[bool] = [False]


@contextmanager
def writing(*, on: bool) -> Iterator[None]:
    """Let `compared` write meanwhile."""
    _writing.append(on)
    yield
    _writing.pop()


def compared(page: str, heading: str, wanted: Sequence[Sequence[str]]) -> None:
    """Write the first table below the heading as it should be, if tables are being written."""
    if not _writing[-1]:
        return
    old = section(page, heading)
    lines = list(dropwhile(lambda line: not line.startswith("|"), old.splitlines()))
    table = list(takewhile(lambda line: line.startswith("|"), lines))
    new = "\n".join([*table[:2], table_of(wanted)])
    text = read(page).replace(f"{heading}\n{old}", f"{heading}\n{old.replace(chr(10).join(table), new)}")
    (ROOT / page).write_text(text, encoding="utf-8")
