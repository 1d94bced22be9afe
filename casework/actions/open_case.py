"""Open a case for a citizen: the one who opens it holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.dialects.postgresql import insert

from casework import journal
from casework.actions.record_key_date import write_key_date
from casework.activities import check_campaign
from casework.clocks import refresh_clocks
from casework.errors import Refusal, RefusalCode
from casework.holders import begin_holding
from casework.participations import begin_participation
from casework.policy.citizens import check_knows_citizen
from casework.policy.permissions import check_may_open
from casework.reference.data import AMPHOE_DIGITS, PROVINCE_DIGITS, AreaRow, ProblemTypeRow
from casework.rules import texts
from casework.rules.calendar import bangkok_day, buddhist_year
from casework.rules.clocks import check_key_dates
from casework.rules.references import make_reference
from casework.rules.titles import make_title
from casework.search import refresh_words
from casework.work import Work
from models import Case, CaseContent, CaseCounter, CaseProblem, table_of
from models.clock_words import KeyEvent
from models.vocabulary import AccessSource, AreaLevel, CaseState, Channel, EventKind, Level, Priority, SeatKind

MOST_PROBLEMS = 10
SEATS_THAT_HOLD = frozenset({SeatKind.VOLUNTEER, SeatKind.MENTOR})
"""Seats that hold cases themselves; for all others their office does."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What the citizen told. `area_code` is the tambon of intake: it decides which mentor and province it concerns."""

    citizen_id: int
    problem_type_codes: Sequence[str]
    area_code: str
    narrative: str
    channel: Channel
    priority: Priority = Priority.NORMAL
    title: str | None = None
    workplace_area_code: str | None = None
    workplace_name: str | None = None
    key_dates: Mapping[KeyEvent, date] = field(default_factory=dict)
    campaign_id: int | None = None


async def open_case(work: Work, *, intake: Intake) -> int:
    """Write the case with its problems and give its id."""
    check_may_open(work.by)
    tambon = _tambon(work, intake.area_code)
    types = _problem_types(work, intake.problem_type_codes)
    content = _content(work, intake)
    title = _title(intake, types, tambon)
    check_key_dates(intake.key_dates, lambda event: _place_of(event, intake), now=work.now)
    await check_knows_citizen(work, intake.citizen_id)
    await check_campaign(work, intake.campaign_id)
    case = _new_case(work, intake, types, title=title)
    case.id = await work.new_id()
    case.reference = await _next_reference(work, case.province_code)
    content.case_id = case.id
    await work.save(case)
    if case.volunteer_seat_id is not None or case.sensitive:
        # The volunteer sees it through; and whoever took a sensitive case heard it, whatever colleagues may see.
        opener = work.by.seat_id
        await begin_participation(work, case.id, level=Level.FULL, source=AccessSource.OPENED, seat_id=opener)
    await begin_holding(work, case, seat_id=case.holder_seat_id, office_id=case.holder_office_id)
    await work.save(content)
    for position, (problem_id, kind) in enumerate(zip(await work.new_ids(len(types)), types, strict=True), 1):
        problem = CaseProblem(id=problem_id, case_id=case.id, problem_type_code=kind.code, position=position)
        await work.save(problem)
    for event, day in intake.key_dates.items():
        await write_key_date(work, case, event, day)
    if intake.key_dates:
        await refresh_clocks(work, case)
    opened: journal.Payload = {
        "problemTypes": [kind.code for kind in types],
        "channel": case.channel.value,
        "area": case.area_code,
        "seat": case.holder_seat_id,
        "office": case.holder_office_id,
    }
    if intake.campaign_id is not None:
        opened["campaign"] = intake.campaign_id
    if intake.key_dates:
        opened["keyDates"] = [f"{event.value} {day.isoformat()}" for event, day in intake.key_dates.items()]
    await journal.append(work, case, EventKind.CASE_OPENED, opened)
    await refresh_words(work, case.id)
    return case.id


def _new_case(work: Work, intake: Intake, types: Sequence[ProblemTypeRow], *, title: str) -> Case:
    by_seat = work.by.kind in SEATS_THAT_HOLD
    return Case(
        id=0,
        reference="",
        state=CaseState.NEW,
        channel=intake.channel,
        title=title,
        priority=intake.priority,
        sensitive=any(kind.sensitive for kind in types),
        area_code=intake.area_code,
        amphoe_code=intake.area_code[:AMPHOE_DIGITS],
        province_code=intake.area_code[:PROVINCE_DIGITS],
        citizen_id=intake.citizen_id,
        holder_seat_id=work.by.seat_id if by_seat else None,
        holder_office_id=None if by_seat else work.by.office_id,
        volunteer_seat_id=work.by.seat_id if work.by.kind is SeatKind.VOLUNTEER else None,
        campaign_id=intake.campaign_id,
        opened_at=work.now,
        updated_at=work.now,
        journal_head=b"",
    )


def _tambon(work: Work, code: str) -> AreaRow:
    area = work.reference.areas.get(code)
    if area is None:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "input", "area")
    if area.level is not AreaLevel.TAMBON:
        raise Refusal(RefusalCode.AREA_NOT_TAMBON, "input", "area")
    if area.code[:PROVINCE_DIGITS] != work.by.province_code:
        raise Refusal(RefusalCode.AREA_OUTSIDE_PROVINCE, "input", "area")
    return area


def _problem_types(work: Work, codes: Sequence[str]) -> list[ProblemTypeRow]:
    if not codes:
        raise Refusal(RefusalCode.PROBLEM_MISSING, "input", "problemTypes")
    if len(codes) > MOST_PROBLEMS:
        raise Refusal(RefusalCode.TOO_MANY, "input", "problemTypes", limit=MOST_PROBLEMS)
    if len(set(codes)) < len(codes):
        raise Refusal(RefusalCode.PROBLEM_REPEATED, "input", "problemTypes")
    for at, code in enumerate(codes):
        if code not in work.reference.problem_types:
            raise Refusal(RefusalCode.PROBLEM_TYPE_UNKNOWN, "input", "problemTypes", str(at))
    return [work.reference.problem_types[code] for code in codes]


def _content(work: Work, intake: Intake) -> CaseContent:
    if intake.workplace_area_code is not None and intake.workplace_area_code not in work.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "input", "workplaceArea")
    return CaseContent(
        case_id=0,
        narrative=texts.clean(intake.narrative, "input", "narrative", limit=texts.LONG),
        workplace_area_code=intake.workplace_area_code,
        workplace_name=texts.clean_optional(intake.workplace_name, "input", "workplaceName", limit=texts.LINE),
    )


def _place_of(event: KeyEvent, intake: Intake) -> tuple[str, ...]:
    return "input", "keyDates", str(list(intake.key_dates).index(event)), "day"


def _title(intake: Intake, types: Sequence[ProblemTypeRow], tambon: AreaRow) -> str:
    if intake.title is not None:
        return texts.clean_line(intake.title, "input", "title", limit=texts.LINE)
    phrases = [kind.title_th for kind in types]
    return make_title(phrases, tambon=tambon.name_th, province=tambon.code[:PROVINCE_DIGITS])


async def _next_reference(work: Work, province: str) -> str:
    """Number the cases of a province within a Buddhist year, without gaps: a refused opening gives its number back."""
    year = buddhist_year(bangkok_day(work.now))
    counter = table_of(CaseCounter)
    count = (
        insert(counter)
        .values(province_code=province, buddhist_year=year, last=1)
        .on_conflict_do_update(index_elements=["province_code", "buddhist_year"], set_={"last": counter.c.last + 1})
        .returning(counter.c.last)
    )
    sequence = (await work.session.execute(count)).scalar_one()
    return make_reference(province=province, buddhist_year=year, sequence=sequence)
