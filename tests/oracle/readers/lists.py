"""How lists are read: their pages, how many rows they have, and of which states."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from models.vocabulary import CaseState
from tests.oracle.mirror import Listed, Mirror, Read
from tests.oracle.readers.making import entry


def _counted(rows: Sequence[Any]) -> dict[str, Any]:
    return {"count": len(rows), "is_exact": True}


def _tally(_: Mirror, page: Listed) -> list[Any]:
    counted = Counter(case.state for case in page.rows)
    return [{"state": state, "count": counted[state], "is_exact": True} for state in CaseState]


READERS: dict[str, dict[str, Read]] = {
    "Connection": {
        "nodes": lambda _, page: list(page.rows),
        "edges": lambda _, page: list(page.rows),
        "pageInfo": lambda _, page: page,
        "totalCount": lambda _, page: _counted(page.rows),
        "stateCounts": _tally,
    },
    "Edge": {"node": lambda _, row: row},
    "PageInfo": {"hasNextPage": lambda *_: False, "hasPreviousPage": lambda *_: False},
    "TotalCount": {"count": entry("count"), "isExact": entry("is_exact")},
    "StateCount": {"state": entry("state"), "count": entry("count"), "isExact": entry("is_exact")},
}  # fmt: skip
