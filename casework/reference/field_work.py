"""The rules of field work, read from their files once: which tasks make themselves, which documents are asked for."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from casework.reference import files
from casework.reference.triage import triage_rules
from casework.rules.tasks import TaskRule
from casework.rules.triage_rules import DocumentRule
from models.field_words import DayUnit, TaskCue, TaskFor, TaskGoal
from models.vocabulary import Certainty


@cache
def task_rules() -> Sequence[TaskRule]:
    """Give every version of every rule, in the order of the file."""
    return [
        TaskRule(
            **row
            | {
                "cue": TaskCue(row["cue"]),
                "who": TaskFor(row["who"]),
                "unit": row["unit"] and DayUnit(row["unit"]),
                "until": frozenset(map(TaskGoal, row["until"])),
                "certainty": Certainty(row["certainty"]),
            }
        )
        for row in files.task_rules()
    ]


def documents_for(problem_type_codes: Sequence[str], on: date) -> dict[str, DocumentRule]:
    """Give the documents that these problems ask for on a day, by code, in the order of the file."""
    asked = set(problem_type_codes)
    return {
        rule.code: rule
        for rule in triage_rules().documents
        if rule.effective_from <= on
        and (rule.effective_until is None or on < rule.effective_until)
        and asked.intersection(rule.problem_type_codes)
    }
