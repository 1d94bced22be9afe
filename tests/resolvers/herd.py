"""Many cases at once: copies of one that was opened and worked on through the real actions."""

from typing import Any

from sqlalchemy import text

from tests.world import World

APART = 1_000_000
"""A copy's ids are its model's ids plus a multiple of this."""
COPIED = {
    '"case"': ("id = :model", ("id",)),
    "case_content": ("case_id = :model", ("case_id",)),
    "case_search": ("case_id = :model", ("case_id",)),
    "case_problem": ("case_id = :model", ("id", "case_id")),
    "case_holding": ("case_id = :model", ("id", "case_id")),
    "assignment": ("case_id = :model", ("id", "case_id")),
    "referral": ("case_id = :model", ("id", "case_id", "problem_id")),
    "referral_content": ("referral_id IN (SELECT id FROM referral WHERE case_id = :model)", ("referral_id",)),
    "participation": ("case_id = :model", ("id", "case_id", "referral_id")),
    "incident_case": ("case_id = :model", ("case_id",)),
    "note": ("case_id = :model", ("id", "case_id")),
    "attachment": ("case_id = :model", ("id", "case_id")),
    "event": ("subject_kind = 'CASE' AND subject_id = :model", ("id", "subject_id")),
}


async def herd(world: World, model: int, copies: int, *, beginning: int = 1, **columns: Any) -> list[int]:
    """Copy a case with everything that belongs to it, under the very same timestamps; give the ids of all.

    `columns` are written over those of the case's own row, in SQL, where `n` is the number of the copy.
    """
    changed = "".join(f", '{name}', {value}" for name, value in columns.items())
    async with world.owner.begin() as connection:
        for table, (which, shifted) in COPIED.items():
            moved = ", ".join(f"'{column}', t.{column} + n * {APART}" for column in shifted)
            more = f", 'reference', t.reference || '/' || n{changed}" if table == '"case"' else ""
            more += ", 'object_key', gen_random_uuid()" if table == "attachment" else ""
            await connection.execute(
                text(
                    f"INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object({moved}{more}))).* "
                    f"FROM {table} t, generate_series(CAST(:beginning AS bigint), :ending) n WHERE {which}"
                ),
                {"model": model, "beginning": beginning, "ending": beginning + copies - 1},
            )
    return [model + n * APART for n in range(beginning, beginning + copies)]
