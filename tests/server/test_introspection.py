"""Who may ask about the contract itself, and who is told what a misspelt name may have meant."""

from typing import Any

import pytest

from server.settings import Settings
from tests.api import Api
from tests.world import VOLUNTEER, World

SCHEMA = "{ __schema { queryType { name } } }"
KIND = '{ ...a } fragment a on Query { b: __type(name: "Case") { name } }'
MISSPELT: list[tuple[str, dict[str, Any]]] = [
    ("{ agencie { code } }", {}),
    ("{ agencies { cod } }", {}),
    ("{ areas(firs: 1) { nodes { code } } }", {}),
    ("query ($a: CaseFilte) { agencies { code } }", {}),
    ("{ cases(first: 1, orderBy: UPDATE) { nodes { id } } }", {}),
    ("query ($a: CaseOrder) { cases(first: 1, orderBy: $a) { nodes { id } } }", {"a": "DUEE"}),
    ("query ($a: CaseFilter) { cases(first: 1, filter: $a) { nodes { id } } }", {"a": {"state": 1}}),
]


@pytest.mark.parametrize(
    ("settings", "anonymous", "signed_in"),
    [
        ({"demo": True}, True, True),
        ({"demo": False}, False, True),
        ({"demo": True, "introspection": "signed-in"}, False, True),
        ({"demo": False, "introspection": "everybody"}, True, True),
        ({"demo": True, "introspection": "nobody"}, False, False),
    ],
    ids=str,
)
async def test_the_contract_is_told_to_whom_the_setting_says(
    world: World, settings: dict[str, Any], *, anonymous: bool, signed_in: bool
) -> None:
    async with Api.around(world, Settings(**settings)) as api:
        for by, told in ((None, anonymous), (VOLUNTEER, signed_in)):
            for query in (SCHEMA, KIND):
                answer = await api.answer(query, by)
                codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
                assert (codes, "data" in answer) == (([], True) if told else (["INTROSPECTION_OFF"], False))
            suggested = [
                "Did you mean" in error["message"]
                for query, variables in MISSPELT
                for error in (await api.answer(query, by, **variables))["errors"]
            ]
            assert any(suggested) is told
            assert len(suggested) >= len(MISSPELT)


async def test_a_name_that_is_known_from_an_answer_is_no_introspection(world: World) -> None:
    async with Api.around(world, Settings(demo=False)) as api:
        assert await api.ask("{ __typename agencies { __typename } }") == {
            "__typename": "Query",
            "agencies": [{"__typename": "Agency"}] * 5,
        }
