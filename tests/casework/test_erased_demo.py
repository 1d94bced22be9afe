"""Every citizen of the played demo who may be erased is erased: what remains answers every post as before."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from casework.demo.loader import load_cases
from casework.demo.scripts import read_by_hand
from casework.journal import verify
from casework.rules.states import ENDED
from models.privacy_words import ErasureGround, Obstacle
from models.vocabulary import CaseState
from server.settings import Settings
from tests.api import Api
from tests.casework.whole_person import erase
from tests.resolvers.test_one_door import parts, types, whole
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, DOE, MENTOR, SSO, VOLUNTEER, World

CITIZENS = 'SELECT DISTINCT citizen_id FROM "case" ORDER BY citizen_id'
EVERYTHING = Settings(
    document_cost=10**9,
    document_nodes=10**9,
    document_tokens=10**6,
    body_bytes=10**7,
    request_seconds=60,
    rate_cost_per_second=0,
)


@pytest.fixture(scope="module")
async def erased(_world: World) -> AsyncIterator[tuple[World, dict[int, Any]]]:
    """The 60 cases that are written by hand, all ended ones of whose citizens are erased."""
    await load_cases(_world.owner, _world.reference, _world.keys, progress=lambda *_: None, scripts=read_by_hand())
    ids = [citizen_id for (citizen_id,) in await _world.rows(CITIZENS)]
    outcomes = {citizen_id: await erase(_world, citizen_id, ErasureGround.OBJECTION) for citizen_id in ids}
    yield _world, outcomes
    await _world.clear()


async def test_exactly_those_without_an_open_case_are_erased(erased: tuple[World, dict[int, Any]]) -> None:
    world, outcomes = erased
    all_ended = 'SELECT citizen_id FROM "case" GROUP BY 1 HAVING bool_and(state = ANY(:ended))'
    ended = await world.rows(all_ended, ended=[state.value for state in ENDED])
    assert len(ended) == 5
    assert {citizen_id for citizen_id, erasure in outcomes.items() if erasure.done} == {row[0] for row in ended}
    refused = [erasure.obstacles for erasure in outcomes.values() if not erasure.done]
    assert {obstacles[0] for obstacles in refused} == {Obstacle.OPEN_CASE}


async def test_the_journal_of_what_remains_holds(erased: tuple[World, dict[int, Any]]) -> None:
    world, _ = erased
    async with world.owner.connect() as connection:
        assert (await verify(connection, progress=lambda _: None)).breaks == []


@pytest.mark.parametrize("by", [VOLUNTEER, MENTOR, COORDINATOR, DLPW, SSO, DOE, AUDITOR, ADMIN])
async def test_every_field_answers_every_post_without_an_error(erased: tuple[World, dict[int, Any]], by: str) -> None:
    world, _ = erased
    states = ", ".join(sorted(ENDED))
    async with Api.around(world, EVERYTHING) as api:
        for query in (
            *(
                f"{{ cases(first: 100, filter: {{states: [{states}]}}) {{ nodes {{ {part} }} }} }}"
                for part in parts(types()["Case"], 2)
            ),
            f"{{ citizens(first: 100) {{ nodes {{ {whole(types()['Citizen'], 1)} }} totalCount {{ count }} }} }}",
            "{ cases(first: 10) { totalCount { count } stateCounts { state count } } }",
        ):
            assert "errors" not in await api.answer(query, by), query


async def test_erased_cases_still_count_and_say_that_they_are_erased(erased: tuple[World, dict[int, Any]]) -> None:
    world, outcomes = erased
    done = {citizen_id for citizen_id, erasure in outcomes.items() if erasure.done}
    query = "{ cases(first: 100) { nodes { state erasedAt narrative citizen { name givenName erasedAt phones } } } }"
    async with Api.around(world, EVERYTHING) as api:
        nodes = (await api.ask(query, COORDINATOR, language="th"))["cases"]["nodes"]
    assert len(nodes) == 60
    gone = [node for node in nodes if node["erasedAt"] is not None]
    assert {node["state"] for node in gone} == {CaseState.WITHDRAWN.value, CaseState.OUT_OF_SCOPE.value}
    assert len(gone) == len(done)
    for node in gone:
        citizen = node["citizen"]
        assert (node["narrative"], citizen["name"], citizen["givenName"]) == ("", "(ลบข้อมูลแล้ว)", "")
        assert (citizen["phones"], citizen["erasedAt"]) == ([], node["erasedAt"])
    assert all(node["citizen"]["givenName"] for node in nodes if node["erasedAt"] is None)
