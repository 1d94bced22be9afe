"""How long personal data are kept after a case has ended."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from casework.rules.calendar import BANGKOK
from models.vocabulary import CaseState, Certainty, Outcome


class RetentionRule(NamedTuple):
    """Keep for `years` what it applies to; an empty set applies to all. `verified` is false without a source."""

    code: str
    states: frozenset[CaseState]
    problem_type_codes: frozenset[str]
    outcomes: frozenset[Outcome]
    years: int
    name_th: str
    name_en: str
    law_th: str
    law_en: str
    source: str
    certainty: Certainty
    verified: bool

    def applies(self, state: CaseState, problem: "EndedProblem") -> bool:
        return (
            state in (self.states or {state})
            and problem.type_code in (self.problem_type_codes or {problem.type_code})
            and problem.outcome in (self.outcomes or {problem.outcome})
        )


class EndedProblem(NamedTuple):
    """A problem of a case, and what came of it."""

    type_code: str
    outcome: Outcome | None


class Retention(NamedTuple):
    """The rule that decides, for the problem that is kept longest, and the instant at which the time has passed."""

    until: datetime
    rule: RetentionRule
    problem: EndedProblem


class RetentionRules(NamedTuple):
    """The rules, the narrowest first and the last one for everything; for a citizen without a case; and for guests.

    Guests of an activity are people from outside; their years count from its beginning.
    """

    of_cases: Sequence[RetentionRule]
    without_a_case: RetentionRule
    of_guests: RetentionRule

    def of_case(self, state: CaseState, problems: Collection[EndedProblem], *, ended_at: datetime) -> Retention:
        """For each problem the first rule that applies; the longest of them decides for the case."""
        found = [
            Retention(years_after(ended_at, rule.years), rule, problem)
            for problem in problems
            for rule in [next(rule for rule in self.of_cases if rule.applies(state, problem))]
        ]
        return max(found, key=lambda retention: retention.until)


def years_after(at: datetime, years: int) -> datetime:
    """Give the same day in Bangkok so many years later, in the zone of `at`; 29 February becomes 1 March."""
    local = at.astimezone(BANGKOK)
    year = local.year + years
    try:
        later = local.replace(year=year)
    except ValueError:
        later = local.replace(year=year, month=3, day=1)
    return later.astimezone(at.tzinfo)
