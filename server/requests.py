"""GraphQL requests as clients write them: every other shape is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

DEEPEST = 64
"""How deep variables may nest; inputs of the contract need four levels."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a client wants executed; `query` may be the id of a trusted document until it is looked up."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None


class BadRequest(Exception):  # noqa: N818 - an answer, not an error
    """The request is not GraphQL over HTTP; `status` and `code` say how."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def read_request(body: bytes | bytearray | str) -> Request:
    """Read a GraphQL request from JSON; refuse every other shape."""
    try:
        return request_of(orjson.loads(body))
    except orjson.JSONDecodeError:
        raise BadRequest(400, "BODY_NOT_JSON", "Send a JSON object in UTF-8.") from None


def request_of(given: Any) -> Request:
    """Check a decoded GraphQL request."""
    if not isinstance(given, dict):
        raise BadRequest(400, "BODY_NOT_AN_OBJECT", "Send one JSON object; batches are not taken.")
    query, variables, name = document_of(given), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "QUERY_MISSING", "Send the document in `query`, or its id in `documentId`, as a string.")
    if not isinstance(variables, dict | None) or _depth(variables) > DEEPEST:
        raise BadRequest(400, "VARIABLES_INVALID", f"Send `variables` as an object, at most {DEEPEST} levels deep.")
    if not isinstance(name, str | None):
        raise BadRequest(400, "OPERATION_NAME_INVALID", "Send `operationName` as a string.")
    return Request(query, variables, name or None)


def document_of(given: Mapping[str, Any]) -> Any:
    """Give the document's text, or its id when only that is sent."""
    return given.get("documentId") if given.get("query") is None else given["query"]


def _depth(value: Any) -> int:
    """Count levels without recursion; stops as soon as the limit is passed."""
    level, layer = 0, [value]
    while layer and level <= DEEPEST:
        layer = [
            inner
            for outer in layer
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        level += 1
    return level
