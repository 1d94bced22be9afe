"""The numbers behind the charts of a monthly report; None is withheld."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.rules.calendar import thai_date
from server.reports.said import total


def chart_numbers(answers: Mapping[str, Any]) -> dict[str, Any]:
    months = answers["Months"]["statistics"]["groups"]
    types = [row for row in answers["Types"]["statistics"]["groups"] if row["cases"]["opened"]]
    agencies = [row for row in answers["Agencies"]["statistics"]["groups"] if total(list(row["clocks"].values())) != 0]
    return {
        "course": {
            "labels": [short_month(date.fromisoformat(row["month"]["since"])) for row in months],
            "opened": [row["cases"]["opened"] for row in months],
            "closed": [row["cases"]["closed"] for row in months],
        },
        "types": {
            "labels": [row["problemType"]["name"] for row in types],
            "opened": [row["cases"]["opened"] for row in types],
        },
        "clocks": {
            "labels": [row["agency"]["name"] for row in agencies],
            **{name: [row["clocks"][name] for row in agencies] for name in ("met", "missed", "running")},
        },
    }


def short_month(month: date) -> str:
    """Write e.g. `พ.ย. 69`."""
    day, year = thai_date(month).removeprefix("1 ").split(" ")
    return f"{day} {year[-2:]}"
