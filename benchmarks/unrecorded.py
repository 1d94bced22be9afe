"""`prasan serve` that forgets who looked, to measure what remembering costs; no setting of the service does this."""

from collections.abc import Iterable
from typing import Any

from resolvers.context import Context
from resolvers.looks import Looks
from server.cli import app


def note(_self: Looks, _shows: Any, _rows: Iterable[Any]) -> None:
    """Notes nobody."""


def through_case(_self: Looks, _case_id: int, _citizen_id: int, _level: int) -> None:
    """Notes nobody."""


async def record(_self: Context) -> None:
    """Has nothing to hand over."""


def main() -> None:
    for owner, forgetting in ((Looks, note), (Looks, through_case), (Context, record)):
        setattr(owner, forgetting.__name__, forgetting)
    app()


if __name__ == "__main__":
    main()
