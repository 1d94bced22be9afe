"""From a few answers: who is responsible, which clocks run, what to bring and to fill in. Pure: it changes nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Generic, NamedTuple, TypeVar

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import BANGKOK, BUDDHIST_OFFSET, bangkok_day
from casework.rules.clocks import Clock, Running, check_key_dates, clocks_that_run, is_in_force
from casework.rules.severance import Severance, severance_due
from casework.rules.triage_rules import DocumentRule, FormRule, OfficeRule, RightRule, TriageRules, in_force, rules_for
from models.clock_words import KeyEvent
from models.triage_words import ClockStanding, EmploymentKind, InsuredSection, TriagePlace

SEVERANCE = "SEVERANCE"
COORDINATOR = "COORDINATOR_INSTEAD"
MOST_PROBLEMS = 10
"""As many as a case can have."""
EARLIEST_EMPLOYMENT = date(1940, 1, 1)

OfficeT = TypeVar("OfficeT")
Finder = Callable[[str, str], Sequence[OfficeT]]
"""Gives an agency's offices that answer for an area."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the citizen told; `places` are codes of areas."""

    problem_type_codes: Sequence[str]
    places: Mapping[TriagePlace, str]
    key_dates: Mapping[KeyEvent, date] = field(default_factory=dict)
    employment_began: date | None = None
    employment: EmploymentKind | None = None
    insured: InsuredSection | None = None


class OfficeFound(NamedTuple, Generic[OfficeT]):
    """`instead_of` is the agency that has no office for the area, where the coordinator's stands in for it."""

    office: OfficeT
    place: TriagePlace
    instead_of: str | None
    task: OfficeRule
    rule: OfficeRule
    applied_to: date


class RightFound(NamedTuple):
    rule: RightRule
    applied_to: date


class ProblemFound(NamedTuple):
    code: str
    offices: Sequence[OfficeFound[Any]]
    rights: Sequence[RightFound]


class PaperFound(NamedTuple):
    """A document or a form, and the problems that it is for."""

    rule: DocumentRule | FormRule
    problem_type_codes: Sequence[str]
    applied_to: date


class ClockFound(NamedTuple):
    running: Running[Any]
    problem_type_codes: Sequence[str]
    standing: ClockStanding


class TriageFound(NamedTuple):
    answers: Answers
    problems: Sequence[ProblemFound]
    clocks: Sequence[ClockFound]
    dates_to_ask: Sequence[KeyEvent]
    documents: Sequence[PaperFound]
    forms: Sequence[PaperFound]
    severance: Severance | None


def triage(
    answers: Answers, *, rules: TriageRules, clocks: Sequence[Clock], find: Finder[Any], now: datetime
) -> TriageFound:
    """Answer in the order of the problems; refuse answers that contradict each other."""
    check_answers(answers, now=now)
    today, codes = bangkok_day(now), answers.problem_type_codes
    ended = answers.key_dates.get(KeyEvent.EMPLOYMENT_ENDED)
    severance = None
    if SEVERANCE in codes and answers.employment_began is not None and ended is not None:
        severance = severance_due(rules.severance, began=answers.employment_began, ended=ended)
    return TriageFound(
        answers,
        [
            ProblemFound(
                code, list(_offices(code, answers, rules, find, today)), list(_rights(code, answers, rules, today))
            )
            for code in codes
        ],
        [
            ClockFound(running, _about(running.clock.problem_type_codes, codes), _standing(running, now))
            for running in clocks_that_run(clocks, problem_types=codes, days=answers.key_dates)
        ],
        _dates_to_ask(clocks, answers, today),
        _papers(rules.documents, codes, today),
        _papers(rules.forms, codes, today),
        severance,
    )


def check_answers(answers: Answers, *, now: datetime) -> None:
    """Refuse no problem, too many, no place, and days that cannot be or contradict each other."""
    if not answers.problem_type_codes:
        raise Refusal(RefusalCode.PROBLEM_MISSING, "input", "problemTypes")
    if len(answers.problem_type_codes) > MOST_PROBLEMS:
        raise Refusal(RefusalCode.TOO_MANY, "input", "problemTypes", limit=MOST_PROBLEMS)
    if not answers.places:
        raise Refusal(RefusalCode.PLACE_MISSING, "input", "homeArea")
    given = list(answers.key_dates)
    check_key_dates(answers.key_dates, lambda event: ["input", "keyDates", str(given.index(event)), "day"], now=now)
    if answers.employment_began is not None:
        _check_beginning(answers.employment_began, answers.key_dates, now=now)


def _check_beginning(began: date, days: Mapping[KeyEvent, date], *, now: datetime) -> None:
    """Nothing that clocks count from happened before the employment began."""
    path, today = ("input", "employmentBegan"), bangkok_day(now)
    if began.year > today.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if began > today:
        raise Refusal(RefusalCode.DATE_IN_FUTURE, *path)
    if began < EARLIEST_EMPLOYMENT:
        raise Refusal(RefusalCode.DATE_TOO_EARLY, *path)
    for event, day in days.items():
        if day < began:
            raise Refusal(RefusalCode.DATES_CONTRADICT, *path, earlier="employmentBegan", later=event.value)


def _offices(
    code: str, answers: Answers, rules: TriageRules, find: Finder[Any], today: date
) -> Iterator[OfficeFound[Any]]:
    """Give each agency's offices at the places of the lowest rank that are known."""
    known = [rule for rule in rules_for(rules.offices, code, today) if rule.place in answers.places]
    lowest: dict[str, int] = {}
    for rule in known:
        lowest[rule.agency] = min(rule.rank, lowest.get(rule.agency, rule.rank))
    seen: set[Any] = set()
    for rule in sorted(known, key=lambda rule: not rule.leads):
        if rule.place is None or rule.rank > lowest[rule.agency]:
            continue
        for found in _at(rule, rule.place, answers.places[rule.place], rules=rules, find=find, today=today):
            if (found.office, found.task.agency) not in seen:
                seen.add((found.office, found.task.agency))
                yield found


def _at(
    rule: OfficeRule, place: TriagePlace, area: str, *, rules: TriageRules, find: Finder[Any], today: date
) -> Iterator[OfficeFound[Any]]:
    offices = find(rule.agency, area)
    yield from (OfficeFound(office, place, None, rule, rule, today) for office in offices)
    if not offices:
        for instead in in_force(rules.offices, today):
            if instead.code == COORDINATOR:
                for office in find(instead.agency, area):
                    yield OfficeFound(office, place, rule.agency, rule, instead, today)


def _rights(code: str, answers: Answers, rules: TriageRules, today: date) -> Iterator[RightFound]:
    """Give what employment and insurance mean for a problem, by the rules of the day on which the employment ended."""
    day = answers.key_dates.get(KeyEvent.EMPLOYMENT_ENDED, today)
    for table, who in ((rules.employment, answers.employment), (rules.insured, answers.insured)):
        yield from (RightFound(rule, day) for rule in rules_for(table, code, day) if rule.who is who)


def _papers(rules: Sequence[Any], codes: Sequence[str], today: date) -> list[PaperFound]:
    found = [(rule, _about(rule.problem_type_codes, codes)) for rule in in_force(rules, today)]
    return [PaperFound(rule, about, today) for rule, about in found if about]


def _about(of_rule: Sequence[str], codes: Sequence[str]) -> list[str]:
    return [code for code in codes if code in of_rule]


def _standing(running: Running[Any], now: datetime) -> ClockStanding:
    if running.ended_on is not None:
        kept = datetime.combine(running.ended_on, time(), BANGKOK) < running.ends_at
        return ClockStanding.KEPT if kept else ClockStanding.PASSED
    return ClockStanding.RUNNING if now < running.ends_at else ClockStanding.PASSED


def _dates_to_ask(clocks: Sequence[Clock], answers: Answers, today: date) -> list[KeyEvent]:
    """Give the events whose day would start a clock of these problems, if it were known."""
    about = [
        clock
        for clock in clocks
        if is_in_force(clock, today) and _about(clock.problem_type_codes, answers.problem_type_codes)
    ]
    events = {KeyEvent(clock.starts_on) for clock in about} - set(answers.key_dates)
    if SEVERANCE in answers.problem_type_codes and KeyEvent.EMPLOYMENT_ENDED not in answers.key_dates:
        events.add(KeyEvent.EMPLOYMENT_ENDED)
    return [event for event in KeyEvent if event in events]
