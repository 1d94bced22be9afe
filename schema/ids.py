"""Global ids: opaque, versioned, of one type each; nobody can make or guess one."""

from collections.abc import Sequence
from typing import Any

import strawberry

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from resolvers.context import Context
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
