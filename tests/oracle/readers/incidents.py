"""How incidents are read, and the causes that cases have in common."""

from tests.oracle.mirror import Listed, Read, counts
from tests.oracle.readers.making import column, columns, latest, node_id

READERS: dict[str, dict[str, Read]] = {
    "CommonCause": {
        "kind": lambda _, cause: cause.incident.kind,
        "count": column("counted"),
        "since": column("since"),
        "incident": lambda m, cause: cause.incident if m.leads(cause.incident) else None,
    },
    "Incident": {
        "id": node_id("Incident"),
        **columns("kind", "state", "dismissal", "firstAt", "lastAt", "decidedAt", "version"),
        "province": lambda m, row: m.area(row.province_code),
        "count": lambda m, row: len({one.citizen_id for one, _ in m.members(row) if counts(one)}),
        "cases": lambda m, row: Listed(latest([one for one, _ in m.members(row)], "updated_at", "id")),
    },
}  # fmt: skip
