"""Cases as they stood: found through the door as it is now, told from the journal and from what rows still know."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BigInteger, DateTime, Integer, Row, Select, any_, column, func, select
from sqlalchemy.dialects.postgresql import JSONB

from casework.policy.visibility import door, the_case
from casework.rules.deadlines import due_of
from casework.rules.stories import CaseStory, Clocks, ProblemStory, ReferralStory, tell
from models import Seat, table_of
from models.columns import Coded
from models.vocabulary import EventKind, Level, SeatKind
from resolvers.case_parts import problem, problems_of
from resolvers.cases import IDS, case_by_reference, cases_by_ids
from resolvers.context import Context
from resolvers.referrals import referrals_of_cases
from resolvers.rows import CaseRow, ProblemRow, ReferralRow
from resolvers.rows_then import CaseThen, ProblemThen, ReferralThen

Thing: TypeAlias = CaseThen | ProblemThen | ReferralThen
seat = table_of(Seat)
_TOLD: list[Any] = [
    column("case_id", BigInteger()),
    column("seq", Integer()),
    column("kind", Coded(EventKind)),
    column("recorded_at", DateTime(timezone=True)),
    column("actor_seat_id", BigInteger()),
    column("payload", JSONB()),
]


@cache
def _stories(kind: SeatKind) -> Select[Any]:
    """Read the events of the cases that the actor sees, for the wall to tell what their level shows of each."""
    seen = select(func.array_agg(the_case.c.id)).where(the_case.c.id == any_(IDS), door(kind).allowed)
    told = func.case_story(seen.scalar_subquery()).table_valued(*_TOLD, name="told")
    by_volunteer = func.coalesce(seat.c.kind == SeatKind.VOLUNTEER, False).label("by_volunteer")
    return (
        select(told, by_volunteer)
        .select_from(told.outerjoin(seat, seat.c.id == told.c.actor_seat_id))
        .order_by(told.c.case_id, told.c.seq)
    )


@cache
def _problems(kind: SeatKind) -> Select[Any]:
    return problems_of(kind).add_columns(problem.c.from_case_id).where(the_case.c.id == any_(IDS))


class _Known(NamedTuple):
    """What the journal and the rows of some cases tell, by case."""

    events: dict[int, list[Row[Any]]]
    problems: dict[int, list[tuple[ProblemRow, int | None]]]
    referrals: dict[int, list[ReferralRow]]


async def _known_of(ids: Sequence[int], context: Context) -> _Known:
    kind, given = context.actor().kind, {"ids": list(ids)}
    known = _Known(defaultdict(list), defaultdict(list), defaultdict(list))
    for event in await context.rows(_stories(kind), given):
        known.events[event.case_id].append(event)
    for row in await context.rows(_problems(kind), given):
        known.problems[row.case_id].append((ProblemRow._make(row[:-1]), row.from_case_id))
    for referral in await referrals_of_cases(ids, context=context):
        known.referrals[referral.case_id].append(referral)
    return known


async def case_as_of(context: Context, reference: str, at: datetime) -> CaseThen | None:
    """Find a case by its reference and tell how it stood; None before its opening, as for what is not there."""
    row = await case_by_reference(context, reference)
    (told,) = await _tell([(row, at)], context)
    return told


async def cases_then(wanted: Sequence[tuple[int | None, datetime]], *, context: Context) -> list[CaseThen | None]:
    """Give cases at instants, aligned; None for what the actor does not see now or what was not there then."""
    rows = await cases_by_ids([case_id for case_id, _ in wanted], context=context)
    return await _tell([(row, at) for row, (_, at) in zip(rows, wanted, strict=True)], context)


async def things_then(wanted: Sequence[tuple[int, datetime, bytes]], *, context: Context) -> list[Thing | None]:
    """Give cases at instants, or what `own_key` names of them; None for what is not seen or was not there."""
    cases = await cases_then([(case_id, at) for case_id, at, _ in wanted], context=context)
    return [_thing_of(case, own) for case, (_, _, own) in zip(cases, wanted, strict=True)]


def _thing_of(case: CaseThen | None, own: bytes) -> Thing | None:
    if case is None or not own:
        return case
    below: list[ProblemThen | ReferralThen] = [*case.problems, *case.referrals]
    return next((each for each in below if each.own_key == own), None)


async def _tell(wanted: Iterable[tuple[CaseRow | None, datetime]], context: Context) -> list[CaseThen | None]:
    asked = list(wanted)
    ids = sorted({row.id for row, _ in asked if row is not None})
    if not ids:
        return [None] * len(asked)
    known = await _known_of(ids, context)
    return [None if row is None else _case_then(row, at, known, context) for row, at in asked]


def _case_then(row: CaseRow, at: datetime, known: _Known, context: Context) -> CaseThen | None:
    brought = defaultdict(list)
    for each, source in known.problems[row.id]:
        if source is not None:
            brought[source].append((each.problem_type_code, each.outcome))
    story = tell(known.events[row.id], at, brought=brought)
    if story is None:
        return None
    sent = [
        (each, story.referrals[each.id], _referral_values(each, story.referrals[each.id]))
        for each in known.referrals[row.id]
        if each.id in story.referrals
    ]
    case = CaseThen._make(_case_values(row, story, context, [values for _, _, values in sent]))
    case.story = story
    now = {each.problem_type_code: each for each, _ in known.problems[row.id]}
    case.problems = [_problem_then(each, now.get(each.code), case) for each in story.problems.values()]
    case.referrals = [_referral_then(values, told, case) for _, told, values in sent]
    return case


def _case_values(row: CaseRow, story: CaseStory, context: Context, referrals: Sequence[ReferralRow]) -> CaseRow:
    """Put what the story tells in place of what stands now; what is left never changes, or is of the viewer now."""
    types = context.reference.problem_types
    due = [due_of(each.state, respond_by=each.respond_by, result_by=each.result_by) for each in referrals]
    due.append(story.legal_due_at)
    return row._replace(
        state=story.state,
        sensitive=any(types[code].sensitive for code in story.problems),
        holder_seat_id=story.holder_seat_id,
        holder_office_id=story.holder_office_id,
        volunteer_seat_id=story.volunteer_seat_id,
        assigned_seat_id=story.assigned_seat_id,
        updated_at=story.updated_at or row.opened_at,
        due_at=min((time for time in due if time is not None), default=None),
        review_on=story.review_on,
        resolved_at=story.resolved_at,
        resolved_by_account_id=None,
        ended_at=story.ended_at,
        erased_at=story.erased_at,
        merged_into_case_id=story.merged_into_case_id,
        version=story.version,
    )


def _problem_then(told: ProblemStory, now: ProblemRow | None, case: CaseThen) -> ProblemThen:
    """Amounts are those of the row, unless a later result may have changed them: then nobody knows them any more."""
    shown = told.outcome if case.level >= Level.ANONYMOUS else None
    lasts = now if shown is not None and not told.changed_later else None
    problem_then = ProblemThen(
        id=0 if now is None else now.id,
        case_id=case.id,
        problem_type_code=told.code,
        outcome=shown,
        amount_claimed=None if lasts is None else lasts.amount_claimed,
        amount_recovered=None if lasts is None else lasts.amount_recovered,
        outcome_at=None if shown is None else told.outcome_at or (None if lasts is None else lasts.outcome_at),
    )
    problem_then.at = case.as_of
    return problem_then


def _referral_values(row: ReferralRow, told: ReferralStory) -> ReferralRow:
    """Clocks and packet are those of the events, or of the row where none told them and none changed them later."""
    clocks = told.clocks or (Clocks(None, None) if told.moved_later else Clocks(row.respond_by, row.result_by))
    shown = row.level >= Level.ANONYMOUS
    discloses = row.discloses if told.discloses is None else list(told.discloses)
    return row._replace(
        state=told.state,
        version=told.version,
        suggested_office_id=told.suggested_office_id,
        respond_by=clocks.respond_by,
        result_by=clocks.result_by,
        received_at=told.received_at,
        accepted_at=told.accepted_at,
        started_at=told.started_at,
        asked_at=told.asked_at,
        ended_at=told.ended_at,
        reply_category=told.reply_category if shown else None,
        discloses=discloses if shown else None,
        disclosure_expires_at=(told.packet_until if told.renewed_later else None) or row.disclosure_expires_at,
    )


def _referral_then(values: ReferralRow, told: ReferralStory, case: CaseThen) -> ReferralThen:
    referral_then = ReferralThen._make(values)
    referral_then.case, referral_then.story = case, told
    return referral_then
