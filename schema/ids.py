"""Global ids: opaque, versioned, of one type each; nobody can make or guess one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from resolvers.context import Context
from resolvers.rows_then import read_then_key
from schema.binding import worked_out

VERSION = "p1"
BYTES = 8


def sealed_id(keys: Keys, kind: str, number: int) -> str:
    return VERSION + keys.seal(f"id:{kind}", number.to_bytes(BYTES))


def unsealed_id(keys: Keys, kind: str, text: str) -> int | None:
    """Give the row's id; None for anything that is not an id of this kind."""
    if not text.startswith(VERSION):
        return None
    data = keys.unseal(f"id:{kind}", text[len(VERSION) :])
    return None if data is None else int.from_bytes(data)


def seal_id(context: Context, kind: str, number: int) -> strawberry.ID:
    return strawberry.ID(sealed_id(context.keys, kind, number))


def read_id(context: Context, kind: str, text: str) -> int | None:
    return unsealed_id(context.keys, kind, text)


def wanted_id(context: Context, kind: str, text: str, *path: str) -> int:
    """Give the row's id; refuse what is not one just as what does not exist."""
    number = read_id(context, kind, text)
    if number is None:
        raise Refusal(RefusalCode.NOT_FOUND, *path)
    return number


def read_ids(context: Context, kinds: Sequence[str], text: str) -> tuple[str, int] | None:
    """Find the kind of an id by trying them; None when it is of no kind."""
    for kind in kinds:
        number = read_id(context, kind, text)
        if number is not None:
            return kind, number
    return None


def identity(kind: str) -> Any:
    """Declare the `id` field of a type whose rows have a bigint `id`."""

    def seal(row: Any, context: Context) -> strawberry.ID:
        return seal_id(context, kind, row.id)

    return worked_out(seal, "Opaque; the same for ever. Give it to `node` or to a mutation.")


def identity_at_any_time(kind: str) -> Any:
    """Declare the `id` of a type that may be told as of an instant: it is another thing then, with an id of its own."""

    def seal(row: Any, context: Context) -> strawberry.ID:
        if row.as_of is None:
            return seal_id(context, kind, row.id)
        return strawberry.ID(VERSION + context.keys.seal(_then(kind), row.key))

    return worked_out(
        seal,
        "Opaque; the same for ever. Give it to `node` or to a mutation. As of an earlier time it is the id of what was"
        " then: `node` finds that again, and no mutation takes it.",
    )


def _then(kind: str) -> str:
    return f"then:{kind}"


def read_then(context: Context, kinds: Sequence[str], text: str) -> tuple[str, int, datetime, bytes] | None:
    """Read an id of something as it stood: its kind, its case, the instant, and what else tells it apart."""
    if text.startswith(VERSION):
        for kind in kinds:
            data = context.keys.unseal(_then(kind), text[len(VERSION) :])
            if data is not None:
                return kind, *read_then_key(data)
    return None
