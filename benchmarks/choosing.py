"""Which office, case and volunteer are asked about: the busiest, so that every page is full."""

from typing import Any, NamedTuple

import asyncpg

_OFFICE = """
    SELECT o.id, o.code, o.province_code FROM "case" c JOIN office o ON o.id = c.holder_office_id
    WHERE c.state = 'IN_PROGRESS' GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1
"""
_CASE = """
    SELECT c.reference, c.area_code FROM "case" c
    JOIN event e ON e.subject_kind = 'CASE' AND e.subject_id = c.id
    WHERE c.state = 'IN_PROGRESS' AND c.holder_seat_id = c.volunteer_seat_id AND NOT c.sensitive
      AND NOT EXISTS (SELECT FROM note n WHERE n.case_id = c.id AND n.audience = 'OWN_AGENCY')
    GROUP BY c.id HAVING count(*) BETWEEN 18 AND 24 ORDER BY c.id DESC LIMIT 1
"""
_SEAT = """
    SELECT s.id, s.area_code FROM "case" c JOIN seat s ON s.id = c.holder_seat_id
    GROUP BY s.id ORDER BY count(*) DESC, s.id LIMIT 1
"""
_TO_UPDATE = """
    SELECT c.id, c.reference, c.version, s.id AS seat_id, i.account_id, s.area_code FROM "case" c
    JOIN seat s ON s.id = c.holder_seat_id JOIN incumbency i ON i.seat_id = s.id
    WHERE c.state = 'IN_PROGRESS' ORDER BY c.id DESC LIMIT $1
"""


class Chosen(NamedTuple):
    """What is asked about; `to_update` are cases for the service, then as many others for the floor."""

    office: Any
    case: Any
    seat: Any
    to_update: list[Any]


async def choose(dsn: str, *, connections: int) -> Chosen:
    connection = await asyncpg.connect(dsn)
    try:
        return Chosen(
            await connection.fetchrow(_OFFICE),
            await connection.fetchrow(_CASE),
            await connection.fetchrow(_SEAT),
            await connection.fetch(_TO_UPDATE, 2 * connections),
        )
    finally:
        await connection.close()
