"""What a document weighs: one pass over it, each fragment once, however often it is spread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
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
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

from resolvers.paging import MOST
from schema.binding import size_of


@dataclass(slots=True)
class Weight:
    """Of a selection: its fields; levels, aliases, directives; what it costs, and what each item of its page costs.

    An object costs 1, times the sizes of the lists around it. A node is anything in the answer, an object or a value.
    """

    fields: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    cost_per_item: int = 0
    nodes: int = 0
    nodes_per_item: int = 0

    def add(self, other: "Weight") -> None:
        """Count a selection that stands beside this one."""
        self.fields += other.fields
        self.depth = max(self.depth, other.depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.cost += other.cost
        self.cost_per_item += other.cost_per_item
        self.nodes += other.nodes
        self.nodes_per_item += other.nodes_per_item


PAGE_FIELDS = frozenset({"nodes", "edges"})


@dataclass
class Weighing:
    """Weighs the selections of one document; `variables` are read for the sizes of pages."""

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
            return Weight(fields=1, depth=1, aliases=alias, nodes=1)
        inner = self.selections(node.selection_set, get_named_type(declared.type))
        page = self._page_size(node)
        cost, nodes = 1 + inner.cost + inner.cost_per_item * page, 1 + inner.nodes + inner.nodes_per_item * page
        weight = Weight(1, inner.depth + 1, inner.aliases + alias, inner.directives)
        if name in PAGE_FIELDS and kind.name.endswith("Connection"):
            weight.cost_per_item, weight.nodes_per_item = cost, nodes
        else:
            size = self._list_size(node, declared) if _is_list(declared) else 1
            weight.cost, weight.nodes = cost * size, nodes * size
        return weight

    def _page_size(self, node: FieldNode) -> int:
        """Read `first` or `last`; what is missing or wrong is refused by the list itself."""
        asked = self._asked(node, {"first", "last"})
        return MOST if asked is None else max(1, min(asked, MOST))

    def _list_size(self, node: FieldNode, declared: GraphQLField) -> int:
        """A plain list is as long as its declaration says, unless its argument `most` asks for less."""
        longest, most = size_of(declared), declared.args.get("most")
        if most is None:
            return longest
        told = any(argument.name.value == "most" for argument in node.arguments or ())
        asked = self._asked(node, {"most"}) if told else most.default_value
        return longest if asked is None else max(1, min(asked, longest))

    def _asked(self, node: FieldNode, names: set[str]) -> int | None:
        """Read the first of these arguments that is a number."""
        for argument in node.arguments or ():
            if argument.name.value in names:
                value: Any = None
                if isinstance(argument.value, IntValueNode):
                    value = int(argument.value.value[:6])
                elif isinstance(argument.value, VariableNode):
                    value = self.variables.get(argument.value.name.value)
                if isinstance(value, int):
                    return value
        return None


def _is_list(declared: GraphQLField) -> bool:
    kind = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
    return isinstance(kind, GraphQLList)
