"""The committed matrix says what each role is given by each root field."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from schema.contract import contract
from server.database import DatabaseUrls
from tests.api import Api
from tests.schema.matrix import Row, far_coordinator, reading_rows, write, writing_rows

FILE = Path(__file__).with_name("matrix.md")


async def test_the_service_gives_each_role_what_the_matrix_says(
    api: Api, urls: DatabaseUrls, request: pytest.FixtureRequest
) -> None:
    async with far_coordinator(api.world):
        reading, writing = await reading_rows(api, urls), await writing_rows(api)
    assert roots() == _names(reading) | _names(writing)
    made = write(reading, writing)
    if request.config.getoption("--write-matrix"):
        FILE.write_text(made, encoding="utf-8")
    assert made.splitlines() == FILE.read_text(encoding="utf-8").splitlines()


def roots() -> set[str]:
    """Give every root field of the contract."""
    kinds = contract()._schema
    found = [kind for kind in (kinds.query_type, kinds.mutation_type, kinds.subscription_type) if kind is not None]
    return {name for kind in found for name in kind.fields}


def _names(rows: Sequence[Row]) -> set[str]:
    return {name for name, _ in rows}
