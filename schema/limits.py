"""What one document may ask, compared with what it weighs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    ExecutableDefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
)

from schema.weights import Weighing, Weight


class Limits(NamedTuple):
    """Most levels, aliases, root fields and directives of a document; most nodes of its answer; most cost."""

    depth: int
    aliases: int
    root_fields: int
    directives: int
    nodes: int
    cost: int


class TooMuch(NamedTuple):
    """A limit that a document passes, as a code and a sentence."""

    code: str
    message: str


class Verdict(NamedTuple):
    """The first limit that an operation of a document passes; what each operation costs, by its name."""

    too_much: TooMuch | None
    costs: Mapping[str | None, int]


def most_repeated(document: DocumentNode) -> int:
    """Tell how often the most frequent response name stands in a document that is not validated yet."""
    names = Counter((field.alias or field.name).value for field in _fields(document))
    return max(names.values(), default=0)


def _fields(document: DocumentNode) -> Iterator[FieldNode]:
    """Give every field that is written in a document, fragments once."""
    left = [d.selection_set for d in document.definitions if isinstance(d, ExecutableDefinitionNode)]
    while left:
        for selection in left.pop().selections:
            if isinstance(selection, FieldNode):
                yield selection
            inner: SelectionSetNode | None = getattr(selection, "selection_set", None)
            if inner is not None:
                left.append(inner)


INTROSPECTION = frozenset({"__schema", "__type"})


def introspects(document: DocumentNode) -> bool:
    """Does a valid document ask about the contract itself?"""
    return any(field.name.value in INTROSPECTION for field in _fields(document))


def judge(schema: GraphQLSchema, document: DocumentNode, limits: Limits, variables: Mapping[str, Any]) -> Verdict:
    """Weigh the operations of a valid document.

    Introspection weighs nothing here: its depth is bounded by a validation rule of graphql-core.
    """
    try:
        return _judge(schema, document, limits, variables)
    except RecursionError:
        return Verdict(TooMuch("QUERY_TOO_DEEP", f"Ask for at most {limits.depth} levels of fields."), {})


def _judge(schema: GraphQLSchema, document: DocumentNode, limits: Limits, variables: Mapping[str, Any]) -> Verdict:
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    weighing = Weighing(schema, fragments, variables)
    costs: dict[str | None, int] = {}
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            weight = weighing.selections(operation.selection_set, schema.get_root_type(operation.operation))
            too_much = _compare(weight, limits)
            if too_much is not None:
                return Verdict(too_much, {})
            costs[operation.name.value if operation.name else None] = weight.cost
    return Verdict(None, costs)


def _compare(weight: Weight, limits: Limits) -> TooMuch | None:
    for code, value, most, what in (
        ("QUERY_TOO_DEEP", weight.depth, limits.depth, "levels of fields"),
        ("TOO_MANY_ALIASES", weight.aliases, limits.aliases, "aliases"),
        ("TOO_MANY_ROOT_FIELDS", weight.fields, limits.root_fields, "fields at the root"),
        ("TOO_MANY_DIRECTIVES", weight.directives, limits.directives, "directives"),
        ("QUERY_TOO_LARGE", weight.cost, limits.cost, "objects; ask for smaller pages (`first`)"),
        ("TOO_MANY_NODES", weight.nodes, limits.nodes, "objects and values; ask for smaller pages (`first`)"),
    ):
        if value > most:
            return TooMuch(code, f"Ask for at most {most} {what}.")
    return None
