"""Let a country happen, and hand out its rows in sheaves of a size that fits the memory."""

from collections.abc import Callable, Iterator

from casework.demo.country.case_course import CaseCourse
from casework.demo.country.citizens import Citizens
from casework.demo.country.country import Country
from casework.demo.country.dossier import Dossier
from casework.demo.country.ending import finish
from casework.demo.country.intake import Intake
from casework.demo.country.sheaf import Sheaf

SHEAF = 60_000
"""Rows that are copied together."""
CITIZENS_PER_CASE = 0.5

Progress = Callable[[str, int, int], None]


def happen(country: Country, cases: int, *, progress: Progress) -> Iterator[Sheaf]:
    """Give the rows of all that happens; what has not ended at the end is given as it then stands."""
    under_way: dict[int, Dossier] = {}
    opened = 0

    def begin(dossier: Dossier) -> None:
        nonlocal opened
        opened += 1
        under_way[dossier.case.id] = dossier
        country.go_on(CaseCourse(dossier).run())

    intake = Intake(country, Citizens(country, per_case=CITIZENS_PER_CASE))
    country.go_on(intake.cases(cases, begin))
    for _ in country.happen():
        if country.ledger.sheaf.size >= SHEAF:
            under_way = {id_: dossier for id_, dossier in under_way.items() if not dossier.over}
            yield country.ledger.take()
            progress("cases", opened, cases)
    for dossier in under_way.values():
        if not dossier.over:
            finish(dossier)
            if country.ledger.sheaf.size >= SHEAF:
                yield country.ledger.take()
    yield country.ledger.take()
    progress("cases", opened, cases)
