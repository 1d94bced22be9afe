"""Messages of graphql-transport-ws: what is wrong with a client's, and how ours are made."""

from typing import Any

import orjson
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import Operation

from server.execution import new_request_id
from server.faults import simple_error
from server.requests import document_of


def what_is_wrong(message: Any) -> str | None:
    """Say why a message is none of the protocol's; None when it is one. Unknown types are the library's to refuse."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return "A message is an object with a type"
    if message["type"] in {"subscribe", "complete"} and not isinstance(message.get("id"), str):
        return "This message needs an id"
    if message["type"] != "subscribe":
        return None
    payload = message.get("payload")
    if not isinstance(payload, dict) or not isinstance(document_of(payload), str):
        return "A subscribe message needs a payload with a query or a documentId"
    payload["query"] = document_of(payload)  # the library knows no ids; `answers` looks it up
    if not isinstance(payload.get("variables"), dict | None):
        return "Variables are an object"
    return None if isinstance(payload.get("operationName"), str | None) else "An operationName is a string"


def frame(operation: Operation[Any, None], kind: str, **more: Any) -> Any:
    """Give a frame of the protocol that belongs to an operation."""
    return {"id": operation.id, "type": kind, **more}


def next_of(operation: Operation[Any, None]) -> str:
    """Begin a `next` frame of an operation: an answer that was written for many and a brace end it."""
    return f'{{"id":{orjson.dumps(operation.id).decode()},"type":"next","payload":'


def too_many(operation_id: str, why: str) -> Any:
    """Refuse an operation where as many as may be are under way."""
    error = simple_error("OPERATIONS_TOO_MANY", why, request_id=new_request_id())
    return {"id": operation_id, "type": "error", "payload": [error]}
