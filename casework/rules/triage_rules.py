"""The rules of triage as rows: each with its law, its certainty and the days on which it is in force."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from models.clock_words import ClockUnit
from models.triage_words import EmploymentKind, InsuredSection, TriagePlace
from models.vocabulary import Certainty


class Rule(Protocol):
    """What every rule has, whatever it rules."""

    @property
    def code(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_until(self) -> date | None: ...
    @property
    def law_th(self) -> str: ...
    @property
    def law_en(self) -> str: ...
    @property
    def section(self) -> str | None: ...
    @property
    def source(self) -> str: ...
    @property
    def certainty(self) -> Certainty: ...
    @property
    def verified(self) -> bool: ...


class ProblemRule(Rule, Protocol):
    """A rule about some kinds of problems."""

    @property
    def problem_type_codes(self) -> Sequence[str]: ...


class OfficeRule(NamedTuple):
    """The agency whose office at a place has a task in a problem; places of one rank are alternatives."""

    code: str
    problem_type_codes: tuple[str, ...]
    agency: str
    place: TriagePlace | None
    rank: int
    leads: bool
    task_th: str
    task_en: str
    effective_from: date
    effective_until: date | None
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool


class DocumentRule(NamedTuple):
    """Something that the citizen brings along."""

    code: str
    problem_type_codes: tuple[str, ...]
    name_th: str
    name_en: str
    effective_from: date
    effective_until: date | None
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool


class FormRule(NamedTuple):
    """An official form, by the number that offices call it by."""

    code: str
    number: str
    problem_type_codes: tuple[str, ...]
    name_th: str
    name_en: str
    agency: str
    effective_from: date
    effective_until: date | None
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool


class RightRule(NamedTuple):
    """What a way of working or of being insured means for a problem."""

    code: str
    who: EmploymentKind | InsuredSection
    problem_type_codes: tuple[str, ...]
    applies: bool
    note_th: str
    note_en: str
    effective_from: date
    effective_until: date | None
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool


class SeveranceRule(NamedTuple):
    """Days' wages due to somebody who worked so long."""

    code: str
    employed: int
    employed_unit: ClockUnit
    wage_days: int
    effective_from: date
    effective_until: date | None
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool


class Question(NamedTuple):
    """A plain question; a yes leads to these kinds of problems."""

    code: str
    text_th: str
    text_en: str
    problem_type_codes: tuple[str, ...]


class TriageRules(NamedTuple):
    """All of them, in the order of their files."""

    offices: Sequence[OfficeRule]
    documents: Sequence[DocumentRule]
    forms: Sequence[FormRule]
    insured: Sequence[RightRule]
    employment: Sequence[RightRule]
    severance: Sequence[SeveranceRule]
    questions: Sequence[Question]


AnyRule = TypeVar("AnyRule", bound=Rule)
AnyProblemRule = TypeVar("AnyProblemRule", bound=ProblemRule)


def in_force(rules: Iterable[AnyRule], on: date) -> Iterator[AnyRule]:
    """Give the rules of that day."""
    return (
        rule
        for rule in rules
        if rule.effective_from <= on and (rule.effective_until is None or on < rule.effective_until)
    )


def rules_for(rules: Iterable[AnyProblemRule], problem_type: str, on: date) -> Iterator[AnyProblemRule]:
    """Give the rules of that day about a kind of problem."""
    return (rule for rule in in_force(rules, on) if problem_type in rule.problem_type_codes)
