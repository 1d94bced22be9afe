"""How the network is read: offices, agencies, posts, the people in them, areas and problem types."""

from tests.oracle.mirror import Read
from tests.oracle.readers.making import column, columns, node_id

READERS: dict[str, dict[str, Read]] = {
    "Office": columns("code"),
    "Agency": columns("code"),
    "Area": columns("code"),
    "ProblemType": columns("code"),
    "Seat": {"id": node_id("Seat")},
    "Volunteer": {"id": node_id("Seat")},
    "Person": {
        "name": lambda _, row: f"{row.title}{row.given_name} {row.family_name}",
        "nameEn": lambda _, row: f"{row.given_name_en} {row.family_name_en}",
        "phone": column("phone"),
    },
}  # fmt: skip
