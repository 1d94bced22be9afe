"""Who could take cases: for those who may assign them, a few volunteers each, with reasons."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Text,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from casework.policy.permissions import can_now
from casework.policy.visibility import door, the_case
from casework.rules.suggestions import Candidate, Matter, Suggestion, suggest
from models import Assignment, Citizen, table_of
from models.action_words import CaseAction
from models.post_words import SuggestionReason
from models.vocabulary import AssignmentState, Language, Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context
from resolvers.loads import loads_of_seats
from resolvers.rows import CaseRow
from resolvers.rows_of_posts import SeatRow, SuggestionReasonRow, SuggestionRow
from resolvers.seats import FILLED, NOW, SEATS, incumbency, seat, seat_row

assignment, citizen = table_of(Assignment), table_of(Citizen)

_running = (
    incumbency.c.seat_id == seat.c.id,
    incumbency.c.since <= NOW,
    or_(incumbency.c.until.is_(None), incumbency.c.until > NOW),
)
_AWAY = exists().where(*_running, incumbency.c.absent_account_id.is_not(None)).correlate(seat).label("is_away")
_SPOKEN = (
    select(func.string_agg(func.array_to_string(incumbency.c.languages, " "), literal(" ")))
    .where(*_running)
    .correlate(seat)
    .scalar_subquery()
    .label("spoken")
)
_CANDIDATES = SEATS.add_columns(_AWAY, _SPOKEN).where(
    seat.c.kind == SeatKind.VOLUNTEER,
    func.left(seat.c.area_code, 2) == any_(bindparam("provinces", type_=ARRAY(Text))),
    FILLED,
)


@cache
def _matters(kind: SeatKind) -> Select[Any]:
    """What of each case decides: one row a case. Conflicts are found by the database, which tells posts alone."""
    seen = door(kind)
    declined = select(func.array_agg(assignment.c.seat_id)).where(
        assignment.c.case_id == the_case.c.id, assignment.c.state == AssignmentState.DECLINED
    )
    return (
        select(
            the_case.c.id,
            declined.scalar_subquery().label("declined"),
            case((seen.level >= int(Level.WORK), _language()), else_=None).label("language"),
            func.conflicted_seats(the_case.c.id, type_=ARRAY(BigInteger)).label("conflicted"),
        )
        .select_from(seen.rows)
        .where(the_case.c.id == any_(IDS), seen.allowed)
    )


def _language() -> ColumnElement[Any]:
    """The citizen's language other than Thai. Asked as a question, it is no look: only a reason that tells it is."""
    speaks = (
        (exists().where(citizen.c.id == the_case.c.citizen_id, citizen.c.language == language), literal(language.value))
        for language in Language
        if language is not Language.TH
    )
    return case(*speaks, else_=None)


async def suggestions_of_cases(
    cases: Sequence[CaseRow], *, context: Context, most: int
) -> list[list[SuggestionRow] | None]:
    """Give each case's best volunteers; None where the actor may not assign it as it stands."""
    by = context.actor()
    assignable = {one.id: one for one in cases if can_now(by, CaseAction.ASSIGN, one).refusal is None}
    if not assignable:
        return [None] * len(cases)
    found = await context.rows(
        _CANDIDATES,
        {"provinces": sorted({one.province_code for one in assignable.values()}), "now": context.now},
    )
    seats = {row.id: seat_row(row) for row in found}
    candidates = [_candidate(seats[row.id], row) for row in found]
    loads = await loads_of_seats(list(seats.values()), context=context)
    known = {load.seat_id: load.open_taken_part for load in loads if load is not None}
    matters = await context.rows(_matters(by.kind), {"ids": list(assignable)})
    answers: dict[int, list[SuggestionRow]] = {}
    for row in matters:
        one = assignable[row.id]
        best = suggest(_matter(one, row), candidates, known, most=most)
        if one.citizen_id is not None and _tells_language(best):
            context.looks.through_case(one.id, one.citizen_id, one.level)
        answers[one.id] = [_row(seats[suggestion.seat_id], suggestion) for suggestion in best]
    return [answers.get(one.id) for one in cases]


def _candidate(row: SeatRow, found: Any) -> Candidate:
    return Candidate(
        row.id, row.area_code or "", row.handles_sensitive, found.is_away, frozenset((found.spoken or "").split())
    )


def _matter(one: CaseRow, row: Any) -> Matter:
    asked = {seat_id for seat_id in (one.volunteer_seat_id, one.assigned_seat_id) if seat_id is not None}
    return Matter(
        one.area_code, one.sensitive, row.language, frozenset(row.declined or ()), frozenset({*asked, *row.conflicted})
    )


def _tells_language(best: Sequence[Suggestion]) -> bool:
    return any(reason.kind is SuggestionReason.LANGUAGE for suggestion in best for reason in suggestion.reasons)


def _row(seat_: SeatRow, suggestion: Suggestion) -> SuggestionRow:
    reasons = [SuggestionReasonRow(*reason) for reason in suggestion.reasons]
    return SuggestionRow(seat_, suggestion.score, reasons)
