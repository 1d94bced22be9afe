"""What can be asked of guarded rows, read off the contract: every field that leads to them, some levels deep."""

from functools import cache
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
)

from schema.contract import contract

Tree = dict[str, "Tree | None"]
"""A selection: fields by name, None for a leaf."""

GUARDED = frozenset(
    {
        "Activity",
        "Case",
        "Citizen",
        "Referral",
        "Note",
        "Attachment",
        "Party",
        "Problem",
        "TimelineEvent",
        "Deadline",
        "Incident",
        "Notice",
        "Task",
        "Visit",
    }
)
"""Types whose rows are seen by some and not by others."""
KEYS = {"Office": "code", "Agency": "code", "Area": "code", "ProblemType": "code", "Seat": "id", "Volunteer": "id"}
"""By what a thing of the public directory is told apart; nothing guarded is reached from it."""
SHORT = frozenset({"Activity"})
"""Told by its id where a case leads to it: it is walked from its own list, or documents would grow too long."""
COMPOSITE = (GraphQLObjectType, GraphQLInterfaceType, GraphQLUnionType)
LEFT_OUT = frozenset(
    {
        "cursor",
        "startCursor",
        "endCursor",
        "viewerCan",
        "eventsCursor",
        "summary",
        "dwellSeconds",
        "accessLog",
        "items",
        "suggestAssignees",
        "because",
        "download",
    }
)
"""Opaque, rules for everybody, computed from what is compared, or compared elsewhere: `viewerCan` in
tests/schema/test_viewer_can.py, the `items` of a handover in test_handovers.py, `suggestAssignees` in
test_suggest_assignees.py, `download` in tests/server/test_files_given.py, and `accessLog`, which grows while it is
read, in a test of its own."""


def is_left_out(name: str) -> bool:
    return name in LEFT_OUT or name.endswith("Thai")


def types() -> dict[str, GraphQLNamedType]:
    return contract()._schema.type_map


def fields(kind: str) -> dict[str, GraphQLField]:
    found: Any = types()[kind]
    return {} if isinstance(found, GraphQLUnionType) else dict(found.fields)


def named(field: GraphQLField) -> GraphQLNamedType:
    return get_named_type(field.type)


def is_leaf(field: GraphQLField) -> bool:
    return not isinstance(named(field), COMPOSITE)


@cache
def leads_to_guarded(kind: str) -> bool:
    """Can guarded rows be reached from here?"""
    seen, coming = set[str](), [kind]
    while coming:
        at = coming.pop()
        if at in GUARDED:
            return True
        if at not in seen:
            seen.add(at)
            told = {name: field for name, field in fields(at).items() if not is_left_out(name)}
            below = [named(field) for field in told.values() if not is_leaf(field)]
            coming += [one.name for one in below]
            coming += [one.name for one in _members(types()[at])]
    return False


def _members(kind: GraphQLNamedType) -> tuple[GraphQLNamedType, ...]:
    if isinstance(kind, GraphQLUnionType):
        return tuple(kind.types)
    if isinstance(kind, GraphQLInterfaceType):
        return tuple(contract()._schema.get_possible_types(kind))
    return ()


def tree(kind: str, depth: int, *, edges: bool = False) -> Tree:
    """Select all of a type; `depth` counts the guarded rows on the way down, the first of them included.

    Lists are read through their `nodes`, or through their `edges`.
    """
    left = depth - (kind in GUARDED)
    chosen: Tree = {"__typename": None}
    for name, field in fields(kind).items():
        below = named(field).name
        if is_left_out(name) or name == ("nodes" if edges else "edges"):
            continue
        if is_leaf(field):
            chosen[name] = None
        elif kind in GUARDED and below in SHORT:
            chosen[name] = {"id": None}
        elif below in KEYS and not leads_to_guarded(below):
            chosen[name] = {KEYS[below]: None}
        elif not _is_further(kind, below) or left:
            chosen[name] = tree(below, left, edges=edges)
    return chosen


def _is_further(kind: str, below: str) -> bool:
    """Does this step lead from one guarded row to another?"""
    return kind in GUARDED and leads_to_guarded(below)


def paths(kind: str, depth: int, *, edges: bool = False) -> list[Tree]:
    """Select everything down to a depth in several parts, one for each first step: no document may be too long."""
    whole = tree(kind, depth, edges=edges)
    deeper = [name for name, below in whole.items() if below is not None]
    further = [name for name in deeper if _is_further(kind, named(fields(kind)[name]).name)]
    return [tree(kind, 1, edges=edges), *({"id": None, name: whole[name]} for name in further)]


def written(selection: Tree, kind: str) -> str:
    """Write a selection as GraphQL; every list is read to its end."""
    words = []
    for name, below in selection.items():
        if below is None:
            words.append(name)
            continue
        field = fields(kind)[name]
        arguments = "(first: 100)" if "first" in field.args else ""
        words.append(f"{name}{arguments} {{ {written(below, named(field).name)} }}")
    return " ".join(words)
