"""Whom the service did not reach, as a report tells it: by agency, and the tambon where nobody came by amphoe."""

from collections.abc import Mapping, Sequence
from typing import Any

from casework.reference.data import AMPHOE_DIGITS, AreaRow
from server.reports.said import count


def said_of_reach(month: Mapping[str, Any], year: Mapping[str, Any], amphoe: Sequence[AreaRow]) -> dict[str, Any]:
    """Write the month beside the twelve months up to its end. A withheld count says that somebody came."""
    of_month, of_year = month["reach"]["tambons"], year["reach"]["tambons"]
    agencies = [of["agency"] for of in of_month[0]["agencies"]] if of_month else []
    return {
        "tambons": count(len(of_month)),
        "agencies": [
            [agency["name"], *(count(_without(tambons, at)) for tambons in (of_month, of_year))]
            for at, agency in enumerate(agencies)
        ],
        "amphoe": [_of_amphoe(area, of_month, of_year) for area in amphoe],
    }


def _without(tambons: Sequence[Mapping[str, Any]], agency: int) -> int:
    """Count the tambon from which nobody came to an agency."""
    return sum(tambon["agencies"][agency]["cases"] == 0 for tambon in tambons)


def _of_amphoe(
    area: AreaRow, of_month: Sequence[Mapping[str, Any]], of_year: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    inside = [tambon for tambon in of_month if tambon["area"]["code"][:AMPHOE_DIGITS] == area.code]
    names = [tambon["area"]["name"] for tambon in inside if _nobody(tambon)]
    whole_year = [
        tambon["area"]["name"]
        for tambon in of_year
        if tambon["area"]["code"][:AMPHOE_DIGITS] == area.code and _nobody(tambon)
    ]
    return {
        "name": area.name_th,
        "tambons": count(len(inside)),
        "without": count(len(names)),
        "of_month": [name for name in names if name not in whole_year],
        "of_year": whole_year,
    }


def _nobody(tambon: Mapping[str, Any]) -> bool:
    return all(agency["cases"] == 0 for agency in tambon["agencies"])
