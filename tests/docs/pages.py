"""The pages of the documentation, cut into what tests work with.

What the pages may say to the tests, unseen or read as a plain comment by people:

- `# as: officer DLPW-43` as the first line of a graphql block: who asks; `nobody` has no token. Without it the
  coordinator does.
- `# answers: VersionConflict` below it: the type of a mutation's answer, when it is not the payload.
- a json block right behind a graphql block: its variables. `"‹name›"` stands for a value that was kept before.
- `<!-- put name: requestUpload.upload -->` behind one: send the file of `FILES` to the link of its answer.
- `<!-- keep name: openCase.case.id -->` behind a graphql block: keep this value of its answer under that name.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

FILES = {
    "contract.pdf": b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n",
}
"""Files that readers send."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_KEEP = re.compile(r"<!-- keep (\w+): ([\w.]+) -->")
_PUT = re.compile(r"<!-- put ([\w.]+): ([\w.]+) -->")
_ACTOR = re.compile(r"# as: (.+)")
_ANSWERS = re.compile(r"# answers: (\w+)")


class Block(NamedTuple):
    """A fenced block; `place` is its page and line, `behind` the page's text up to the next block."""

    place: str
    language: str
    text: str
    behind: str


class Operation(NamedTuple):
    """A graphql block with all that belongs to it."""

    place: str
    text: str
    by: str | None
    answers: str | None
    variables: str
    keeps: list[tuple[str, str]]
    puts: list[tuple[str, str]]

    def given(self, kept: dict[str, Any]) -> dict[str, Any]:
        """Give the variables, with the kept values in their places."""
        filled = re.sub(r'"‹(\w+)›"', lambda found: json.dumps(kept[found[1]]), self.variables)
        given: dict[str, Any] = json.loads(filled)
        return given


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    text = read(page)
    found = list(_FENCE.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        Block(f"{page}:{text.count(chr(10), 0, match.start()) + 1}", match[1], match[2], text[match.end() : end])
        for match, end in zip(found, ends[: len(found)], strict=True)
    ]


def operations(page: str) -> Iterator[Operation]:
    everything = blocks(page)
    for at, block in enumerate(everything):
        if block.language != "graphql":
            continue
        after = everything[at + 1] if at + 1 < len(everything) else None
        has_variables = after is not None and after.language == "json" and not block.behind.strip()
        behind = block.behind + (after.behind if after is not None and has_variables else "")
        by, answers = _ACTOR.match(block.text), _ANSWERS.search(block.text)
        who = by[1] if by else "coordinator 43"
        yield Operation(
            place=block.place,
            text=block.text,
            by=None if who == "nobody" else who,
            answers=answers[1] if answers else None,
            variables=after.text if after is not None and has_variables else "{}",
            keeps=_KEEP.findall(behind),
            puts=_PUT.findall(behind),
        )


def rows(text: str) -> list[tuple[str, ...]]:
    """Give the cells of every table row below a heading or page; rules and heads of tables are rows as well."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines]


def table_of(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as the page should have them, to paste from a failed test."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def section(page: str, heading: str) -> str:
    """Give what stands under a heading, up to the next one of its rank or a higher one."""
    rank, lines, inside = heading.split(maxsplit=1)[0], [], False
    for line in read(page).splitlines():
        if line == heading:
            inside = True
        elif inside and re.match(rf"#{{1,{len(rank)}}} ", line):
            break
        elif inside:
            lines.append(line)
    assert lines, f"{page} has no {heading!r}"
    return "\n".join(lines)
