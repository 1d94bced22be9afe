"""How long data are kept: the rules of the file, for problems of every kind and outcome."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.reference.files import problem_types, retention_rules
from casework.rules.calendar import bangkok_day
from casework.rules.retention import EndedProblem, years_after
from casework.rules.states import ENDED
from models.vocabulary import CaseState, Certainty, Outcome

C, R = CaseState, Outcome
RULES = retention_rules()
ENDED_AT = datetime(2026, 11, 16, 2, tzinfo=UTC)
TYPES = [row["code"] for row in problem_types()]
FIRST, LAST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1990, 2060))
problems = st.builds(EndedProblem, st.sampled_from(TYPES), st.sampled_from([None, *R]))


@pytest.mark.parametrize(
    ("state", "found", "rule", "years"),
    [
        (C.CLOSED, [("UNPAID_WAGES", R.PAID)], "GENERAL", 10),
        (C.CLOSED, [("INFORMATION", R.ADVISED)], "ADVICE", 1),
        (C.CLOSED, [("INFORMATION", R.REJECTED)], "GENERAL", 10),
        (C.CLOSED, [("INFORMATION", R.ADVISED), ("UNPAID_WAGES", R.PAID)], "GENERAL", 10),
        (C.CLOSED, [("UNPAID_WAGES", R.UNREACHABLE)], "UNREACHABLE", 5),
        (C.CLOSED, [("FORCED_LABOUR", R.UNREACHABLE)], "CRIME", 15),
        (C.WITHDRAWN, [("HARASSMENT", None)], "CRIME", 15),
        (C.WITHDRAWN, [("UNPAID_WAGES", None)], "NOT_PURSUED", 2),
        (C.OUT_OF_SCOPE, [("HARASSMENT", None)], "NOT_PURSUED", 2),
        (C.MERGED, [("UNPAID_WAGES", None)], "GENERAL", 10),
    ],
)
def test_the_first_rule_that_applies_decides_and_the_longest_problem(
    state: CaseState, found: list[tuple[str, Outcome | None]], rule: str, years: int
) -> None:
    retention = RULES.of_case(state, [EndedProblem(*each) for each in found], ended_at=ENDED_AT)
    assert (retention.rule.code, retention.until) == (rule, ENDED_AT.replace(year=2026 + years))


@given(st.sampled_from(sorted(ENDED)), st.lists(problems, min_size=1, max_size=4), problems)
def test_a_further_problem_never_shortens_the_time(
    state: CaseState, found: list[EndedProblem], more: EndedProblem
) -> None:
    before = RULES.of_case(state, found, ended_at=ENDED_AT)
    after = RULES.of_case(state, [*found, more], ended_at=ENDED_AT)
    assert after.until >= before.until > ENDED_AT


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), st.integers(1, 30))
def test_years_are_counted_on_the_calendar_of_bangkok(at: datetime, years: int) -> None:
    day, later = bangkok_day(at), bangkok_day(years_after(at, years))
    is_leap_day = (day.month, day.day) == (2, 29)
    expected = (
        date(day.year + years, 3, 1) if is_leap_day and (day.year + years) % 4 else (day.replace(year=day.year + years))
    )
    assert later == expected
    assert years_after(at, years).utcoffset() == timedelta()


def test_a_leap_day_becomes_the_first_of_march() -> None:
    assert years_after(datetime(2028, 2, 29, 2, tzinfo=UTC), 1) == datetime(2029, 3, 1, 2, tzinfo=UTC)
    assert years_after(datetime(2028, 2, 29, 2, tzinfo=UTC), 4) == datetime(2032, 2, 29, 2, tzinfo=UTC)


def test_the_file_names_what_exists_and_says_what_is_not_founded() -> None:
    rules = [*RULES.of_cases, RULES.without_a_case, RULES.of_guests]
    assert {code for rule in rules for code in rule.problem_type_codes} <= set(TYPES)
    assert {state for rule in rules for state in rule.states} <= ENDED
    assert [rule.code for rule in rules if rule.certainty is Certainty.L] == [
        rule.code for rule in rules if not rule.verified
    ]
    last = RULES.of_cases[-1]
    assert (last.states, last.problem_type_codes, last.outcomes) == (frozenset(), frozenset(), frozenset())
    sensitive = {row["code"] for row in problem_types() if row["sensitive"]}
    assert RULES.of_cases[0].problem_type_codes == sensitive
