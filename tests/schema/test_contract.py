"""The contract holds what it promises: its committed SDL, its descriptions, its shapes."""

import typing
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
)
from strawberry.types.base import StrawberryObjectDefinition

import schema
from schema.binding import fields_of
from schema.contract import contract, sdl

TYPES: dict[str, GraphQLNamedType] = {
    name: kind for name, kind in contract()._schema.type_map.items() if not name.startswith("__")
}
OURS = {name: kind for name, kind in TYPES.items() if name not in {"String", "Int", "Float", "Boolean", "ID", "UUID"}}
SCALARS = {"String", "Int", "Boolean", "ID", "UUID", "DateTime", "Date", "PhoneNumber", "Baht"}


def test_the_committed_sdl_is_current() -> None:
    committed = Path(schema.__file__).with_name("schema.graphql")
    assert committed.read_text(encoding="utf-8") == sdl(), "run: prasan export-schema schema/schema.graphql"


@pytest.mark.parametrize("name", OURS)
def test_everything_is_described_for_a_client_developer(name: str) -> None:
    kind = OURS[name]
    missing = [] if (kind.description or "").strip() else [name]
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in kind.fields.items():
            missing += [] if (field.description or "").strip() else [f"{name}.{field_name}"]
            missing += [
                f"{name}.{field_name}({a})" for a, arg in field.args.items() if not (arg.description or "").strip()
            ]
    elif isinstance(kind, GraphQLInputObjectType):
        missing += [f"{name}.{f}" for f, field in kind.fields.items() if not (field.description or "").strip()]
    elif isinstance(kind, GraphQLEnumType):
        missing += [f"{name}.{v}" for v, value in kind.values.items() if not (value.description or "").strip()]
    assert missing == []


def test_the_scalars_are_these_and_none_is_like_json() -> None:
    assert {name for name, kind in TYPES.items() if isinstance(kind, GraphQLScalarType)} == SCALARS


def test_no_name_carries_a_version_and_nothing_is_deprecated_yet() -> None:
    assert [name for name in TYPES if name[-1].isdigit()] == []
    assert "@deprecated" not in sdl()


def _definitions() -> list[StrawberryObjectDefinition]:
    found = [
        kind.extensions.get("strawberry-definition") for kind in OURS.values() if isinstance(kind, GraphQLObjectType)
    ]
    return [definition for definition in found if isinstance(definition, StrawberryObjectDefinition)]


def _rows_of(definition: StrawberryObjectDefinition) -> tuple[type, ...]:
    """Give the rows that `noun` bound the type to: the closure of its `is_type_of`."""
    check: Any = definition.is_type_of
    if check is None or check.__closure__ is None or "rows" not in check.__code__.co_freevars:
        return ()
    rows: tuple[type, ...] = check.__closure__[check.__code__.co_freevars.index("rows")].cell_contents
    return rows


NOUNS = {definition.name: definition for definition in _definitions() if _rows_of(definition)}


def test_the_nouns_of_the_contract_are_bound_to_rows() -> None:
    roots = {"Query", "Mutation", "Subscription"}
    streams = {"CaseEvent", "InboxEvent", "CursorMoved", "ResyncRequired", "AccessEnded", "ExportProgress"}
    refusals = {"InvalidInput", "NotFound", "NotPermitted", "NotPossible", "OperationReused", "VersionConflict"}
    objects = {name for name, kind in OURS.items() if isinstance(kind, GraphQLObjectType)}
    unbound = {name for name in objects if name not in NOUNS and not name.endswith("Payload")}
    generic = {name for name in unbound if name.endswith(("Connection", "Edge"))}
    assert unbound - generic == roots | streams | refusals


@pytest.mark.parametrize("name", NOUNS)
def test_every_plain_field_is_an_attribute_of_its_row(name: str) -> None:
    definition = NOUNS[name]
    plain = [field.python_name for field in definition.fields if field.base_resolver is None]
    for row in _rows_of(definition):
        missing = [field for field in plain if field not in getattr(row, "_fields", ())]
        assert missing == [], (name, row)


def test_a_field_is_never_null_only_if_its_row_never_has_none() -> None:
    """An absent value behind a non-null field would null its parents."""
    wrong = []
    for name, definition in NOUNS.items():
        told = OURS.get(name)
        for field in definition.fields:
            if not isinstance(told, GraphQLObjectType):  # a generic; its concrete ones are told apart
                continue
            graphql_name = contract().config.name_converter.get_graphql_name(field)
            if field.base_resolver is None and isinstance(told.fields[graphql_name].type, GraphQLNonNull):
                for row in _rows_of(definition):
                    hint = typing.get_type_hints(row)[field.python_name]
                    wrong += [f"{name}.{graphql_name}"] if type(None) in typing.get_args(hint) else []
    assert wrong == []


def test_a_leg_of_the_journey_tells_of_its_holder_alone() -> None:
    leg = TYPES["JourneyLeg"]
    assert isinstance(leg, GraphQLObjectType)
    assert list(leg.fields) == ["holder", "since", "until", "dwellSeconds", "dwellThai"]


def test_every_connection_is_asked_by_first_after_last_before_and_only_those_are() -> None:
    for kind in OURS.values():
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) or kind.name == "Subscription":
            continue
        for name, field in kind.fields.items():
            is_connection = get_named_type(field.type).name.endswith("Connection")
            paging = {"first": "Int", "after": "String", "last": "Int", "before": "String"}
            asked = {arg: str(given.type) for arg, given in field.args.items() if arg in paging}
            if (kind.name, name) == ("Query", "changes"):
                paging = {"first": "Int!"}  # a page of the feed, continued by `since` alone
            expected = paging if is_connection or name == "changes" else {}
            assert asked == expected, f"{kind.name}.{name}"


def test_every_connection_has_nodes_edges_page_info_and_total_count() -> None:
    connections = {name: kind for name, kind in OURS.items() if name.endswith("Connection")}
    nouns = (
        "AccessLogEntry Activity ActivityParticipant Area Attachment Case Citizen Deadline Disclosure Export Handover"
        " HandoverItem Incident Note Notice Office Referral Seat Statement Task TimelineEvent Visit Volunteer"
        " WebhookDelivery"
    )
    assert sorted(connections) == [f"{noun}Connection" for noun in nouns.split()]
    for name, kind in connections.items():
        noun = name.removesuffix("Connection")
        assert isinstance(kind, GraphQLObjectType)
        assert {field: str(told.type) for field, told in kind.fields.items()} == {
            "nodes": f"[{noun}!]!",
            "edges": f"[{noun}Edge!]!",
            "pageInfo": "PageInfo!",
            "totalCount": "TotalCount!",
            **({"stateCounts": "[StateCount!]!"} if noun == "Case" else {}),
        }


def test_every_mutation_takes_one_input_with_an_operation_id_and_answers_a_union_with_refusals() -> None:
    mutation, refusal = TYPES["Mutation"], TYPES["Refusal"]
    assert isinstance(mutation, GraphQLObjectType)
    assert isinstance(refusal, GraphQLInterfaceType)
    assert len(mutation.fields) == 72
    for name, field in mutation.fields.items():
        title = name[0].upper() + name[1:]
        assert {arg: str(given.type) for arg, given in field.args.items()} == {"input": f"{title}Input!"}
        given = TYPES[f"{title}Input"]
        assert isinstance(given, GraphQLInputObjectType)
        if name == "applyOperations":
            assert list(given.fields) == ["queueOwner", "operations"]  # each of them has an operationId of its own
        else:
            assert str(given.fields["operationId"].type) == "UUID!"
        result = get_named_type(field.type)
        assert isinstance(result, GraphQLUnionType)
        assert (str(field.type), result.types[0].name) == (f"{title}Result!", f"{title}Payload")
        assert all(refusal in member.interfaces for member in result.types[1:])
        versioned = "expectedVersion" in given.fields
        assert ("VersionConflict" in {member.name for member in result.types}) is versioned
        members = {"InvalidInput", "NotFound", "NotPermitted", "NotPossible", "OperationReused"}
        assert {member.name for member in result.types[1:]} - {"VersionConflict"} == members


def test_every_refusal_has_a_code_a_message_and_a_path() -> None:
    refusal = TYPES["Refusal"]
    assert isinstance(refusal, GraphQLInterfaceType)
    told = {name: str(field.type) for name, field in refusal.fields.items()}
    assert told == {"code": "RefusalCode!", "message": "String!", "path": "[String!]!"}
    assert len(contract()._schema.get_possible_types(refusal)) == 6


def test_alternatives_are_one_of_inputs() -> None:
    told = contract().execute_sync("{ __schema { types { name isOneOf } } }").data
    assert told is not None
    one_of = {kind["name"] for kind in told["__schema"]["types"] if kind["isOneOf"]}
    assert one_of == {"CaseRef", "CitizenRef", "OfficeRef", "HolderRef", "PersonRef", "VisitInput", "OfflineIntent"}
    assert sdl().count("@oneOf {") == 7


def test_fields_of_gives_the_declared_fields() -> None:
    nodes = contract().get_type_by_name("PageInfo")
    assert isinstance(nodes, StrawberryObjectDefinition)
    names = [field.python_name for field in fields_of(nodes.origin)]
    assert names == ["has_next_page", "has_previous_page", "start_cursor", "end_cursor"]
