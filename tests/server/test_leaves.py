"""The lean executor answers as graphql-core's own does, errors and their places included."""

from enum import Enum
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    execute_sync,
    parse,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.binding import READ
from server.leaves import Execution, leaf_of


class Colour(Enum):
    RED = "red"


def field(kind: Any, name: str, **args: GraphQLArgument) -> GraphQLField:
    """A field that is read off a dict; `absent` keys raise."""
    return GraphQLField(
        kind,
        args=args,
        resolve=lambda row, _info, **_given: row[name],
        extensions={READ: lambda row, _context: row[name]},
    )


COLOUR = GraphQLEnumType("Colour", {"RED": Colour.RED})
THING: GraphQLObjectType = GraphQLObjectType(
    "Thing",
    lambda: {
        "name": field(GraphQLNonNull(GraphQLString), "name"),
        "size": field(GraphQLInt, "size"),
        "colour": field(COLOUR, "colour"),
        "sized": field(GraphQLInt, "size", by=GraphQLArgument(GraphQLInt)),
        "things": field(GraphQLList(THING), "things"),
        "tags": field(GraphQLList(GraphQLString), "tags"),
    },
)
SCHEMA = GraphQLSchema(GraphQLObjectType("Query", {"thing": field(THING, "thing")}))
WHOLE = {"name": "a", "size": 3, "colour": Colour.RED, "tags": ["x"], "things": []}


@pytest.mark.parametrize(
    ("query", "thing"),
    [
        ("{ thing { name size colour tags } }", WHOLE),
        ("{ thing { __typename first: name again: name ...F } } fragment F on Thing { size things { name } }", WHOLE),
        ("{ thing { things { name size } } }", {**WHOLE, "things": [WHOLE, {**WHOLE, "size": None}]}),
        ("{ thing { sized(by: 2) } }", WHOLE),
        ("{ thing { size name } }", {**WHOLE, "name": None}),
        ("{ thing { size name } }", {"name": "a"}),
        ("{ thing { name size } }", {**WHOLE, "size": "three"}),
        ("{ thing { name colour } }", {**WHOLE, "colour": "blue"}),
        ("{ thing { things { name } } }", {**WHOLE, "things": [WHOLE, {"size": 1}]}),
        ("{ thing { name @skip(if: true) size @include(if: true) } }", WHOLE),
    ],
)
def test_the_answer_is_the_one_of_graphql_core(query: str, thing: dict[str, Any]) -> None:
    lean, stock = (
        execute_sync(SCHEMA, parse(query), {"thing": thing}, executor_class=executor)
        for executor in (Execution, StrawberryGraphQLCoreExecutionContext)
    )
    assert lean.data == stock.data
    assert [error.formatted for error in lean.errors or []] == [error.formatted for error in stock.errors or []]


def test_only_a_scalar_or_an_enum_without_arguments_that_is_read_at_once_is_a_leaf() -> None:
    leaves = {name for name, kind in THING.fields.items() if leaf_of(kind)}
    assert leaves == {"name", "size", "colour"}
    assert leaf_of(GraphQLField(GraphQLString)) is None
    assert leaf_of(None) is None
