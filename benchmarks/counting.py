"""How many SQL statements the service runs for an operation: asked in this process, where they can be counted."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import event

from benchmarks.contests import Contest
from casework.access import Entry
from casework.demo.network import subject_of
from schema.contract import contract
from server.auth import Caller
from server.database import DatabaseUrls, read_url
from server.execution import QUERIES_AND_MUTATIONS, Executor, new_request_id
from server.requests import Request
from server.runtime import running
from server.settings import Settings

NAMES = ("PRASAN_DATABASE_URL", "PRASAN_OWNER_URL", "PRASAN_WORKER_URL")


class _Forgetful:
    async def record(self, entries: Sequence[Entry]) -> None:
        """Lets them go."""


async def count_statements(contest: Contest, environment: dict[str, str]) -> int:
    """Count those of the second time: a connection's first statements ask for types."""
    urls = DatabaseUrls(*(read_url(environment[name], name) for name in NAMES))
    settings, secret = Settings(), environment["PRASAN_SECRET"].encode()
    caller = Caller(subject_of(contest.handle), datetime.now(UTC))
    seen: list[str] = []
    async with running(settings, urls, secret) as services:
        services.recorder = _Forgetful()  # what is written behind the answers is no statement of theirs
        executor = Executor(contract(), services, settings)
        for engine in (services.reader.sync_engine, services.writer.sync_engine):
            event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
        body = contest.service[0]["body"]
        for _ in range(2):
            seen.clear()
            request = _request(contest, body)
            answer = await executor.execute(request, caller, request_id=new_request_id(), allowed=QUERIES_AND_MUTATIONS)
            body = _advanced(body, answer)
    return len(seen)


def _request(contest: Contest, body: Any) -> Request:
    if "template" not in body:
        return Request(contest.document, contest.variables)
    given = {**body["template"]["variables"]["input"]}
    state = "WAITING_AGENCY" if body["waits"] else "IN_PROGRESS"
    given |= {"operationId": str(uuid4()), "expectedVersion": body["version"], "state": state}
    given["reviewOn"] = body["reviewOn"] if body["waits"] else None
    return Request(contest.document, {"input": given})


def _advanced(body: Any, answer: dict[str, Any]) -> Any:
    if "errors" in answer:
        raise RuntimeError(orjson.dumps(answer["errors"]).decode())
    if "template" not in body:
        return body
    case = answer["data"]["updateCaseStatus"]["case"]
    body |= {"version": case["version"], "waits": case["state"] == "IN_PROGRESS"}
    return body
