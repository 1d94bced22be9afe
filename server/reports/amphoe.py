"""The amphoe of a province as a report shows them: their cases, and what stands beside these."""

from collections.abc import Mapping, Sequence
from typing import Any

from casework.reference.data import AreaRow
from server.reports.said import count, figures, people

NOTHING: Mapping[str, Any] = {
    "cases": {"opened": 0, "closed": 0, "stillOpen": 0},
    "people": {"count": 0},
    "clocks": {"met": 0, "missed": 0, "running": 0},
}
"""A group that statistics leave out, because no case belongs to it."""


def said_of_amphoe(
    answers: Mapping[str, Any], amphoe: Sequence[AreaRow], posts: Mapping[str, Sequence[Any]] | None
) -> list[Sequence[str]]:
    """Write each amphoe with how many people live there, how many posts it has, and on how many days nobody was there.

    Without `posts` these are left out: beside withheld counts no exact figure is shown that gives them back.
    """
    groups = {row["area"]["code"]: row for row in answers["Amphoe"]["statistics"]["groups"]}
    return [
        [
            area.name_th,
            people(area.residents),
            *figures(groups.get(area.code, NOTHING))[:4],
            *([] if posts is None else _beside(posts[area.code])),
        ]
        for area in amphoe
    ]


def _beside(posts: Sequence[Mapping[str, Any]]) -> list[str]:
    days = (sum(row["context"][name] for row in posts) for name in ("vacancyDays", "coverDays"))
    return [count(len(posts)), *(count(number) for number in days)]
