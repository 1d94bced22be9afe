"""The rules of triage, read from their files once."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from casework.reference import files
from casework.rules.triage_rules import (
    DocumentRule,
    FormRule,
    OfficeRule,
    Question,
    RightRule,
    SeveranceRule,
    TriageRules,
)
from models.clock_words import ClockUnit
from models.triage_words import EmploymentKind, InsuredSection, TriagePlace
from models.vocabulary import Certainty

LABOUR_PROTECTION_ACT = {
    "law_th": "พระราชบัญญัติคุ้มครองแรงงาน พ.ศ. 2541",
    "law_en": "Labour Protection Act B.E. 2541 (1998)",
}
"""The law of severance.yaml, which names its sections only."""


@cache
def triage_rules() -> TriageRules:
    return TriageRules(
        offices=[
            OfficeRule(**row | {"place": row["place"] and TriagePlace(row["place"])})
            for row in _rules(files.responsible_offices())
        ],
        documents=[DocumentRule(**row) for row in _rules(files.documents())],
        forms=[FormRule(**row) for row in _rules(files.forms())],
        insured=[
            RightRule(**row | {"who": InsuredSection(row.pop("insured"))}) for row in _rules(files.insured_sections())
        ],
        employment=[
            RightRule(**row | {"who": EmploymentKind(row.pop("employment"))})
            for row in _rules(files.employment_kinds())
        ],
        severance=[_tier(row) for row in files.severance_tiers()],
        questions=[Question(**row) for row in _of_problems(files.triage_questions())],
    )


def _rules(rows: Iterable[files.Row]) -> Iterable[files.Row]:
    return (row | {"certainty": Certainty(row["certainty"])} for row in _of_problems(rows))


def _of_problems(rows: Iterable[files.Row]) -> Iterable[files.Row]:
    return (row | {"problem_type_codes": tuple(row.pop("problem_types"))} for row in rows)


def _tier(row: dict[str, Any]) -> SeveranceRule:
    """Name a tier by the length that it asks for."""
    unit = ClockUnit(row["employed_unit"])
    code = f"SEVERANCE_{row['employed']}_{unit.value}"
    known = {"code": code, "employed_unit": unit, "certainty": Certainty(row["certainty"])}
    return SeveranceRule(**row | LABOUR_PROTECTION_ACT | known)
