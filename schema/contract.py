"""The contract as one schema object, and its SDL."""

from functools import cache

import strawberry
from graphql import GraphQLArgument, GraphQLInputField, GraphQLInputObjectType, GraphQLObjectType, Undefined
from strawberry.schema.config import StrawberryConfig

from schema.binding import answer_directly
from schema.operations.roots import Mutation, Query, Subscription
from schema.scalars import SCALARS
from schema.types.seat import Mentor, StaffSeat, Volunteer


@cache
def contract() -> strawberry.Schema:
    """Build the schema once."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Volunteer, Mentor, StaffSeat],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    _leave_out_null_defaults(schema)
    answer_directly(schema._schema)  # noqa: SLF001 - as below
    return schema


def _leave_out_null_defaults(schema: strawberry.Schema) -> None:
    """An argument that may be left out has no default to tell: Strawberry would print `= null` for each."""
    for kind in schema._schema.type_map.values():  # noqa: SLF001 - Strawberry has no public way to it
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                for argument in field.args.values():
                    _leave_out(argument)
        elif isinstance(kind, GraphQLInputObjectType):
            for given in kind.fields.values():
                _leave_out(given)


def _leave_out(given: GraphQLArgument | GraphQLInputField) -> None:
    if given.default_value is None:
        given.default_value = Undefined


def sdl() -> str:
    """Give the schema in GraphQL's own language; schema/schema.graphql is the committed copy."""
    return contract().as_str() + "\n"
