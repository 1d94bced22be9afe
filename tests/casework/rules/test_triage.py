"""Triage in real situations, and what holds for every answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casework.reference.data import LegalClockRow
from casework.reference.files import legal_clocks, offices, problem_types
from casework.reference.triage import triage_rules
from casework.rules.calendar import bangkok_day
from casework.rules.triage import Answers, TriageFound, triage
from casework.rules.triage_rules import in_force
from models.clock_words import ClockKind, ClockUnit, KeyEvent
from models.triage_words import EmploymentKind, InsuredSection, TriagePlace
from models.vocabulary import Certainty
from tests.world import MONDAY

SITUATIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "triage_situations.yaml").read_text(encoding="utf-8")
)
PLACES = {"W": TriagePlace.WORKPLACE, "E": TriagePlace.EMPLOYER, "H": TriagePlace.HOME}
OFFICES = {(row["agency_code"], row["province_code"]): row["code"] for row in offices()}
PROVINCES = sorted({province for _, province in OFFICES})
PROBLEMS = [row["code"] for row in problem_types()]
CLOCKS = [
    LegalClockRow(
        **row
        | {
            "kind": ClockKind(row["kind"]),
            "unit": ClockUnit(row["unit"]),
            "certainty": Certainty(row["certainty"]),
            "problem_type_codes": tuple(row["problem_type_codes"]),
        }
    )
    for row in legal_clocks()
]


def find(agency: str, area: str) -> list[str]:
    return [OFFICES[agency, area[:2]]] if (agency, area[:2]) in OFFICES else []


def ask(answers: Answers, finder: Any = find) -> TriageFound:
    return triage(answers, rules=triage_rules(), clocks=CLOCKS, find=finder, now=MONDAY)


def answers_of(told: Mapping[str, Any]) -> Answers:
    return Answers(
        problem_type_codes=told["problems"],
        places={PLACES[place]: area for place, area in told["at"].items()},
        key_dates={KeyEvent(event): day for event, day in told.get("dates", {}).items()},
        employment_began=told.get("began"),
        employment=EmploymentKind(told["employment"]) if "employment" in told else None,
        insured=InsuredSection(told["insured"]) if "insured" in told else None,
    )


def clocks_of(found: TriageFound) -> list[str]:
    return sorted(
        f"{c.running.clock.code} {bangkok_day(c.running.ends_at - timedelta(seconds=1))} {c.standing}"
        for c in found.clocks
    )


@pytest.mark.parametrize("told", SITUATIONS, ids=lambda told: told["told"])
def test_a_real_situation_is_answered_as_the_files_say(told: dict[str, Any]) -> None:
    found = ask(answers_of(told))
    assert [problem.code for problem in found.problems] == told["problems"]
    assert sorted(o.office for p in found.problems for o in p.offices) == sorted(told["offices"])
    assert clocks_of(found) == sorted(told["clocks"])
    assert [form.rule.number for form in found.forms] == told["forms"]  # type: ignore[union-attr]  # forms have one
    assert [right.rule.code for p in found.problems for right in p.rights] == told.get("rights", [])
    assert (found.severance.wage_days if found.severance else None) == told.get("wage_days")


def test_there_are_enough_situations() -> None:
    assert len(SITUATIONS) >= 25


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("place", TriagePlace)
def test_every_problem_has_an_office_of_its_agency_in_every_province(problem: str, place: TriagePlace) -> None:
    lead = next(row["agency_code"] for row in problem_types() if row["code"] == problem)
    for province in PROVINCES:
        (found,) = ask(Answers([problem], {place: province})).problems
        assert [o.office for o in found.offices if o.task.leads] == [OFFICES[lead, province]]
        assert all(o.instead_of is None for o in found.offices)


AREAS = st.sampled_from(PROVINCES)
DAYS = st.dates(date(1999, 1, 1), date(2026, 11, 16))
ANSWERS = st.builds(
    Answers,
    problem_type_codes=st.lists(st.sampled_from(PROBLEMS), min_size=1, max_size=9, unique=True),
    places=st.dictionaries(st.sampled_from(TriagePlace), AREAS, min_size=1),
    key_dates=st.dictionaries(st.sampled_from(KeyEvent), DAYS, max_size=1),
    employment_began=st.none() | st.just(date(1995, 1, 1)),
    employment=st.none() | st.sampled_from(EmploymentKind),
    insured=st.none() | st.sampled_from(InsuredSection),
)


@given(ANSWERS, AREAS)
def test_the_place_never_changes_clocks_papers_or_rights(answers: Answers, area: str) -> None:
    first = ask(answers)
    second = ask(replace(answers, places={**answers.places, TriagePlace.WORKPLACE: area}))
    assert (first.clocks, first.documents, first.forms) == (second.clocks, second.documents, second.forms)
    assert [p.rights for p in first.problems] == [p.rights for p in second.problems]
    assert first.severance == second.severance


@given(ANSWERS, st.sampled_from(PROBLEMS))
def test_one_more_problem_takes_nothing_from_the_others(answers: Answers, more: str) -> None:
    codes = list(dict.fromkeys([*answers.problem_type_codes, more]))
    first, second = ask(answers), ask(replace(answers, problem_type_codes=codes))
    assert second.problems[: len(first.problems)] == first.problems
    assert {c.running for c in first.clocks} <= {c.running for c in second.clocks}
    assert {p.rule for p in [*first.documents, *first.forms]} <= {p.rule for p in [*second.documents, *second.forms]}


@given(ANSWERS)
def test_every_because_names_a_row_in_force_on_the_day_it_is_applied_to(answers: Answers) -> None:
    known: list[Any] = [*CLOCKS, *(rule for table in triage_rules()[:-1] for rule in table)]
    for rule, day in reasons(ask(answers)):
        assert rule in known
        assert list(in_force([rule], day)) == [rule]


def reasons(found: TriageFound) -> Iterator[tuple[Any, date]]:
    for problem in found.problems:
        yield from ((office.rule, office.applied_to) for office in problem.offices)
        yield from ((right.rule, right.applied_to) for right in problem.rights)
    yield from ((each.rule, each.applied_to) for each in [*found.documents, *found.forms])
    yield from ((each.running.clock, each.running.started_on) for each in found.clocks)
    if found.severance:
        yield found.severance.rule, found.severance.applied_to


def test_where_an_agency_has_no_office_the_coordinator_stands_in_and_it_is_said() -> None:
    def without_dlpw(agency: str, area: str) -> Sequence[str]:
        return [] if agency == "DLPW" else find(agency, area)

    (problem,) = ask(Answers(["UNPAID_WAGES"], {TriagePlace.WORKPLACE: "43"}), without_dlpw).problems
    (found,) = problem.offices
    assert (found.office, found.instead_of, found.rule.code) == ("OPS-43", "DLPW", "COORDINATOR_INSTEAD")
    (problem,) = ask(Answers(["UNPAID_WAGES"], {TriagePlace.WORKPLACE: "43"}), lambda *_: []).problems
    assert problem.offices == []


def test_before_there_was_severance_pay_none_is_told() -> None:
    ended = {KeyEvent.EMPLOYMENT_ENDED: date(1998, 8, 18)}
    told = Answers(["SEVERANCE"], {TriagePlace.HOME: "43"}, ended, employment_began=date(1980, 1, 1))
    assert ask(told).severance is None
    assert ask(replace(told, key_dates={KeyEvent.EMPLOYMENT_ENDED: date(1998, 8, 19)})).severance is not None


def test_an_unconfirmed_row_is_never_marked_verified() -> None:
    rules: list[Any] = [*CLOCKS, *(rule for table in triage_rules()[:-1] for rule in table)]
    assert [rule.code for rule in rules if rule.certainty is Certainty.L and rule.verified] == []


def test_rules_and_questions_speak_of_problems_that_there_are() -> None:
    rules = triage_rules()
    tables: list[Any] = [*rules.offices, *rules.documents, *rules.forms, *rules.insured, *rules.employment]
    named = {code for row in [*tables, *rules.questions] for code in row.problem_type_codes}
    assert named == set(PROBLEMS)
