"""How long one question of `statistics` takes: each kind of figure by each word, over the whole country."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median

import httpx

from benchmarks import processes
from benchmarks.databases import SECRET, country, fill
from casework.demo.network import subject_of
from casework.keys import Keys
from casework.rules.calendar import bangkok_day
from casework.rules.fiscal import month_of
from models.statistics_words import NEED_AN_AREA, StatisticsBy
from server.auth import Tokens
from server.startup import bars, say

TIMES = 3
YEARS = 1, 2
ASKERS = "auditor", "coordinator 10"
"""Who counts the whole country, and the busiest province."""
KINDS = {
    "cases": "opened closed stillOpen",
    "people": "count",
    "outcomes": "outcome count claimed recovered",
    "dwell": "medianSeconds p90Seconds",
    "clocks": "met missed running",
}
Question = tuple[str, int, StatisticsBy, str]


def time_statistics(cases: int) -> None:
    """Print the median of a few answers for every question, and which took longest; nothing else is asked meanwhile."""
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        questions = list(_questions())
        say(f"Statistics on {cases:,} cases: {len(questions)} questions, each asked {TIMES} times.")
        with processes.service(found.environment) as (_, port), _client(port) as client, bars() as show:
            took: dict[Question, float] = {}
            for at, question in enumerate(questions, 1):
                took[question] = median(_seconds(client, question) for _ in range(TIMES))
                show("questions", at, len(questions))
    for by in StatisticsBy:
        figures = ", ".join(f"{kind} {max(s for q, s in took.items() if q[2:] == (by, kind)):.2f}" for kind in KINDS)
        say(f"  by {by.value}, the longest of each kind in s: {figures}")
    who, years, by, kind = longest = max(took, key=lambda question: took[question])
    say(f"  longest: {took[longest]:.2f} s, {kind} by {by.value} over {years} years as {who}")


def _questions() -> Iterator[Question]:
    for who in ASKERS:
        for years in YEARS:
            for by in StatisticsBy:
                yield from ((who, years, by, kind) for kind in KINDS)


def _client(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=processes.PATIENCE, trust_env=False)


def _seconds(client: httpx.Client, question: Question) -> float:
    """Ask once, for the total and all groups."""
    who, years, by, kind = question
    now = datetime.now(UTC)
    until = month_of(bangkok_day(now)).starts_at
    since = until - timedelta(days=365 * years)
    area = '{ area: "10" }' if by in NEED_AN_AREA else "{}"
    part = f"{kind} {{ {KINDS[kind]} }}"
    between = f'{{ from: "{since.isoformat()}", until: "{until.isoformat()}" }}'
    which = f"filter: {area}, by: {by.name}, between: {between}"
    asked = f"{{ statistics({which}) {{ total {{ {part} }} groups {{ {part} }} }} }}"
    token = Tokens(Keys(SECRET.encode()), demo=True).issue(subject_of(who), now=now, lasts=timedelta(hours=1))
    begun = time.perf_counter()
    answer = client.post("/graphql", json={"query": asked}, headers={"authorization": f"Bearer {token}"}).json()
    took = time.perf_counter() - begun
    if "errors" in answer:
        raise RuntimeError(answer["errors"])
    return took
