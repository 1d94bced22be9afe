"""Whoever is shown something of a person has looked: along every path of the contract, and nobody else has."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type
from sqlalchemy import exists, func, literal, select

from models import Case, CaseContent, Citizen, Note, table_of
from resolvers.looks import UnrecordedReadError, showing, shown_by
from schema.contract import contract
from server.settings import Settings
from tests.api import Api
from tests.casework.policy.eyes import eyes_of
from tests.fuzz.planted import (
    FILE,
    FOR_NOBODY,
    NOTE,
    NOTE_TO_HOLDER,
    OF_FULL,
    OF_WORK,
    PARTY,
    PARTY_ADDRESS,
    PARTY_PHONE,
    REASON,
    Planted,
    plant,
)
from tests.resolvers.test_one_door import arguments_of
from tests.world import AUDITOR, COORDINATOR, DLPW, OTHER_VOLUNTEER, World

LAST_FOUR = "4321"
OF_A_PERSON = {"Citizen", "Note", "Attachment", "Party", "AccessLogEntry"}
TEXTS = {"narrative", "workplaceName", "workplaceArea", "reason", "reply", "report", "lastFour"}
"""Fields of other types that say something of a person."""
NOT_FOLLOWED = {"viewerCan", "edges", "totalCount", "stateCounts"}
DEEPEST = 3
ROOTS = {
    "cases(first: 3) { nodes": ("Case", COORDINATOR),
    'caseByReference(reference: "@reference")': ("Case", COORDINATOR),
    'citizens(first: 3, filter: {search: "Zqgiven"}) { nodes': ("Citizen", COORDINATOR),
    'nodes(ids: ["@Note"]) { ... on Note': ("Note", OTHER_VOLUNTEER),
    'node(id: "@Attachment") { ... on Attachment': ("Attachment", COORDINATOR),
    'node(id: "@Party") { ... on Party': ("Party", COORDINATOR),
    'node(id: "@Referral") { ... on Referral': ("Referral", COORDINATOR),
}
"""Where paths begin: with the type there, and with somebody who sees all of it."""
Path = tuple[str, ...]


def paths(kind: Any, levels: int = DEEPEST, above: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Give the ways to leaves below a type, none through one type twice; deeper down one plain leaf of each will do."""
    if isinstance(kind, GraphQLUnionType):
        for one in kind.types:
            yield from ((f"... on {one.name}", *below) for below in paths(one, levels, above))
        return
    plain = 0
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        if name in NOT_FOLLOWED or below.name in above:
            continue
        if isinstance(below, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            asked = f"{name}(first: 20)" if "first" in field.args else f"{name}{arguments_of(field)}"
            deeper = paths(below, levels - 1, above | {kind.name}) if levels else ()
            yield from ((asked, *rest) for rest in deeper)
        elif name in TEXTS or kind.name in OF_A_PERSON or levels == DEEPEST or not plain:
            plain += name not in TEXTS
            yield (name,)


def query(root: str, path: Path) -> str:
    inner = " { ".join(path)
    opened = root.count("{") - root.count("}") + len(path)
    return f"{{ {root} {{ {inner} {'}' * opened} }}"


def is_of_a_person(kind: Any, path: Path) -> bool:
    """Does the path lead through a person's row, or end at a person's text?"""
    if kind.name in OF_A_PERSON:
        return True
    for name in path:
        if name.startswith("... on "):
            kind = contract()._schema.type_map[name.removeprefix("... on ")]
            continue
        kind, bare = get_named_type(kind.fields[name.partition("(")[0]].type), name.partition("(")[0]
        if bare in TEXTS or kind.name.removesuffix("Connection") in OF_A_PERSON or bare == "accessLog":
            return True
    return False


async def post(api: Api, text: str, by: str) -> tuple[UUID, str]:
    response = await api.client.post("/graphql", json={"query": text}, headers=api.headers(by))
    assert "errors" not in response.json(), (text, response.text)
    return UUID(response.headers["x-request-id"]), response.text


async def recorded(world: World) -> dict[UUID, set[int]]:
    """Give the citizens looked at by each request."""
    await world.recorder.flush()
    found: dict[UUID, set[int]] = {}
    for row in await world.rows("SELECT request_id, citizen_id FROM citizen_access"):
        found.setdefault(row.request_id, set()).add(row.citizen_id)
    return found


@pytest.fixture
async def planted(world: World, api: Api) -> Planted:
    made = await plant(api)
    assert await recorded(world) == {}
    return made


@pytest.mark.parametrize("root", ROOTS)
async def test_every_path_to_something_of_a_person_is_recorded_and_no_other(world: World, root: str) -> None:
    generous = Settings(rate_cost_per_second=0, document_cost=10**9, document_nodes=10**9)
    name, by = ROOTS[root]
    kind: Any = contract()._schema.type_map[name]
    words, shown, personal = {*OF_WORK, *OF_FULL, *FOR_NOBODY, LAST_FOUR}, set(), set()
    async with Api.around(world, generous) as api:
        made = await plant(api)
        read: set[str] = set()
        for path in paths(kind):
            request, text = await post(api, made.put_into(query(root, path)), by)
            found = {word for word in words if word in text}
            read |= found
            shown |= {request} if found else set()
            personal |= {request} if is_of_a_person(kind, path) else set()
    looks = await recorded(world)
    assert shown <= looks.keys() <= personal
    assert set().union(*looks.values()) == {await world.value('SELECT citizen_id FROM "case"')}
    assert read == READ[name]


OF_ALL = OF_WORK | OF_FULL | {LAST_FOUR}
READ = {
    "Case": OF_ALL,
    "Citizen": OF_ALL - {NOTE, REASON, FILE},  # too deep
    "Referral": OF_ALL,
    "Note": {NOTE_TO_HOLDER},
    "Attachment": {FILE},
    "Party": {PARTY, PARTY_PHONE, PARTY_ADDRESS},
}
"""The words to which the paths below each type have led."""
ALL_OF_IT = """{ cases(first: 9) { nodes { reference title narrative workplaceName citizen { name phones }
  parties { name phones } notes(first: 9) { nodes { text } } referrals(first: 9) { nodes { reason } }
  timeline(first: 20) { nodes { kind note { text } } } problems { outcome } } } }"""


@pytest.mark.parametrize("by", [AUDITOR, DLPW])
async def test_who_sees_a_case_without_its_person_has_not_looked(
    world: World, api: Api, planted: Planted, by: str
) -> None:
    assert planted.ids["@reference"] in (await post(api, ALL_OF_IT, by))[1]
    assert await recorded(world) == {}


async def test_cases_without_a_personal_field_are_no_look(world: World, api: Api, planted: Planted) -> None:
    asked = "{ cases(first: 9) { nodes { reference title state dueAt timeline(first: 9) { nodes { kind } } } } }"
    assert planted.ids["@reference"] in (await post(api, asked, COORDINATOR))[1]
    assert await recorded(world) == {}


ENTRIES = """SELECT a.purpose, a.level, c.reference FROM citizen_access a LEFT JOIN "case" c ON c.id = a.case_id"""


@pytest.mark.parametrize(
    ("asked", "purpose", "through_case"),
    [
        ("cases(first: 9) { nodes { citizen { name } } }", "LIST", True),
        ('cases(first: 9, filter: {search: "Zqgiven"}) { nodes { citizen { name } } }', "SEARCH", True),
        ("citizens(first: 9) { nodes { name } }", "LIST", False),
        ('citizens(first: 9, filter: {search: "Zqgiven"}) { nodes { name } }', "SEARCH", False),
        ('caseByReference(reference: "@reference") { citizen { name } }', "RECORD", True),
        ('caseByReference(reference: "@reference") { narrative }', "RECORD", True),
        ('node(id: "@Citizen") { ... on Citizen { name phones } }', "RECORD", False),
        ('node(id: "@Citizen") { ... on Citizen { name cases(first: 3) { nodes { narrative } } } }', "RECORD", True),
        ('node(id: "@Referral") { ... on Referral { reason } }', "RECORD", True),
        ('node(id: "@Party") { ... on Party { phones } }', "RECORD", True),
    ],
)
async def test_an_entry_tells_what_was_done_and_through_which_case(
    world: World, api: Api, planted: Planted, asked: str, purpose: str, *, through_case: bool
) -> None:
    request, _ = await post(api, planted.put_into(f"{{ {asked} }}"), COORDINATOR)
    assert list(await recorded(world)) == [request]
    reference = planted.ids["@reference"] if through_case else None
    assert await world.rows(ENTRIES) == [(purpose, 4, reference)]
    by = await world.actor(COORDINATOR)
    whom = await world.rows("SELECT seat_id, account_id, at FROM citizen_access")
    assert whom == [(by.seat_id, by.account_id, world.now)]


async def test_under_many_aliases_a_citizen_is_looked_at_once(world: World, api: Api, planted: Planted) -> None:
    aliases = " ".join(f"a{n}: name b{n}: phones" for n in range(10))
    several = f'{{ a: node(id: "@Citizen") {{ ... on Citizen {{ {aliases} }} }} b: cases(first: 1) {{ nodes {{ x: id '
    several += "c: citizen { name } d: citizen { givenName } e: narrative f: narrative } } }"
    await post(api, planted.put_into(several), COORDINATOR)
    await world.recorder.flush()
    assert await world.rows(ENTRIES) == [("LIST", 4, planted.ids["@reference"])]


async def test_a_citizen_of_two_cases_is_looked_at_through_each(world: World, api: Api, planted: Planted) -> None:
    citizen_id = await world.value('SELECT citizen_id FROM "case"')
    await world.case(OTHER_VOLUNTEER, area="430201", citizen_id=citizen_id)
    await post(api, "{ cases(first: 9) { nodes { narrative citizen { name } } } }", COORDINATOR)
    await world.recorder.flush()
    references = {row.reference for row in await world.rows('SELECT reference FROM "case"')}
    assert len(references) == 2
    assert set(await world.rows(ENTRIES)) == {("LIST", 4, reference) for reference in references}
    assert planted.ids["@reference"] in references


async def test_two_hundred_citizens_of_one_request_are_all_recorded(world: World, api: Api) -> None:
    first = await world.citizen(OTHER_VOLUNTEER)
    async with world.owner.begin() as connection:
        copies = "SELECT (jsonb_populate_record(t, jsonb_build_object('id', t.id + n))).* FROM citizen t"
        await connection.exec_driver_sql(f"INSERT INTO citizen {copies}, generate_series(1, 199) n")
    both = "{ a: citizens(first: 100) { nodes { name } } b: citizens(last: 100) { nodes { name } } }"
    request, _ = await post(api, both, OTHER_VOLUNTEER)
    assert await recorded(world) == {request: set(range(first, first + 200))}
    assert await world.value("SELECT count(*) FROM citizen_access") == 200


async def test_the_request_id_is_ours_whatever_a_client_sends(world: World, api: Api, planted: Planted) -> None:
    headers = {**api.headers(COORDINATOR), "x-request-id": "'; DROP TABLE citizen --"}
    asked = planted.put_into('{ node(id: "@Citizen") { ... on Citizen { name } } }')
    response = await api.client.post("/graphql", json={"query": asked}, headers=headers)
    assert list(await recorded(world)) == [UUID(response.headers["x-request-id"])]


async def test_a_mutation_that_shows_the_citizen_is_a_look(world: World, api: Api, planted: Planted) -> None:
    case, given = {"id": planted.ids["@Case"]}, {"text": "โทรแล้ว", "audience": "CASE"}
    await api.do("addNote", OTHER_VOLUNTEER, want="note { text }", case=case, **given)
    await world.recorder.flush()
    assert await world.rows(ENTRIES) == [("CHANGE", 4, planted.ids["@reference"])]


async def test_a_conflict_that_shows_the_citizen_is_a_look(world: World, api: Api, planted: Planted) -> None:
    given = {"operationId": "6f6b0b5e-6a54-4d3c-8d53-0d5c1a0a9f10", "case": {"id": planted.ids["@Case"]}}
    asked = """mutation ($input: UpdateCaseStatusInput!) { updateCaseStatus(input: $input) {
      ... on VersionConflict { current { ... on Case { citizen { name } } } } } }"""
    answer = await api.ask(asked, OTHER_VOLUNTEER, input={**given, "expectedVersion": 99, "state": "IN_PROGRESS"})
    assert "Zqgiven" in str(answer)
    await world.recorder.flush()
    assert await world.rows(ENTRIES) == [("CHANGE", 4, planted.ids["@reference"])]


async def test_a_statement_that_shows_a_person_and_does_not_say_whom_is_refused(world: World) -> None:
    case_id = await world.case()
    content, note, citizen = table_of(CaseContent), table_of(Note), table_of(Citizen)
    inner = select(note.c.text).lateral("inner")
    async with eyes_of(world, COORDINATOR) as context:
        for unmarked in (
            select(content.c.narrative),
            select(func.upper(citizen.c.given_name).label("loud")),
            select(inner),
            select(select(citizen.c.family_name).limit(1).scalar_subquery().label("hidden")),
        ):
            with pytest.raises(UnrecordedReadError):
                await context.rows(unmarked)
        mark = {"citizen_id": literal(7), "case_id": literal(case_id), "level": literal(3)}
        marked = select(content.c.narrative, *(value.label(name) for name, value in mark.items()))
        assert [row.narrative for row in await context.rows(showing(marked))] == ["นายจ้างค้างค่าจ้างสองเดือน"]
        assert [entry.citizen_id for entry in _entries(context)] == [7]


def _entries(context: Any) -> Any:
    return context.looks.entries(context.by, request_id="0" * 32, at=context.now)


def test_counts_and_row_ids_show_nobody() -> None:
    citizen, note, case = table_of(Citizen), table_of(Note), table_of(Case)
    counted = select(func.count()).select_from(select(note.c.text).subquery())
    for statement in (
        counted,
        select(case.c.id, counted.scalar_subquery().label("counted")),
        select(citizen.c.id, citizen.c.area_code),
        select(exists().where(citizen.c.given_name == "x")),
        select(case.c.title, case.c.citizen_id),
    ):
        assert shown_by(statement) is None
