"""Triage over the reference data in memory: no statement is run."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from casework.reference.triage import triage_rules
from casework.rules.triage import Answers, TriageFound, triage
from casework.rules.triage_rules import Question, Rule
from models.vocabulary import Certainty
from resolvers.context import Context


class BecauseRow(NamedTuple):
    """The row of a data file that an answer rests on, and the day it was applied to."""

    rule: str
    version: date
    law_th: str
    law_en: str
    section: str | None
    source: str
    certainty: Certainty
    verified: bool
    applied_to: date


def because(rule: Rule, applied_to: date) -> BecauseRow:
    return BecauseRow(
        rule.code,
        rule.effective_from,
        rule.law_th,
        rule.law_en,
        rule.section,
        rule.source,
        rule.certainty,
        rule.verified,
        applied_to,
    )


def answer_triage(context: Context, answers: Answers) -> TriageFound:
    """Ask the rules of today's release."""
    reference = context.reference
    return triage(
        answers, rules=triage_rules(), clocks=reference.legal_clocks, find=reference.offices_for, now=context.now
    )


def problems_of(codes: Sequence[str], answered: Sequence[str]) -> tuple[list[str], str | None]:
    """Add the problems that questions lead to, each once; give the first question that there is none of, too."""
    known = {question.code: question for question in triage_rules().questions}
    unknown = next((code for code in answered if code not in known), None)
    led = [problem for code in answered if code in known for problem in known[code].problem_type_codes]
    return list(dict.fromkeys([*codes, *led])), unknown


def questions_about(problem_type: str) -> list[Question]:
    return [question for question in triage_rules().questions if problem_type in question.problem_type_codes]
