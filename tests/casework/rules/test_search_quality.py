"""How well the search finds what people mean, measured by sentences and queries that were judged by reading."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from sqlalchemy import text

from casework.rules.words import words_of, words_wanted
from tests.docs.pages import read
from tests.world import World

FOLDER = Path(__file__).parent


def _read(name: str) -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return read


SENTENCES: dict[int, str] = _read("search_sentences.yaml")


class Quality(NamedTuple):
    """Shares of what should be found that was found, and of what was found that should be; over all queries."""

    recall: float
    precision: float


async def _measure(world: World, queries: dict[Any, list[int]]) -> Quality:
    found = should = both = 0
    vectors = [{"id": number, "words": words_of(None, [sentence])} for number, sentence in SENTENCES.items()]
    async with world.owner.connect() as connection:
        await connection.execute(text("CREATE TEMPORARY TABLE told (id integer, words tsvector) ON COMMIT DROP"))
        await connection.execute(text("INSERT INTO told VALUES (:id, CAST(CAST(:words AS text) AS tsvector))"), vectors)
        ask = text("SELECT id FROM told WHERE words @@ CAST(CAST(:query AS text) AS tsquery)")
        for query, relevant in queries.items():
            given = {"query": words_wanted(str(query))}
            answered = set((await connection.execute(ask, given)).scalars())
            found, should = found + len(answered), should + len(relevant)
            both += len(answered & set(relevant))
    return Quality(both / should, both / found)


@pytest.mark.parametrize(
    ("name", "count", "floor"),
    [
        ("search_queries.yaml", 134, Quality(recall=0.98, precision=0.98)),  # measured: 0.986 and 0.989
        ("search_queries_unseen.yaml", 62, Quality(recall=0.97, precision=0.98)),  # measured: 0.975 and 0.992
    ],
)
async def test_the_search_finds_what_is_meant_and_little_else(
    world: World, name: str, count: int, floor: Quality
) -> None:
    queries = _read(name)
    assert (len(SENTENCES), len(queries)) == (150, count)
    quality = await _measure(world, queries)
    assert quality.recall >= floor.recall
    assert quality.precision >= floor.precision
    assert f"| {quality.recall:.3f} | {quality.precision:.3f} |" in read("docs/reference/search.md")


@pytest.mark.parametrize("name", ["search_queries.yaml", "search_queries_unseen.yaml"])
def test_every_judged_sentence_exists_and_is_judged_once(name: str) -> None:
    for query, relevant in _read(name).items():
        assert set(relevant) <= set(SENTENCES), query
        assert sorted(set(relevant)) == sorted(relevant), query
