"""The statements of the posts as a report shows them: by amphoe, in the order of areas and never of a figure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from casework.reference.data import AMPHOE_DIGITS, AreaRow
from server.reports.said import baht, count, people

OFFICES = "offices"
"""Stands for the amphoe of posts of offices."""
_FIGURES = "peopleServed", "casesOpened", "casesAdvanced", "casesClosed"
_AFTER_MONEY = "visitsMade", "visitsNotMet", "promisesKept", "promisesMissed", "activitiesAttended"
_CONTEXT = "openHeld", "openTakenPart", "vacancyDays", "coverDays", "casesInArea"


def by_amphoe(statements: Sequence[Mapping[str, Any]], amphoe: Sequence[AreaRow]) -> dict[str, list[Any]]:
    """Give the statements of each amphoe, and those of offices, in the order in which the contract gives them."""
    found: dict[str, list[Any]] = {OFFICES: [], **{area.code: [] for area in amphoe}}
    for row in statements:
        area = row["seat"].get("area")
        found[OFFICES if area is None else area["code"][:AMPHOE_DIGITS]].append(row)
    return found


def said_of_posts(posts: Mapping[str, Sequence[Any]], amphoe: Sequence[AreaRow]) -> list[dict[str, Any]]:
    """Write each group's statements; a group without any is left out, and offices have no name of an amphoe."""
    names = {area.code: area.name_th for area in amphoe}
    mixed = len({row["frozen"] for rows in posts.values() for row in rows}) > 1
    return [
        {
            "amphoe": names.get(code),
            "rows": [
                {"post": name, "remarks": _remarks(row, mixed=mixed), **_said(row)}
                for name, row in zip(_told_apart([row["seat"]["name"] for row in rows]), rows, strict=True)
            ],
        }
        for code, rows in posts.items()
        if rows
    ]


def _told_apart(names: Sequence[str]) -> list[str]:
    """Number posts of one name, such as the officers of an office, in the order in which they were made."""
    many, seen = Counter(names), Counter[str]()
    told = []
    for name in names:
        seen[name] += 1
        told.append(f"{name} ({seen[name]})" if many[name] > 1 else name)
    return told


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "figures": [
            *(count(row[name]) for name in _FIGURES),
            baht(row["recovered"]),
            *(count(row[name]) for name in _AFTER_MONEY),
        ],
        "context": [people(_residents(row)), *(count(row["context"][name]) for name in _CONTEXT)],
    }


def _residents(row: Mapping[str, Any]) -> int | None:
    population = row["context"]["population"]
    return population["residents"] if population else None


def _remarks(row: Mapping[str, Any], *, mixed: bool) -> str:
    """Say that a version is no first one, is disputed, or not frozen while others are: the cover tells of all."""
    said = ["ยังไม่ปิดยอด"] if mixed and not row["frozen"] else []
    if row["version"] > 1:
        said.append(f"ฉบับที่ {row['version']}")
    if row["dispute"]:
        said.append(f"มีข้อโต้แย้ง: {row['dispute']['stateThai']}")
    return ", ".join(said)
