"""Every statement that reads case or personal data for somebody starts from the door, and from an index."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from graphql import GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, GraphQLUnionType, get_named_type
from sqlalchemy import ClauseElement, Executable, Row, select, text
from sqlalchemy.ext.compiler import compiles

from casework.policy.visibility import BY_SEAT, door
from models import Case, table_of
from models.vocabulary import CaseState, SeatKind
from resolvers.context import Context
from schema.contract import contract
from server.settings import Settings
from tests.api import Api
from tests.casework import situations
from tests.one_door import GUARDED, goes_through_the_door, reads_guarded
from tests.schema.scenes_of_endings import merged
from tests.world import COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

MOST_LEVELS = 3
SCANNED = re.compile(r'Seq Scan on "?(\w+)')
Seen = dict[Executable, set[str]]
"""Statements, each with the guarded tables that it would read from end to end for rows that are given by their ids."""


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Collect what the resolvers ask the database."""
    seen: Seen = {}
    ask = Context.rows

    async def noting(
        self: Context, statement: Executable, given: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        rows = await ask(self, statement, given)
        if statement not in seen and reads_guarded(statement):
            seen[statement] = await walked(self, statement, given) if given and "ids" in given else set()
        return rows

    monkeypatch.setattr(Context, "rows", noting)
    return seen


class Explained(Executable, ClauseElement):
    """The plan of a statement."""

    inherit_cache = False

    def __init__(self, statement: Any) -> None:
        self.statement = statement


@compiles(Explained)
def _explain(explained: Explained, compiler: Any, **given: Any) -> str:
    return f"EXPLAIN {compiler.process(explained.statement, **given)}"


async def walked(context: Context, statement: Any, given: Mapping[str, Any]) -> set[str]:
    """Ask for the plan that the actor gets where reading a table from end to end is the last resort."""
    connection = context._connection
    assert connection is not None
    assert context.by is not None
    values = {**context.by.scope_at(context.now), **given}
    async with context._queue:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        lines = (await connection.execute(Explained(statement), values)).scalars().all()
        await connection.execute(text("SET LOCAL enable_seqscan = on"))
    return {match[1] for line in lines if (match := SCANNED.search(line))} & GUARDED


CROWD = (
    """INSERT INTO citizen SELECT (jsonb_populate_record(NULL::citizen, to_jsonb(c) || jsonb_build_object(
        'id', -n, 'registered_by_seat_id', -n, 'registered_at', c.registered_at - interval '9 years',
        'merged_into_citizen_id', null))).* FROM (SELECT * FROM citizen LIMIT 1) c, generate_series(1, 4000) n""",
    """INSERT INTO "case" SELECT (jsonb_populate_record(NULL::"case", to_jsonb(c) || jsonb_build_object(
        'id', -n, 'citizen_id', -n, 'reference', 'of the crowd ' || n, 'province_code', '10', 'amphoe_code', '1001',
        'holder_seat_id', -n, 'holder_office_id', null, 'opened_at', c.opened_at - interval '9 years',
        'updated_at', c.updated_at - interval '9 years'))).*
        FROM (SELECT * FROM "case" LIMIT 1) c, generate_series(1, 4000) n""",
    """INSERT INTO participation SELECT (jsonb_populate_record(NULL::participation, to_jsonb(p) || jsonb_build_object(
        'id', -n, 'case_id', -n, 'seat_id', -n, 'office_id', null))).*
        FROM (SELECT * FROM participation LIMIT 1) p, generate_series(1, 4000) n""",
    'ANALYZE citizen, "case", participation',
)
"""Cases of nobody who asks, in another province: of a table of three rows PostgreSQL gladly reads all of them."""


async def crowd(world: World) -> None:
    async with world.sweeper.begin() as connection:
        for statement in CROWD:
            await connection.exec_driver_sql(statement)


GIVEN = {"first": "(first: 2)", "month": '(month: "2026-10-01")'}
"""For fields that cannot do without."""


def arguments_of(field: Any) -> str:
    return next((given for name, given in GIVEN.items() if name in field.args), "")


def whole(kind: GraphQLNamedType, levels: int = MOST_LEVELS) -> str:
    """Select every field below a type that needs no arguments of its own, some levels deep."""
    if isinstance(kind, GraphQLUnionType):
        return " ".join(["__typename", *(f"... on {one.name} {{ {whole(one, levels)} }}" for one in kind.types)])
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    chosen = ["__typename"]
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        is_leaf = not isinstance(below, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
        if name == "viewerCan" or (levels == 0 and not is_leaf) or below.name == "Case":
            continue
        arguments = arguments_of(field)
        inner = "" if is_leaf else f" {{ {whole(below, levels - 1)} }}"
        chosen.append(f"{name}{arguments}{inner}")
    return " ".join(chosen)


def parts(kind: Any, levels: int) -> Iterator[str]:
    """Select the leaves of a type, then each thing below it by itself: no document asks for a field too often."""
    composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
    below = {name: get_named_type(field.type) for name, field in kind.fields.items() if name != "viewerCan"}
    yield " ".join(name for name, inner in below.items() if not isinstance(inner, composite))
    for name, inner in below.items():
        if isinstance(inner, composite) and inner.name != "Case":
            arguments = arguments_of(kind.fields[name])
            yield f"{name}{arguments} {{ {whole(inner, levels - 1)} }}"


def types() -> Mapping[str, GraphQLNamedType]:
    return contract()._schema.type_map


async def everything(world: World, api: Api) -> list[str]:
    """Make a case with everything in it, and one that was merged into it; give queries for all of it."""
    case_id, _ = await merged(world)
    await situations.status(world, case_id, CaseState.SCREENING)
    await situations.bring(world, await world.referral(case_id), situations.R.COMPLETED)
    await situations.asked(world, case_id)
    ids = f'(id: "{api.id("Case", case_id)}")'
    search = '(first: 3, filter: {search: "ค่าจ้าง", agency: "DLPW", overdue: false, followed: false})'
    return [
        *(
            f"{{ node{ids} {{ ... on Case {{ {name}{arguments} {{ {whole(below, 2)} }} }} }} }}"
            for name, arguments, below in _below_case()
            if below.name != "Case"
        ),
        *(
            f"{{ node{ids} {{ ... on Case {{ {name} {{ {part} }} }} }} }}"
            for name in ("mergedInto", "mergedCases")
            for part in parts(types()["Case"], 2)
        ),
        *(f"{{ cases{search} {{ nodes {{ {part} }} }} }}" for part in parts(types()["Case"], 2)),
        f"{{ cases{search} {{ totalCount {{ count }} stateCounts {{ state count }} }} }}",
        "{ cases(first: 3, orderBy: PRIORITY) { nodes { id } } }",
        f'{{ citizens(first: 3, filter: {{search: "ใจดี"}}) {{ nodes {{ {whole(types()["Citizen"], 2)} }} }} }}',
    ]


def _below_case() -> Iterator[tuple[str, str, GraphQLNamedType]]:
    case: Any = types()["Case"]
    for name, field in case.fields.items():
        below = get_named_type(field.type)
        if isinstance(below, GraphQLObjectType | GraphQLUnionType) and name != "viewerCan":
            yield name, arguments_of(field), below


@pytest.mark.parametrize("by", [VOLUNTEER, MENTOR, COORDINATOR, DLPW])
async def test_every_statement_on_a_guarded_table_goes_through_the_door_and_finds_given_rows_by_an_index(
    world: World, statements: Seen, by: str
) -> None:
    generous = Settings(
        document_cost=10**9,
        document_nodes=10**9,
        document_tokens=10**6,
        body_bytes=10**7,
        request_seconds=60,
        rate_cost_per_second=0,
    )
    async with Api.around(world, generous) as api:
        queries = await everything(world, api)
        await crowd(world)
        for query in queries:
            assert "errors" not in await api.answer(query, by), query
    assert {"case", "citizen"} <= {table for statement in statements for table in reads_guarded(statement)}
    outside = {str(statement) for statement in statements if not goes_through_the_door(statement)}
    assert outside == set()
    assert {str(statement): tables for statement, tables in statements.items() if tables} == {}


def test_the_check_tells_a_statement_that_goes_around_the_door() -> None:
    the_case = table_of(Case)
    around = select(the_case.c.id).where(the_case.c.holder_seat_id == BY_SEAT)
    assert reads_guarded(around) == {"case"}
    assert not goes_through_the_door(around)
    assert goes_through_the_door(select(the_case.c.id).where(door(SeatKind.VOLUNTEER).allowed))
    assert goes_through_the_door(
        select(select(the_case.c.id).where(door(SeatKind.VOLUNTEER).allowed).subquery("inner").c.id)
    )
