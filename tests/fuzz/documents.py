"""Documents as hypothesis-graphql makes them from the committed SDL, with values that lead somewhere."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLNonNull,
    IntValueNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    print_ast,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import mutations, nodes, queries

from tests.docs.pages import ROOT

SCHEMA = build_schema((ROOT / "schema/schema.graphql").read_text(encoding="utf-8"))
IDS = (
    "@Case",
    "@Citizen",
    "@Activity",
    "@Referral",
    "@Note",
    "@Attachment",
    "@Party",
    "@Seat",
    "@Office",
    "@reference",
    "",
)
TEXTS = ("@reference", "@Case", "430201", "43", "DLPW-43", "UNPAID_WAGES", "SSO", "ค่าจ้าง", "Zq", "\x00", "ก" * 10_001)
SCALARS = {
    "DateTime": st.sampled_from(["2026-11-20T09:00:00+07:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "x"]),
    "Date": st.sampled_from(["2026-12-01", "0001-01-01", "9999-12-31", "2569-12-01", "x"]),
    "PhoneNumber": st.sampled_from(["0812345678", "+66819990001", "191", ""]),
    "Baht": st.sampled_from(["1250.50", "-1", "NaN", "1e400", "999999999999999"]),
    "UUID": st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number))),
}
_STRATEGIES = {name: values.map(nodes.String) for name, values in SCALARS.items()}
LATER = frozenset({"last", "before", "after"})


class Likely(Visitor):
    """Puts known ids, words and small pages where anything would fit, and keeps to one member of `@oneOf`."""

    def __init__(self, draw: st.DrawFn, types: TypeInfo) -> None:
        super().__init__()
        self._draw = draw
        self._types = types

    def enter_field(self, node: Any, *_: Any) -> Any:
        """Ask for one page: most generated `first` and `last` stand beside each other, which is refused."""
        names = {argument.name.value for argument in node.arguments}
        if "first" not in names or self._draw(st.integers(0, 9)) == 0:
            return None
        size = IntValueNode(value=str(self._draw(st.integers(1, 5))))
        kept = [each for each in node.arguments if each.name.value not in LATER | {"first"}]
        return replace(node, arguments=(*kept, ArgumentNode(name=NameNode(value="first"), value=size)))

    def enter_object_value(self, node: ObjectValueNode, *_: Any) -> Any:
        kind = get_named_type(self._types.get_input_type())
        if isinstance(kind, GraphQLInputObjectType) and kind.is_one_of:
            name = self._draw(st.sampled_from(sorted(kind.fields)))
            text: Any = StringValueNode(value=self._draw(st.sampled_from(IDS)))
            found = next((each.value for each in node.fields if each.name.value == name), text)
            value = text if isinstance(found, NullValueNode) else found
            return replace(node, fields=(ObjectFieldNode(name=NameNode(value=name), value=value),))
        return None

    def leave_string_value(self, *_: Any) -> Any:
        kind = get_named_type(self._types.get_input_type())
        name = kind.name if kind is not None else ""
        if name in {"ID", "String"}:
            return StringValueNode(value=self._draw(st.sampled_from(IDS if name == "ID" else TEXTS)))
        return None

    def leave_int_value(self, node: IntValueNode, *_: Any) -> Any:
        if isinstance(self._types.get_input_type(), GraphQLNonNull):  # versions
            return IntValueNode(value=str(self._draw(st.integers(1, 4))))
        return node


@st.composite
def _likely(draw: st.DrawFn, made: st.SearchStrategy[DocumentNode]) -> str:
    document, types = draw(made), TypeInfo(SCHEMA)
    likely: DocumentNode = visit(document, TypeInfoVisitor(types, Likely(draw, types)))
    return print_ast(likely)


def _of(make: Any, names: list[str]) -> st.SearchStrategy[str]:
    """Documents of one root field each, so that none is left out."""

    def about(name: str) -> st.SearchStrategy[str]:
        made = make(SCHEMA, fields=[name], custom_scalars=_STRATEGIES, print_ast=lambda document: document)
        return _likely(made)

    return st.sampled_from(names).flatmap(about)


assert SCHEMA.query_type is not None
assert SCHEMA.mutation_type is not None
QUERIES = _of(queries, sorted(SCHEMA.query_type.fields))
MUTATIONS = _of(mutations, sorted(SCHEMA.mutation_type.fields))
