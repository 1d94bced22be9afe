"""The data files, as rows for their tables."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import geothai
import yaml

from casework.reference.validity import check_validity
from casework.rules.retention import RetentionRule, RetentionRules
from models.incident_words import TraceKind
from models.vocabulary import CaseState, Certainty, Outcome

FOLDER = Path(__file__).parent
Row = dict[str, Any]


def _read(name: str) -> list[Row]:
    loaded: list[Row] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


KEYS = {
    "legal_clocks.yaml": ("code",),
    "severance.yaml": ("employed", "employed_unit"),
    "service_standards.yaml": ("code", "kinds", "priority"),
    "responsible_offices.yaml": ("problem_types", "agency", "place"),
    "documents.yaml": ("code",),
    "forms.yaml": ("code",),
    "insured_sections.yaml": ("insured", "problem_types"),
    "employment_kinds.yaml": ("employment", "problem_types"),
    "escalation_steps.yaml": ("reason", "to"),
    "task_rules.yaml": ("code",),
}
"""The effective-dated files, and what has at most one row on any day."""


def _dated(name: str) -> list[Row]:
    """Read a file with effective dates; refuse rows that contradict each other, naming their lines."""
    rows = _read(name)
    node: Any = yaml.compose((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    lines = [item.start_mark.line + 1 for item in node.value]
    check_validity(zip(lines, rows, strict=True), KEYS[name], file=name)
    return rows


def digest() -> str:
    """Name the data: the files' contents and the version of the area list."""
    sha = hashlib.sha256(str(geothai.DATA_VERSION).encode())
    for path in sorted(FOLDER.glob("*.yaml")):
        sha.update(path.read_bytes())
    return sha.hexdigest()


def agencies() -> list[Row]:
    """Give the five agencies; a hotline that is not confirmed is not shown."""
    return [
        {
            "code": row["code"],
            "name_th": row["name_th"],
            "name_en": row["name_en"],
            "hotline": row["hotline"] if row["hotline_verified"] else None,
            "position": at,
        }
        for at, row in enumerate(_read("agencies.yaml"), 1)
    ]


def offices() -> list[Row]:
    """Give 385 offices; `province_code` is also what each covers."""
    return [
        {
            "code": row["code"],
            "agency_code": row["agency"],
            "province_code": row["province"],
            "name_th": row["name_th"],
            "name_en": row["name_en"],
            "verified": row["verified"],
        }
        for row in _read("offices.yaml")
    ]


def problem_types() -> list[Row]:
    return [
        {
            "code": row["code"],
            "agency_code": row["agency"],
            "also_agency_codes": row["also"],
            "name_th": row["name_th"],
            "name_en": row["name_en"],
            "title_th": row["title_th"],
            "sensitive": row["sensitive"],
            "position": at,
        }
        for at, row in enumerate(_read("problem_types.yaml"), 1)
    ]


def legal_clocks() -> list[Row]:
    return [row | {"problem_type_codes": row.pop("problem_types")} for row in _dated("legal_clocks.yaml")]


def severance_tiers() -> list[Row]:
    return _dated("severance.yaml")


def service_standards() -> list[Row]:
    return [row | {"kind": kind} for row in _dated("service_standards.yaml") for kind in row.pop("kinds")]


def responsible_offices() -> list[Row]:
    return _dated("responsible_offices.yaml")


def documents() -> list[Row]:
    return _dated("documents.yaml")


def forms() -> list[Row]:
    return _dated("forms.yaml")


def insured_sections() -> list[Row]:
    return _dated("insured_sections.yaml")


def employment_kinds() -> list[Row]:
    return _dated("employment_kinds.yaml")


def escalation_steps() -> list[Row]:
    return _dated("escalation_steps.yaml")


def task_rules() -> list[Row]:
    return _dated("task_rules.yaml")


def triage_questions() -> list[Row]:
    return _read("triage_questions.yaml")


@cache
def windows_of_common_causes() -> Mapping[TraceKind, timedelta]:
    """Give for each trace the time within which cases that share it are thought to have a cause in common."""
    return {TraceKind(row["kind"]): timedelta(days=row["days"]) for row in _read("common_causes.yaml")}


@cache
def retention_rules() -> RetentionRules:
    """Give the rules as the file orders them; the last two are for citizens without a case, and for guests."""
    *of_cases, without_a_case, of_guests = (
        RetentionRule(
            **row
            | {
                "states": frozenset(map(CaseState, row["states"])),
                "problem_type_codes": frozenset(row.pop("problem_types")),
                "outcomes": frozenset(map(Outcome, row["outcomes"])),
                "certainty": Certainty(row["certainty"]),
            }
        )
        for row in _read("retention.yaml")
    )
    return RetentionRules(of_cases, without_a_case, of_guests)
