"""graphql-core's executor, with what it looks up for each field of each row looked up once for each selection."""

from collections.abc import Callable
from typing import Any, NamedTuple

from graphql import GraphQLField, GraphQLObjectType, get_nullable_type, is_leaf_type, is_non_null_type
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.binding import READ


class Leaf(NamedTuple):
    """A field that is read off the row at once and is a scalar or an enum."""

    read: Callable[[Any, Any], Any]
    write: Callable[[Any], Any]
    nullable: bool


def leaf_of(field: GraphQLField | None) -> Leaf | None:
    """Tell how to read and write a field; None when it takes arguments, awaits or has fields of its own."""
    read = field.extensions.get(READ) if field is not None and not field.args else None
    kind = get_nullable_type(field.type) if field is not None else None
    if read is None or not is_leaf_type(kind):
        return None
    return Leaf(read, kind.coerce_output_value, field is not None and not is_non_null_type(field.type))


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Executes one operation; whatever is out of the ordinary goes graphql-core's own way, errors included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._leaves: dict[int, tuple[Any, Leaf | None]] = {}

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_details_list: Any, path: Any, position_context: Any
    ) -> Any:
        """Answer a leaf without building what no resolver of a leaf asks for: a third of a board's CPU time."""
        known = self._leaves.get(id(field_details_list)) or self._look_up(parent_type, field_details_list)
        leaf = known[1]
        if leaf is not None:
            try:
                value = leaf.read(source, self.context_value)
                written = None if value is None else leaf.write(value)
            except Exception:  # noqa: BLE001 - graphql-core meets it again and says where
                return super().execute_field(parent_type, source, field_details_list, path, position_context)
            if written is not None or (value is None and leaf.nullable):
                return written
        return super().execute_field(parent_type, source, field_details_list, path, position_context)

    def _look_up(self, parent_type: GraphQLObjectType, field_details_list: Any) -> tuple[Any, Leaf | None]:
        """Keep the list of a selection beside what was found: so its id names nothing else meanwhile."""
        field = self.schema.get_field(parent_type, field_details_list[0].node.name.value)
        known = self._leaves[id(field_details_list)] = (field_details_list, leaf_of(field))
        return known
