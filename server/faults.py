"""Errors as clients may see them: refusals and mistakes told, faults masked and logged with the request's id."""

import re
from collections.abc import Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any

import asyncpg
import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from casework.errors import Refusal, RefusalCode

log = structlog.get_logger()

UNAVAILABLE = (
    "UNAVAILABLE",
    "ระบบไม่พร้อมให้บริการชั่วคราว กรุณาลองใหม่ด้วย operationId เดิม",
    "The service is not available for a moment; try again with the same operationId.",
)
INTERNAL = (
    "INTERNAL",
    "เกิดข้อผิดพลาดในระบบ กรุณาแจ้งรหัสคำขอนี้",
    "Something went wrong here; report the request id.",
)
RETRY_AFTER = 1
"""Seconds after which a client may send the same again when the service was not available."""
MOST_FRAMES = 12
_GONE = (
    OSError,
    TimeoutError,
    PoolTimeout,
    OperationalError,
    InterfaceError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
)
_RETRYABLE_STATES = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE that pass: connection, rollback, resources, lock not available, operator intervention."""


_VALUES = (
    (re.compile(r"[,;]? found: .*", re.DOTALL), "."),
    (re.compile(r" Found: .*", re.DOTALL), ""),
    (re.compile(r"(cannot represent [^:]*): .*", re.DOTALL), r"\1."),
    (re.compile(r"Value .* does not exist in ", re.DOTALL), "This value does not exist in "),
    (re.compile(r"(found|Unexpected) (Int|Float|String|BlockString) .*", re.DOTALL), r"\1 \2."),
)
"""Where graphql-core's messages repeat values."""


def is_passing(error: BaseException) -> bool:
    """May the same request succeed a moment later?

    A server that is starting or full refuses the connection itself: the driver's own error, which nothing wraps.
    """
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    state = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)
    return str(state).startswith(_RETRYABLE_STATES) if state else isinstance(error, _GONE)


def described(error: BaseException) -> dict[str, Any]:
    """Describe a fault for the log: its type and where it happened; its text may hold personal data and stays out."""
    frames = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return {"error": type(error).__name__, "sqlstate": state, "frames": frames[-MOST_FRAMES:]}


def without_values(message: str) -> str:
    """Leave out what was sent: graphql-core repeats a whole record for one wrong field, and clients log messages."""
    for pattern, instead in _VALUES:
        message = pattern.sub(instead, message)
    return message


def as_told(errors: Sequence[GraphQLError], *, thai: bool, request_id: str) -> list[dict[str, Any]]:
    """Give each error's answer: message, place, and `extensions` with a stable code and the request's id.

    A fault is logged once, at the first of the fields that it takes with it.
    """
    logged: set[int] = set()
    for error in errors:
        fault = error.original_error
        if fault is not None and id(fault) not in logged and _is_fault(error):
            logged.add(id(fault))
            log.error("request.fault", request_id=request_id, field=error.path, **described(fault))
    return [_told(error, thai=thai, request_id=request_id) for error in errors]


def _is_fault(error: GraphQLError) -> bool:
    """Is it neither a refusal nor a mistake of the one who asks?"""
    original = error.original_error
    return original is not None and not isinstance(original, Refusal | GraphQLError) and not _is_coercion(error)


def _told(error: GraphQLError, *, thai: bool, request_id: str) -> dict[str, Any]:
    told: dict[str, Any] = {"message": error.message}
    original = error.original_error
    if isinstance(original, Refusal):
        told["message"] = original.sentence(thai=thai)
        code, more = original.code.value, {"path": list(original.path), **_when_to_retry(original)}
    elif original is None or not _is_fault(error):
        told["message"] = without_values(error.message)
        code = "GRAPHQL_PARSE_FAILED" if isinstance(error, GraphQLSyntaxError) else "GRAPHQL_VALIDATION_FAILED"
        more = {}
    else:
        passing = is_passing(original)
        code, th, en = UNAVAILABLE if passing else INTERNAL
        told["message"], more = (th if thai else en), ({"retryAfter": RETRY_AFTER} if passing else {})
    if error.locations:
        told["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        told["path"] = error.path
    return {**told, "extensions": {"code": code, "requestId": request_id, **more}}


def _when_to_retry(refused: Refusal) -> dict[str, int]:
    return {"retryAfter": refused.facts["seconds"]} if refused.code is RefusalCode.RATE_LIMITED else {}


def _is_coercion(error: GraphQLError) -> bool:
    """A scalar that refused its literal or variable: raised before anything was resolved, so it has no path."""
    return error.path is None and isinstance(error.original_error, ValueError)


def unavailable(*, thai: bool, request_id: str) -> dict[str, Any]:
    """Give the error of a request that nobody could judge now."""
    code, th, en = UNAVAILABLE
    told = simple_error(code, th if thai else en, request_id=request_id)
    told["extensions"]["retryAfter"] = RETRY_AFTER
    return told


def simple_error(code: str, message: str, *, request_id: str) -> dict[str, Any]:
    """Give an error that belongs to the request as a whole."""
    return {"message": message, "extensions": {"code": code, "requestId": request_id}}
