"""Every figure of statistics, by whatever cases are counted, is the one that plain Python counts in the same world."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casework.rules.calendar import bangkok_day
from casework.rules.fiscal import month_of, quarter_of
from casework.rules.ledger import state_of
from casework.rules.suppression import told
from models import Case, CaseProblem, Deadline, Participation
from models.clock_words import DeadlineState
from models.statistics_words import IN_TIME
from models.statistics_words import StatisticsBy as B
from models.vocabulary import Level, SeatKind
from tests.api import Api
from tests.oracle.conftest import Drawn, seeded
from tests.oracle.drawing import chance_of
from tests.oracle.facts import Facts, Viewer
from tests.oracle.seeing import Eyes
from tests.oracle.test_reading import some_of

FIGURES = """fragment figures on StatisticsGroup {
  cases { opened closed stillOpen } people { count } dwell { medianSeconds p90Seconds }
  outcomes { outcome count claimed recovered } clocks { met missed running } }"""
QUERY = (
    """query ($dimension: StatisticsBy, $between: Period, $filter: CaseFilter) {
  statistics(by: $dimension, between: $between, filter: $filter) { threshold total { ...figures }
    groups { ...figures problemType { code } agency { code } office { code } area { code }
      month { since } quarter { since } } } }"""
    + FIGURES
)
K = 5


class Counted:
    """The figures of some cases, counted one by one."""

    def __init__(self, facts: Facts, eyes: Eyes, since: datetime, till: datetime) -> None:
        self.facts, self.eyes, self.since, self.till = facts, eyes, since, till

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at < self.till

    def keys(self, case: Case, by: B | None, at: datetime | None, problem: CaseProblem | None = None) -> set[Any]:
        """Say in which groups something of a case counts that happened then."""
        reference = self.facts.reference
        types = {
            row.problem_type_code for row in ([problem] if problem else self.facts.of(CaseProblem, case_id=case.id))
        }
        if by in IN_TIME:
            return set() if at is None else {(month_of if by is B.MONTH else quarter_of)(bangkok_day(at)).begins}
        by_each: dict[B | None, set[Any]] = {
            None: {None},
            B.PROBLEM_TYPE: types,
            B.AGENCY: {reference.problem_types[code].agency_code for code in types},
            B.OFFICE: {
                reference.offices[part.office_id].code
                for part in self.facts.of(Participation, case_id=case.id)
                if part.office_id is not None
            },
            B.PROVINCE: {case.province_code},
            B.AMPHOE: {case.amphoe_code},
            B.TAMBON: {case.area_code},
        }
        return by_each[by]

    def columns(self, by: B | None) -> dict[str, dict[Any, list[Any]]]:
        """Give for each figure what it counts, by group."""
        found: dict[str, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for case in self.eyes.cases():
            for name, value, at, problem in self._of_case(case):
                if self.within(at):
                    for key in self.keys(case, by, at, problem):
                        found[name][key].append(value)
            if case.opened_at < self.till and (case.ended_at is None or case.ended_at >= self.till):
                for key in self.keys(case, by, None):
                    found["stillOpen"][key].append(case.id)
        return found

    def _of_case(self, case: Case) -> Iterator[tuple[str, Any, datetime | None, CaseProblem | None]]:
        """Give what happened to a case, each with its figure and its time."""
        yield "opened", case.id, case.opened_at, None
        yield "closed", case.id, case.ended_at, None
        if case.resolved_at is not None:
            yield "resolved", (case.resolved_at - case.opened_at).total_seconds(), case.resolved_at, None
        goes_on_elsewhere = case.merged_into_case_id is not None
        if self.eyes.reaches(case.id, Level.ANONYMOUS):
            yield "people", case.citizen_id, case.opened_at, None
            for problem in () if goes_on_elsewhere else self.facts.of(CaseProblem, case_id=case.id):
                if problem.outcome is not None:
                    assert problem.outcome_at is not None
                    at = max(problem.outcome_at, case.opened_at)
                    yield f"outcome {problem.outcome.value}", problem, at, problem
        for clock in self.facts.of(Deadline, case_id=case.id):
            if goes_on_elsewhere and clock.referral_id is None:
                continue
            state = state_of(clock, self.facts.now)
            at = max(clock.started_at, case.opened_at)
            yield "running" if state is DeadlineState.PAUSED else state.value.lower(), clock.id, at, None


def _key(group: Any) -> Any:
    span = group["month"] or group["quarter"]
    if span:
        return datetime.fromisoformat(span["since"]).date()
    return next((group[name]["code"] for name in ("problemType", "agency", "office", "area") if group[name]), None)


def _percentile(values: Sequence[float], part: float) -> int | None:
    ordered = sorted(values)
    if not ordered:
        return None
    low, rest = divmod((len(ordered) - 1) * part, 1)
    at = int(low)
    above = ordered[min(at + 1, len(ordered) - 1)]
    return int(ordered[at] + (above - ordered[at]) * rest)


def _sum(problems: Sequence[CaseProblem], name: str) -> str | None:
    amounts = [amount for problem in problems if (amount := getattr(problem, name)) is not None]
    return str(sum(amounts, Decimal(0))) if amounts else None


async def _compare(facts: Facts, api: Api, by: Viewer, dimension: B | None, since: datetime) -> None:
    counted = Counted(facts, Eyes(facts, by), since, facts.now)
    narrowed = {"area": by.province_code or "43"} if dimension in {B.AMPHOE, B.TAMBON} else None
    if narrowed:
        inside = [case for case in counted.eyes.cases() if case.province_code == narrowed["area"]]
        counted.eyes.cases = lambda: inside  # type: ignore[method-assign]
    given: dict[str, Any] = {
        "between": {"from": since.isoformat()},
        "dimension": dimension.value if dimension else None,
        "filter": narrowed,
    }
    answer = (await api.ask(QUERY, by.handle, **given))["statistics"]
    assert answer["threshold"] == (K if by.kind is SeatKind.AUDITOR else None)
    rows = {_key(group): group for group in answer["groups"]}
    totals, groups = counted.columns(None), counted.columns(dimension) if dimension else {}
    stock = len(totals["stillOpen"][None])
    for at in reversed(list(rows)) if dimension in IN_TIME else ():
        groups["stillOpen"][at] = [None] * stock
        stock += len(groups["closed"][at]) - len(groups["opened"][at])
    exact = answer["threshold"] is None
    counts = answer["total"], rows, totals, groups
    assert (answer["total"], rows) == (_exact(*counts, dimension) if exact else _suppressed(*counts)), (by, dimension)


def _exact(total: Any, rows: Any, totals: Any, groups: Any, _dimension: B | None) -> Any:
    return _row(total, totals, None), {key: _row(rows[key], groups, key) for key in rows}


def _row(told_row: Any, columns: Any, key: Any) -> Any:
    def many(name: str) -> list[Any]:
        found: list[Any] = columns[name][key]
        return found

    outcomes = {row["outcome"]: row for row in told_row["outcomes"]}
    assert outcomes.keys() == {name.split()[1] for name in list(columns) if name.startswith("outcome") and many(name)}
    return told_row | {
        "cases": {
            "opened": len(many("opened")),
            "closed": len(many("closed")),
            "stillOpen": len(many("stillOpen")),
        },
        "people": {"count": len(set(many("people")))},
        "dwell": {
            "medianSeconds": _percentile(many("resolved"), 0.5),
            "p90Seconds": _percentile(many("resolved"), 0.9),
        },
        "clocks": {name: len(many(name)) for name in ("met", "missed", "running")},
        "outcomes": [
            {
                "outcome": outcome,
                "count": len(many(f"outcome {outcome}")),
                "claimed": _sum(many(f"outcome {outcome}"), "amount_claimed"),
                "recovered": _sum(many(f"outcome {outcome}"), "amount_recovered"),
            }
            for outcome in outcomes
        ],
    }


def _suppressed(total: Any, rows: Any, totals: Any, groups: Any) -> Any:
    """Withhold by the rule, which has tests of its own, what was counted here."""
    expected: Any = {key: {"cases": {}, "people": {}, "clocks": {}} for key in (*rows, None)}
    parts = {"cases": ("opened", "closed", "stillOpen"), "people": ("count",), "clocks": ("met", "missed", "running")}
    for part, name in ((part, name) for part, names in parts.items() for name in names):
        column = "people" if part == "people" else name
        of = {key: len(set(groups[column][key])) for key in rows}
        for key, count in (*of.items(), (None, len(set(totals[column][None])))):
            expected[key][part][name] = None if name == "stillOpen" else told(count, K)
    return total | expected.pop(None), {key: rows[key] | expected[key] for key in rows}


@seeded(1)
@given(seed=st.integers(0, 2**32))
async def test_statistics_are_what_plain_python_counts(drawn: Drawn, seed: int) -> None:
    async with drawn(seed) as (facts, api):
        times = sorted(case.opened_at for case in facts.all(Case))
        since = times[len(times) // 3].astimezone(UTC) - timedelta(seconds=1)
        dimensions = cycle((None, *B))
        for by in some_of(facts, chance_of(seed), 9):
            for dimension in islice(dimensions, 4):
                await _compare(facts, api, by, dimension, since)
