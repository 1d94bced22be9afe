"""Whatever is asked, by whomever: no 5xx, no fault, no text of one, and not a word that the role may not read."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, Phase, given, settings

from server.settings import Settings
from tests.api import Api
from tests.fuzz.documents import MUTATIONS, QUERIES
from tests.fuzz.planted import EVERYTHING, GAINS, GUEST, HIDDEN, IDENTIFIER, Planted, plant
from tests.world import OTHER_VOLUNTEER, World

WIDE = Settings(
    document_tokens=100_000,
    document_depth=100,
    document_aliases=1000,
    document_root_fields=1000,
    document_directives=1000,
    document_cost=1_000_000,
    document_nodes=10_000_000,
    rate_cost_per_second=0,
    body_bytes=1_000_000,
)
"""The limits have tests of their own; here documents shall reach the resolvers."""
TRACES = (
    "Traceback",
    "sqlalchemy",
    "asyncpg",
    "psycopg",
    "graphql.",
    'File "',
    ".py",
    "Exception",
    "SELECT ",
    "INSERT ",
)
FIXED = settings(
    max_examples=40,
    phases=[Phase.generate],  # a failure tells its document; shrinking would take minutes
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""The same documents at every run."""


@pytest.fixture
async def wide(world: World) -> AsyncIterator[tuple[Api, Planted]]:
    async with Api.around(world, WIDE) as api:
        yield api, await plant(api)


async def check(api: Api, query: str, by: str | None, hidden: frozenset[str]) -> None:
    headers = {**api.headers(by), "accept": "application/graphql-response+json"}
    with structlog.testing.capture_logs() as logged:
        response = await api.client.post("/graphql", json={"query": query}, headers=headers)
    assert response.status_code in {200, 400}, response.text
    assert [entry for entry in logged if entry["log_level"] in {"error", "critical"}] == [], query
    errors: list[dict[str, Any]] = response.json().get("errors", [])
    assert {error["extensions"]["code"] for error in errors} & {"INTERNAL", "UNAVAILABLE"} == set()
    told = "\n".join(error["message"] for error in errors)
    assert [trace for trace in TRACES if trace in told] == []
    assert [word for word in hidden if word in response.text] == [], query


ALL_OF_IT = """query ($id: ID!) { node(id: $id) { ... on Case {
  narrative workplaceName citizen { name phones addresses identifiers { kind lastFour } }
  parties { name phones addresses } notes(first: 9) { nodes { text } }
  attachments(first: 9) { nodes { fileName } } referrals(first: 9) { nodes { reason } }
} } }"""


async def test_whoever_may_reads_every_planted_word_but_the_identifier(wide: tuple[Api, Planted]) -> None:
    api, planted = wide
    answer = str(await api.ask(ALL_OF_IT, OTHER_VOLUNTEER, id=planted.ids["@Case"]))
    assert {word for word in EVERYTHING if word not in answer} == {IDENTIFIER, GUEST}
    for by in HIDDEN:
        await check(
            api, ALL_OF_IT.replace("($id: ID!)", "").replace("$id", f'"{planted.ids["@Case"]}"'), by, HIDDEN[by]
        )


@FIXED
@given(query=QUERIES)
async def test_no_query_brings_down_or_shows_anything(wide: tuple[Api, Planted], query: str) -> None:
    api, planted = wide
    for by, hidden in HIDDEN.items():
        await check(api, planted.put_into(query), by, hidden)


@pytest.mark.parametrize("by", HIDDEN, ids=str)
@FIXED
@given(mutation=MUTATIONS)
async def test_no_mutation_brings_down_or_shows_anything(
    wide: tuple[Api, Planted], by: str | None, mutation: str
) -> None:
    api, planted = wide
    await check(api, planted.put_into(mutation), by, frozenset() if by in GAINS else HIDDEN[by])
