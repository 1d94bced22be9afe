"""Draw citizens and their cases: where each case was taken, what it is about, where it stands, who held it when."""

from datetime import timedelta
from decimal import Decimal

from casework.identifiers import seal
from casework.rules.references import make_reference
from models import (
    Case,
    CaseContent,
    CaseHolding,
    CaseMerge,
    CaseProblem,
    Citizen,
    CitizenContact,
    Seat,
)
from models.vocabulary import CaseState, Channel, ContactKind, IdentifierKind, Language, Outcome, Priority, SeatKind
from tests.oracle.drawing import FAMILIES, PEOPLE, Draw

K, S = SeatKind, CaseState
HOLDING_SEATS = (K.VOLUNTEER, K.MENTOR)
OPENERS = (*HOLDING_SEATS, K.OFFICER, K.OFFICE_HEAD, K.COORDINATOR)
ORDINARY = ("UNPAID_WAGES", "SEVERANCE", "WORK_INJURY", "JOB_SEARCH", "SKILL_TRAINING", "INFORMATION")
SENSITIVE = ("HARASSMENT", "FORCED_LABOUR", "CHILD_LABOUR", "OVERSEAS_SCAM")
ENDED = frozenset({S.CLOSED, S.WITHDRAWN, S.MERGED, S.OUT_OF_SCOPE})
WAITING = frozenset({S.WAITING_CITIZEN, S.WAITING_AGENCY})


def draw_citizens(draw: Draw, number: int) -> None:
    for at in range(number):
        province = draw.pick(sorted(draw.tambons))
        born = draw.ago()
        citizen = Citizen(
            id=draw.id,
            title=draw.pick((None, "นาง", "นาย")),
            given_name=draw.pick(PEOPLE),
            family_name=draw.pick(FAMILIES),
            language=draw.pick(list(Language)),
            area_code=draw.pick((None, *draw.tambons[province])),
            birth_year=draw.pick((None, 1970, 1990)),
            registered_by_seat_id=draw.pick(draw.seats(province, *OPENERS)).id,
            registered_at=born,
            updated_at=born,
            journal_head=b"",
        )
        if at == number - 1:  # goes on in another record, which has the cases
            citizen.merged_into_citizen_id = draw.pick(draw.facts.all(Citizen)[1:]).id
        draw.facts.add(citizen)
        _draw_contacts(draw, citizen.id, at)


def _draw_contacts(draw: Draw, citizen_id: int, at: int) -> None:
    kept = [(ContactKind.PHONE, f"+6681{at:07d}"), (ContactKind.ADDRESS, f"{at}/9 Moo 4")]
    for position, (kind, value) in enumerate(draw.some(kept, 2)):
        contact = CitizenContact(id=draw.id, citizen_id=citizen_id, kind=kind, value=value, position=position)
        draw.facts.add(contact)
    if draw.perhaps(0.7):
        number = f"AA{at:07d}"
        draw.facts.add(
            seal(draw.keys, row_id=draw.id, citizen_id=citizen_id, kind=IdentifierKind.PASSPORT, canonical=number)
        )


def draw_case(draw: Draw, sequence: int) -> Case:
    """Draw a case with its problems, its text and the history of its holders; some go on in the case before it."""
    province = draw.pick(sorted(draw.tambons))
    tambon = draw.pick(draw.tambons[province])
    codes = draw.some(ORDINARY, 2, least=1) + draw.some(SENSITIVE, 1 if draw.perhaps(0.4) else 0)
    state = draw.pick(list(CaseState))
    before = [case for case in draw.facts.all(Case) if case.province_code == province]
    if state is S.MERGED and not before:
        state = S.IN_PROGRESS
    opener = draw.pick(draw.seats(province, *OPENERS))
    opened = draw.ago()
    case = Case(
        id=draw.id,
        reference=make_reference(province=province, buddhist_year=2569, sequence=sequence),
        state=state,
        channel=draw.pick(list(Channel)),
        title=draw.text(),
        priority=draw.pick(list(Priority)),
        sensitive=any(draw.facts.reference.problem_types[code].sensitive for code in codes),
        area_code=tambon,
        amphoe_code=tambon[:4],
        province_code=province,
        citizen_id=draw.pick(
            draw.facts.all(Citizen)[2:-1]
        ).id,  # the first two have no case yet, and the last is merged
        opened_at=opened,
        updated_at=opened + timedelta(hours=draw.chance.randint(0, 3)),
        due_at=draw.pick((None, draw.now + timedelta(hours=draw.chance.randint(-48, 48)))),
        merged_into_case_id=draw.pick(before).id if state is S.MERGED else None,
        version=draw.chance.randint(1, 9),
        journal_head=b"",
    )
    _draw_course(draw, case)
    _draw_holders(draw, case, opener)
    _draw_parts_of_text(draw, case, codes)
    return case


def _draw_course(draw: Draw, case: Case) -> None:
    if case.state in WAITING:
        case.review_on = draw.now.date()
    if case.state in {S.RESOLVED, S.CLOSED}:
        case.resolved_at, case.resolved_by_account_id = case.updated_at, draw.facts.viewers[0].account_id
    if case.state in ENDED:
        case.ended_at = case.updated_at


def _draw_holders(draw: Draw, case: Case, opener: Seat) -> None:
    """Let the one who opened it hold it, and perhaps offices after that; a volunteer stays with it, or comes to it."""
    volunteers = [seat.id for seat in draw.seats(case.province_code, K.VOLUNTEER)]
    case.volunteer_seat_id = opener.id if opener.kind is K.VOLUNTEER else draw.pick((None, *volunteers))
    first = (opener.id, None) if opener.kind in HOLDING_SEATS else (None, opener.office_id)
    later = [(None, office) for office in draw.some(draw.offices(case.province_code), 2)]
    holders = [first, *(holder for holder in later if holder != first)]
    case.holder_seat_id, case.holder_office_id = holders[-1]
    draw.facts.add(case)
    times = [case.opened_at + timedelta(minutes=at) for at in range(len(holders))]
    for (seat_id, office_id), since, until in zip(holders, times, [*times[1:], None], strict=True):
        holding = CaseHolding(
            id=draw.id, case_id=case.id, seat_id=seat_id, office_id=office_id, since=since, until=until
        )
        draw.facts.add(holding)


def _draw_parts_of_text(draw: Draw, case: Case, codes: list[str]) -> None:
    area, name = draw.pick((None, case.area_code)), draw.pick((None, draw.text(2)))
    content = CaseContent(case_id=case.id, narrative=draw.text(6), workplace_area_code=area, workplace_name=name)
    draw.facts.add(content)
    for position, code in enumerate(codes, 1):
        problem = CaseProblem(id=draw.id, case_id=case.id, problem_type_code=code, position=position)
        if draw.perhaps(0.5):
            problem.outcome, problem.outcome_at = draw.pick(list(Outcome)), case.updated_at
            problem.amount_claimed = Decimal(draw.chance.randint(1, 9) * 1000).quantize(Decimal("0.01"))
        draw.facts.add(problem)
    if case.merged_into_case_id is not None:
        draw.facts.add(
            CaseMerge(
                id=draw.id,
                source_case_id=case.id,
                target_case_id=case.merged_into_case_id,
                source_state=S.NEW,
                target_version=1,
                merged_at=case.updated_at,
            )
        )
