"""What one document may ask: one pass over it, each fragment once, however often it is spread."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    ExecutableDefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

from resolvers.paging import MOST
from schema.binding import size_of


class Limits(NamedTuple):
    """Most levels, aliases, root fields and directives of a document; most objects that it may ask for."""

    depth: int
    aliases: int
    root_fields: int
    directives: int
    objects: int


class TooMuch(NamedTuple):
    """A limit that a document passes; `most` is the limit."""

    code: str
    message: str


@dataclass(slots=True)
class Weight:
    """Of a selection: its fields; levels, aliases, directives; objects, and objects for each item of its page."""

    fields: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    objects: int = 0
    per_item: int = 0

    def add(self, other: "Weight") -> None:
        """Count a selection that stands beside this one."""
        self.fields += other.fields
        self.depth = max(self.depth, other.depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.objects += other.objects
        self.per_item += other.per_item


PAGE_FIELDS = frozenset({"nodes", "edges"})


@dataclass
class _Weighing:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    known: dict[str, Weight] = field(default_factory=dict)

    def selections(self, selected: SelectionSetNode | None, kind: Any) -> Weight:
        total = Weight()
        for selection in selected.selections if selected else ():
            if isinstance(selection, FieldNode):
                total.add(self._field(selection, kind))
            elif isinstance(selection, FragmentSpreadNode):
                total.add(self._fragment(selection.name.value))
            elif isinstance(selection, InlineFragmentNode):
                inside = selection.type_condition
                within = self.schema.type_map[inside.name.value] if inside else kind
                total.add(self.selections(selection.selection_set, within))
            total.directives += len(selection.directives or ())
        return total

    def _fragment(self, name: str) -> Weight:
        if name not in self.known:
            fragment = self.fragments[name]
            kind = self.schema.type_map[fragment.type_condition.name.value]
            self.known[name] = self.selections(fragment.selection_set, kind)
        return self.known[name]

    def _field(self, node: FieldNode, kind: Any) -> Weight:
        """Weigh a field: its objects are counted once, or once for each item of a list."""
        name = node.name.value
        alias = 1 if node.alias and node.alias.value != name else 0
        declared = kind.fields.get(name) if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else None
        if declared is None or not is_composite_type(get_named_type(declared.type)):
            return Weight(fields=1, depth=1, aliases=alias)
        inner = self.selections(node.selection_set, get_named_type(declared.type))
        objects = 1 + inner.objects + inner.per_item * self._page_size(node)
        weight = Weight(1, inner.depth + 1, inner.aliases + alias, inner.directives)
        if name in PAGE_FIELDS and kind.name.endswith("Connection"):
            weight.per_item = objects
        else:
            weight.objects = objects * (size_of(declared) if _is_list(declared) else 1)
        return weight

    def _page_size(self, node: FieldNode) -> int:
        """Read `first` or `last`; what is missing or wrong is refused by the list itself."""
        for argument in node.arguments or ():
            if argument.name.value in {"first", "last"}:
                value: Any = None
                if isinstance(argument.value, IntValueNode):
                    value = int(argument.value.value[:6])
                elif isinstance(argument.value, VariableNode):
                    value = self.variables.get(argument.value.name.value)
                if isinstance(value, int):
                    return max(1, min(value, MOST))
        return MOST


def _is_list(declared: GraphQLField) -> bool:
    kind = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
    return isinstance(kind, GraphQLList)


def most_repeated(document: DocumentNode) -> int:
    """Tell how often the most frequent response name stands in a document that is not validated yet."""
    names: Counter[str] = Counter()
    left: list[SelectionSetNode] = [
        definition.selection_set
        for definition in document.definitions
        if isinstance(definition, ExecutableDefinitionNode)
    ]
    while left:
        for selection in left.pop().selections:
            if isinstance(selection, FieldNode):
                names[(selection.alias or selection.name).value] += 1
            inner = getattr(selection, "selection_set", None)
            if inner is not None:
                left.append(inner)
    return max(names.values(), default=0)


def passed_limit(
    schema: GraphQLSchema, document: DocumentNode, limits: Limits, variables: Mapping[str, Any]
) -> TooMuch | None:
    """Give the first limit that an operation of a valid document passes; None when all are kept.

    Introspection counts as nothing here: its depth is bounded by a validation rule of graphql-core.
    """
    try:
        return _passed_limit(schema, document, limits, variables)
    except RecursionError:
        return TooMuch("QUERY_TOO_DEEP", f"Ask for at most {limits.depth} levels of fields.")


def _passed_limit(
    schema: GraphQLSchema, document: DocumentNode, limits: Limits, variables: Mapping[str, Any]
) -> TooMuch | None:
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    weighing = _Weighing(schema, fragments, variables)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            root = schema.get_root_type(operation.operation)
            weight = weighing.selections(operation.selection_set, root)
            too_much = _compare(weight, limits)
            if too_much is not None:
                return too_much
    return None


def _compare(weight: Weight, limits: Limits) -> TooMuch | None:
    objects = weight.objects + weight.per_item
    for code, value, most, what in (
        ("QUERY_TOO_DEEP", weight.depth, limits.depth, "levels of fields"),
        ("TOO_MANY_ALIASES", weight.aliases, limits.aliases, "aliases"),
        ("TOO_MANY_ROOT_FIELDS", weight.fields, limits.root_fields, "fields at the root"),
        ("TOO_MANY_DIRECTIVES", weight.directives, limits.directives, "directives"),
        ("QUERY_TOO_LARGE", objects, limits.objects, "objects; ask for smaller pages (`first`)"),
    ):
        if value > most:
            return TooMuch(code, f"Ask for at most {most} {what}.")
    return None
