"""Limits of a document: counted in one pass, before anything is executed, however the document is dressed up."""

from itertools import cycle
from typing import Any

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode, parse

from schema.contract import contract
from schema.weights import Weighing, Weight
from server.settings import Settings
from tests.api import Api
from tests.world import VOLUNTEER, World

CHAIN = (
    "{ agencies { ...f0 } } "
    + " ".join(f"fragment f{n} on Agency {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40))
    + " fragment f40 on Agency { offices { code } }"
)
"""Forty fragments that each spread the next one twice: 2^40 fields, if somebody walks them."""
NOTES = "notes(last: 100) { nodes { id } }"
REFUSED = [
    ("{ areas(first: 1) { nodes " + "{ parent " * 11 + "{ code }" + "}" * 12 + "}", "QUERY_TOO_DEEP"),
    ("{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }", "TOO_MANY_ALIASES"),
    ("{ agencies { " + " ".join(f"a{n}: code" for n in range(31)) + " } }", "TOO_MANY_ALIASES"),
    ("{ ...f } fragment f on Query { " + "viewer { seat { id } } " * 21 + "}", "TOO_MANY_ROOT_FIELDS"),
    ("{ agencies { " + "... @include(if: true) { code } " * 51 + "} }", "TOO_MANY_DIRECTIVES"),
    ("{ cases(first: 100) { nodes { timeline(first: 100) { nodes { id } } } } }", "QUERY_TOO_LARGE"),
    (
        "{ cases(first: 99) { ...p } } fragment p on CaseConnection { edges { node { " + NOTES + " } } }",
        "QUERY_TOO_LARGE",
    ),
    ("{ cases { nodes { timeline { nodes { id } } } } }", "QUERY_TOO_LARGE"),
    ("{ cases(first: 100) { nodes { " + " ".join(["id", "reference", "state"] * 33) + " } } }", "TOO_MANY_NODES"),
    ("{ agencies { offices { province { children { children { name } } } } } }", "QUERY_TOO_LARGE"),
    ("{ areas(first: 1) { nodes { " + "children { parent { " * 3 + "code" + " } }" * 3 + " } } }", "QUERY_TOO_LARGE"),
]


def _code(answer: dict[str, Any]) -> str | None:
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer and "data" not in answer else None


@pytest.mark.parametrize(("query", "code"), REFUSED, ids=range(len(REFUSED)))
async def test_a_document_that_asks_too_much_is_refused_before_it_runs(
    world: World, api: Api, query: str, code: str
) -> None:
    await world.case()
    with api.statements() as seen:
        assert _code(await api.answer(query, VOLUNTEER)) == code
    assert seen == []


BOMB = (
    "{ agencies { ...f0 } } "
    + " ".join(f"fragment f{n} on Agency {{ ...f{n + 1} ...f{n + 1} }}" for n in range(22))
    + " fragment f22 on Agency { code }"
)
"""The 23 chained fragments that cost the stock limiters seconds."""


class Counted(Weighing):
    """Counts how many selections are looked at: a measure that no other load on the machine changes."""

    looks = 0

    def selections(self, selected: SelectionSetNode | None, kind: Any) -> Weight:
        self.looks += 1
        return super().selections(selected, kind)


def test_a_bomb_of_23_fragments_is_weighed_in_25_looks() -> None:
    schema, document = contract()._schema, parse(BOMB)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    weighing = Counted(schema, fragments, {})
    assert weighing.selections(operation.selection_set, schema.query_type).depth == 2
    assert (len(fragments), weighing.looks) == (23, 25)


async def test_nodes_are_the_objects_and_the_values_of_an_answer(world: World, api: Api) -> None:
    await world.case()
    for values, code in ((98, None), (99, "TOO_MANY_NODES")):
        fields = " ".join(
            f"{name}" for name, _ in zip(cycle(("id", "reference", "state")), range(values), strict=False)
        )
        assert _code(await api.answer(f"{{ cases(first: 100) {{ nodes {{ {fields} }} }} }}", VOLUNTEER)) == code


@pytest.mark.parametrize(("cost", "code"), [(101, None), (100, "QUERY_TOO_LARGE")])
async def test_cost_and_nodes_are_settings_of_their_own(world: World, cost: int, code: str | None) -> None:
    for settings, refusal in (
        (Settings(document_cost=cost), code),
        (Settings(document_nodes=2 * cost - 1), code and "TOO_MANY_NODES"),
    ):
        async with Api.around(world, settings) as api:
            assert _code(await api.answer("{ cases(first: 100) { nodes { id } } }", VOLUNTEER)) == refusal


@pytest.mark.parametrize(
    ("asked", "given", "length"),
    [("", None, 5), ("(most: 20)", None, 20), ("(most: $n)", 3, 3), ("(most: 21)", None, 20), ("(most: $n)", 999, 20)],
)
async def test_a_plain_list_weighs_what_is_asked_for_by_most(
    world: World, asked: str, given: int | None, length: int
) -> None:
    query = f"query ($n: Int = 7) {{ cases(first: 50) {{ nodes {{ suggestAssignees{asked} {{ score }} }} }} }}"
    query = query if "$n)" in asked else query.replace("query ($n: Int = 7) ", "")
    variables: dict[str, Any] = {} if given is None else {"n": given}
    for cost, code in ((51 + 50 * length, None), (50 + 50 * length, "QUERY_TOO_LARGE")):
        async with Api.around(world, Settings(document_cost=cost)) as api:
            assert _code(await api.answer(query, VOLUNTEER, **variables)) == code


async def test_fragments_that_spread_fragments_are_weighed_once_each(api: Api) -> None:
    assert _code(await api.answer(CHAIN)) == "QUERY_TOO_LARGE"


async def test_page_sizes_in_variables_count_as_they_are_given(world: World, api: Api) -> None:
    await world.case()
    query = """query ($cases: Int!, $events: Int = 100) {
      cases(first: $cases) { nodes { timeline(first: $events) { nodes { id } } } } }"""
    sizes: tuple[tuple[dict[str, Any], str | None], ...] = (
        ({"cases": 1}, None),
        ({"cases": 100}, "QUERY_TOO_LARGE"),
        ({"cases": 100, "events": 10}, None),
        ({"cases": 2_000_000, "events": 1}, None),
        ({"cases": 100, "events": 100}, "QUERY_TOO_LARGE"),
    )
    for given, code in sizes:
        assert _code(await api.answer(query, VOLUNTEER, **given)) == code, given


async def test_a_list_of_nodes_by_their_ids_counts_every_one_of_them(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Case { timeline(first: 100) { nodes { id } } } } }"
    assert _code(await api.answer(query, VOLUNTEER, ids=[case] * 100)) == "QUERY_TOO_LARGE"


async def test_the_canonical_questions_are_within_the_limits(world: World, api: Api) -> None:
    await world.case()
    await api.ask(
        "{ cases(first: 50) { nodes { id referrals(first: 5) { nodes { id } } citizen { name } } } }", VOLUNTEER
    )
    await api.ask("{ cases(first: 20) { nodes { timeline(last: 20) { nodes { actor { name } } } } } }", VOLUNTEER)
