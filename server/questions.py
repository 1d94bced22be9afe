"""Questions of followers: what decides an answer, apart from the place where each of them goes on."""

from typing import Any, NamedTuple, cast
from uuid import UUID

import orjson
from graphql import (
    FieldNode,
    NamedTypeNode,
    Node,
    OperationDefinitionNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_operation_ast,
    visit,
)

from server.auth import Caller
from server.documents import Document
from server.requests import Request

PLACE = "after"
"""The argument of a subscription that says where to go on; it decides nothing of what an event's answer holds."""


class Question(NamedTuple):
    """All that decides what an event's answer holds: the document, its variables, and in whose eyes.

    The account counts beside its post: a second person must approve, and who looked is recorded.
    """

    query: str
    operation: str | None
    variables: bytes
    subject: UUID | None
    seat: int | None
    thai: bool


class Place(NamedTuple):
    """Where a follower wants to go on: behind a cursor, or from now on (None); and in which stream."""

    stream: str
    cursor: Any


def asked(document: Document, request: Request, caller: Caller) -> tuple[Question, Place | None]:
    """Part a subscription into a question and a place; without a place where the variables alone do not tell it."""
    given = dict(request.variables or {})
    operation = None if document.ast is None else get_operation_ast(document.ast, request.operation_name)
    root = None if operation is None else operation.selection_set.selections[0]
    place: Place | None = None
    if operation is not None and isinstance(root, FieldNode):
        wanted = [argument.value for argument in root.arguments or () if argument.name.value == PLACE]
        if not wanted:
            place = Place(root.name.value, None)
        elif isinstance(wanted[0], VariableNode) and _is_for_that_alone(operation, document, wanted[0].name.value):
            place = Place(root.name.value, given.pop(wanted[0].name.value, None))
    variables = orjson.dumps(given, option=orjson.OPT_SORT_KEYS)
    question = Question(request.query, request.operation_name, variables, caller.subject, caller.held, caller.thai)
    return question, place


def _is_for_that_alone(operation: OperationDefinitionNode, document: Document, name: str) -> bool:
    """Does a variable say where to go on and nothing else, and is it none when it is not given?"""
    for declared in operation.variable_definitions or ():
        if declared.variable.name.value == name:
            may_be_absent = isinstance(declared.type, NamedTypeNode) and declared.default_value is None
            return may_be_absent and _uses(cast("Node", document.ast), name) == 1
    return False


def _uses(document: Node, name: str) -> int:
    """Count where a variable is used; where it is declared does not count."""
    found = 0

    class Counting(Visitor):
        def enter_variable(self, node: VariableNode, _key: Any, parent: Any, *_: Any) -> None:
            nonlocal found
            found += node.name.value == name and not isinstance(parent, VariableDefinitionNode)

    visit(document, Counting())
    return found
