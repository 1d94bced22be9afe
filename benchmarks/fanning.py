"""Fan-out: how soon thousands of followers of one process hear of a note, and what memory each socket takes."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

import asyncpg
import orjson

from benchmarks import processes
from benchmarks.databases import SECRET, Database
from casework.keys import Keys
from schema.ids import sealed_id
from server.auth import Tokens
from server.startup import bars, say
from server.wire import allow_many_sockets

MOST_POSTS = 20
NOTES = 7
CASE = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) { __typename
  ... on CaseEvent { cursor event { id kind recordedAt note { text } } case { id state version } }
  ... on Refusal { code } } }"""
INBOX = """subscription ($after: String) { inboxEvents(after: $after) { __typename
  ... on InboxEvent { cursor event { id kind recordedAt } case { id reference title state } }
  ... on CursorMoved { cursor }
  ... on Refusal { code } } }"""
NOTE = """mutation ($input: AddNoteInput!) { addNote(input: $input) {
  ... on AddNotePayload { note { id } } ... on Refusal { code } } }"""
_POSTS = """
    SELECT p.case_id, array_agg(DISTINCT a.subject) AS subjects,
        (array_agg(a.subject) FILTER (WHERE s.id = c.holder_seat_id))[1] AS holder
    FROM participation p
    JOIN seat s ON s.id = p.seat_id OR s.office_id = p.office_id
    JOIN incumbency i ON i.seat_id = s.id AND i.until IS NULL JOIN account a ON a.id = i.account_id
    JOIN "case" c ON c.id = p.case_id
    WHERE p.until IS NULL AND p.level >= 3 AND (p.expires_at IS NULL OR p.expires_at > now() + interval '1 day')
      AND c.state IN ('IN_PROGRESS', 'WAITING_AGENCY') AND NOT c.sensitive
    GROUP BY p.case_id HAVING bool_or(s.id = c.holder_seat_id)
    ORDER BY count(DISTINCT s.id) DESC, p.case_id LIMIT 1
"""


class Fanned(NamedTuple):
    """What was measured with so many sockets of so many posts."""

    name: str
    sockets: int
    opening: float
    """Seconds until all listened."""
    memory: float
    """KB a socket."""
    times: Sequence[Sequence[float]]
    """Milliseconds of each note: first, median and last delivery."""

    @property
    def middle(self) -> list[float]:
        """Give the median note's first, median and last delivery."""
        return [median(one) for one in zip(*self.times, strict=True)]

    @property
    def worst(self) -> float:
        return max(last for *_, last in self.times)


def fan_out(found: Database, sockets: int) -> list[Fanned]:
    """Measure one post with all the sockets, then many posts who share them."""
    allow_many_sockets()
    case_id, subjects = asyncio.run(_posts(found.owner))
    one = _job(case_id, subjects[:1])
    many = _job(case_id, subjects[:MOST_POSTS])
    names = "F1 one case, one post", f"F2 one case and inboxes, {len(many['followers'])} posts"
    return [_measured(name, found, job, sockets) for name, job in zip(names, (one, many), strict=True)]


async def _posts(dsn: str) -> tuple[int, list[Any]]:
    connection = await asyncpg.connect(dsn)
    try:
        (row,) = await connection.fetch(_POSTS)
        return row["case_id"], [row["holder"], *(each for each in row["subjects"] if each != row["holder"])]
    finally:
        await connection.close()


def _job(case_id: int, subjects: Sequence[Any]) -> dict[str, Any]:
    """The first post publishes and follows the case; every second of the others follows its inbox."""
    keys = Keys(SECRET.encode())
    tokens = Tokens(keys, demo=True)
    headers = [
        {"authorization": f"Bearer {tokens.issue(each, now=datetime.now(UTC), lasts=timedelta(days=1))}"}
        for each in subjects
    ]
    case = sealed_id(keys, "Case", case_id)
    of_case = {"query": CASE, "variables": {"id": case}}
    note = {"case": {"id": case}, "text": "โทรหาผู้ร้องแล้ว นัดใหม่วันจันทร์", "audience": "CASE"}
    return {
        "followers": [
            {"hello": hello, "subscribe": {"query": INBOX} if number % 2 else of_case}
            for number, hello in enumerate(headers)
        ],
        "publish": {"headers": headers[0], "body": {"query": NOTE, "variables": {"input": note}}},
    }


def _measured(name: str, found: Database, job: dict[str, Any], sockets: int) -> Fanned:
    environment = {**found.environment, "PRASAN_OPERATIONS_PER_ACCOUNT": str(sockets + 1)}
    with processes.service(environment) as (process, port), _followers() as ask:
        before = processes.memory(process)
        opened = ask({**job, "port": port, "count": sockets})
        used = processes.memory(process) - before
        with bars() as show:
            times = []
            for number in range(NOTES):
                times.append(ask({})["times"])
                show(name, number + 1, NOTES)
    fanned = Fanned(name, sockets, opened["seconds"], used / sockets / 1024, times)
    first, middle, last = fanned.middle
    say(
        f"  {name}: {sockets:,} sockets, opened in {fanned.opening:.0f} s, {fanned.memory:.0f} KB each;"
        f" first {first:.0f}, median {middle:.0f}, last {last:.0f} ms, worst last {fanned.worst:.0f} ms"
    )
    return fanned


@contextmanager
def _followers() -> Iterator[Any]:
    """Run the followers; give how to ask them something."""
    command = [sys.executable, "-m", "benchmarks.followers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own program
        source, target = process.stdout, process.stdin
        if source is None or target is None:
            raise RuntimeError

        def ask(what: dict[str, Any]) -> dict[str, Any]:
            target.write(orjson.dumps(what) + b"\n")
            target.flush()
            answer: dict[str, Any] = orjson.loads(source.readline())
            if answer["wrong"]:
                raise RuntimeError(answer["wrong"][0])
            return answer

        try:
            yield ask
        finally:
            target.close()
            process.kill()
