"""Lists of cases and citizens as somebody must be given them: every filter and every order, in plain Python."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from models import Activity, Case, CaseProblem, Citizen, Follow, Referral, Seat
from models.list_words import CaseOrder
from models.vocabulary import CaseState, Level, Priority, SeatKind
from tests.oracle.drawing import FAMILIES, PEOPLE, WORDS
from tests.oracle.drawing_cases import ORDINARY, SENSITIVE
from tests.oracle.mirror import Mirror
from tests.oracle.readers.making import latest

Filter = dict[str, Any]
"""A filter as it is sent."""
RANKS = {Priority.URGENT: 0, Priority.NORMAL: 1, Priority.LOW: 2}
HIDDEN = 3
FAR = timedelta(days=10_000)


def cases_of(mirror: Mirror, wanted: Filter, order: CaseOrder) -> list[Case]:
    """Give the cases that somebody sees and that hold what is wanted, in order."""
    found = [case for case in mirror.cases() if all(HOLDS[name](mirror, case, value) for name, value in wanted.items())]
    if order in {CaseOrder.UPDATED, CaseOrder.OPENED}:
        return latest(found, f"{order.value.lower()}_at", "id")
    by_priority = order is CaseOrder.PRIORITY
    return sorted(found, key=lambda case: (_rank(mirror, case) if by_priority else 0, _due(mirror, case), case.id))


def _rank(mirror: Mirror, case: Case) -> int:
    return RANKS[case.priority] if mirror.reaches(case.id, Level.ANONYMOUS) else HIDDEN


def _due(mirror: Mirror, case: Case) -> datetime:
    return case.due_at or mirror.facts.now + FAR


def citizens_of(mirror: Mirror, wanted: Filter) -> list[Citizen]:
    """Give the citizens that somebody sees and that hold what is wanted, the latest first."""
    found = [
        citizen
        for citizen in mirror.citizens()
        if (citizen.area_code or "").startswith(wanted.get("area", ""))
        and _words(wanted.get("search", "")) <= _words(_names(mirror, citizen))
    ]
    return latest(found, "id")


def _names(mirror: Mirror, citizen: Citizen) -> str:
    """Give all names that a person is known by: also those of records that were merged into this one."""
    records = [citizen, *mirror.facts.of(Citizen, merged_into_citizen_id=citizen.id)]
    return " ".join(f"{record.given_name} {record.family_name}" for record in records)


def _words(text: str) -> set[str]:
    return set(text.lower().split())


def _answers(mirror: Mirror, case: Case, search: str) -> bool:
    """Does the case answer: by its reference for all who see it, by its words from level WORK on?"""
    if search == case.reference or search.rjust(5, "0") == case.reference.split("-")[2]:
        return True
    content = mirror.content(case)
    if content is None:
        return False
    citizen = mirror.facts.one(Citizen, id=case.citizen_id)
    told = (_names(mirror, citizen), content.workplace_name or "", content.narrative)
    return _words(search) <= _words(" ".join(told))


def _types(mirror: Mirror, case: Case) -> set[str]:
    return {problem.problem_type_code for problem in mirror.facts.of(CaseProblem, case_id=case.id)}


def _leads(mirror: Mirror, case: Case, agency: str) -> bool:
    return any(mirror.problem_type(code).agency_code == agency for code in _types(mirror, case))


def _code(mirror: Mirror, office_id: int | None) -> Any:
    return None if office_id is None else mirror.office(office_id).code


def _concerns(mirror: Mirror, case: Case, office: str) -> bool:
    referrals = mirror.facts.of(Referral, case_id=case.id)
    return office in {_code(mirror, case.holder_office_id), *(_code(mirror, r.to_office_id) for r in referrals)}


def _held_by(mirror: Mirror, case: Case, holder: Mapping[str, Any]) -> bool:
    if "office" in holder:
        return bool(_code(mirror, case.holder_office_id) == holder["office"]["code"])
    return case.holder_seat_id is not None and mirror.api.id("Seat", case.holder_seat_id) == holder["seat"]


def _is_overdue(mirror: Mirror, case: Case) -> bool:
    return case.ended_at is None and case.due_at is not None and case.due_at < mirror.facts.now


def _follows(mirror: Mirror, case: Case) -> bool:
    return bool(mirror.facts.of(Follow, case_id=case.id, seat_id=mirror.by.seat_id))


def _within(at: datetime, period: Mapping[str, str]) -> bool:
    return datetime.fromisoformat(period["from"]) <= at < datetime.fromisoformat(period["until"])


HOLDS: dict[str, Callable[[Mirror, Case, Any], bool]] = {
    "states": lambda _, case, states: case.state in states,
    "holder": _held_by,
    "office": lambda m, case, office: _concerns(m, case, office["code"]),
    "volunteer": lambda m, case, seat: m.api.id("Seat", case.volunteer_seat_id or 0) == seat,
    "area": lambda _, case, area: case.area_code.startswith(area),
    "problemTypes": lambda m, case, codes: not _types(m, case).isdisjoint(codes),
    "agency": _leads,
    "citizen": lambda m, case, citizen: (
        m.reaches(case.id, Level.WORK) and m.api.id("Citizen", case.citizen_id) == citizen
    ),
    "campaign": lambda m, case, activity: m.api.id("Activity", case.campaign_id or 0) == activity,
    "sensitive": lambda _, case, flag: case.sensitive is flag,
    "overdue": lambda m, case, flag: _is_overdue(m, case) is flag,
    "followed": lambda m, case, flag: _follows(m, case) is flag,
    "openedBetween": lambda _, case, period: _within(case.opened_at, period),
    "updatedBetween": lambda _, case, period: _within(case.updated_at, period),
    "search": _answers,
}
"""What each part of `CaseFilter` asks of a case that is seen."""


def draw_case_filter(mirror: Mirror, chance: Random, *, names: int) -> Filter:
    """Draw a filter that asks about values of this world, seen or not."""
    case = chance.choice(mirror.facts.all(Case))
    citizen = mirror.facts.one(Citizen, id=case.citizen_id)
    volunteers = [seat.id for seat in mirror.facts.all(Seat) if seat.kind is SeatKind.VOLUNTEER]
    offices = [seat.office_id for seat in mirror.facts.all(Seat) if seat.office_id is not None]
    office = {"code": _code(mirror, chance.choice(offices))}
    holder = {"office": office} if case.holder_seat_id is None else {"seat": mirror.api.id("Seat", case.holder_seat_id)}
    begin = (mirror.facts.now - timedelta(days=chance.randint(20, 60))).isoformat()
    period = {"from": begin, "until": (mirror.facts.now - timedelta(days=chance.randint(0, 19))).isoformat()}
    possible: Filter = {
        "states": [state.value for state in chance.sample(list(CaseState), 4)],
        "holder": holder,
        "office": office,
        "volunteer": mirror.api.id("Seat", case.volunteer_seat_id or chance.choice(volunteers)),
        "area": case.area_code[: chance.choice((2, 4, 6))],
        "problemTypes": chance.sample(ORDINARY, 2) + chance.sample(SENSITIVE, 1),
        "agency": chance.choice(("DLPW", "SSO", "DOE")),
        "citizen": mirror.api.id("Citizen", citizen.id),
        "campaign": mirror.api.id("Activity", chance.choice(mirror.facts.all(Activity)).id),
        "sensitive": chance.random() < 0.5,
        "overdue": chance.random() < 0.5,
        "followed": chance.random() < 0.5,
        "openedBetween": period,
        "updatedBetween": period,
        "search": draw_search(chance, case),
    }
    assert set(possible) == set(HOLDS)
    return {name: possible[name] for name in chance.sample(sorted(possible), names)}


def draw_search(chance: Random, case: Case) -> str:
    """Draw words that stand somewhere in the world, or a case's reference or its number."""
    words = f"{chance.choice(PEOPLE)} {chance.choice(FAMILIES)}", *chance.sample(PEOPLE, 2), *chance.sample(WORDS, 2)
    numbers = case.reference, case.reference.split("-")[2].lstrip("0")
    return chance.choice((*words, *numbers))


def draw_citizen_filter(mirror: Mirror, chance: Random) -> Filter:
    citizen = chance.choice(mirror.facts.all(Citizen))
    area = (citizen.area_code or "43")[: chance.choice((2, 4, 6))]
    return chance.choice(({}, {"search": citizen.given_name}, {"search": citizen.family_name}, {"area": area}))
