"""How many people live in an area, as its row or the row of a statement tells it."""

from datetime import date
from typing import NamedTuple

from casework.reference.data import AreaRow
from resolvers.rows_of_statements import StatementRow


class PopulationRow(NamedTuple):
    """A count of registered residents, and its day."""

    residents: int
    counted_on: date


def population_of(row: AreaRow | StatementRow) -> PopulationRow | None:
    if row.residents is None or row.residents_on is None:
        return None
    return PopulationRow(row.residents, row.residents_on)
