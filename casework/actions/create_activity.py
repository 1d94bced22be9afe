"""Plan an activity of an office, or write down one that has been."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from casework import journal
from casework.activities import TURN
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import may_lead
from casework.policy.permissions import check
from casework.reference.data import PROVINCE_DIGITS, OfficeRow
from casework.rules import texts
from casework.rules.activities import MOST_ROUNDS, check_publicity, check_times, fiscal_year, number
from casework.work import Work
from models import Activity
from models.activity_words import ActivityKind, ActivityState, PublicityChannel
from models.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Plan:
    """What the host tells. Without a round it is the next one of the project in the fiscal year."""

    kind: ActivityKind
    project: str
    venue: str
    area_code: str
    begins_at: datetime
    objectives: str
    ends_at: datetime | None = None
    fiscal_year: int | None = None
    round: int | None = None
    topics: Sequence[str] = ()
    channels: Sequence[PublicityChannel] = ()


async def create_activity(work: Work, *, host_office_id: int | None, plan: Plan) -> int:
    """Write the activity, of the actor's own office unless another is named, and give its id."""
    host = work.reference.offices.get(host_office_id or work.by.office_id or 0)
    if host is None:
        raise Refusal(RefusalCode.NOT_PERMITTED)
    check(may_lead(work.by, host_office_id=host.id, province=host.province_code))
    check_area(work, plan.area_code, host.province_code, "input", "area")
    check_times(plan.begins_at, plan.ends_at, now=work.now)
    check_publicity(plan.kind, topics=plan.topics, channels=plan.channels)
    row = _row(work, host, plan)
    row.id = await work.new_id()
    row.round = await free_round(work, row)
    await work.save(row)
    await journal.append(work, row, EventKind.ACTIVITY_CREATED, told_of(row))
    return row.id


def _row(work: Work, host: OfficeRow, plan: Plan) -> Activity:
    """Give the activity as it was told, without id and, unless it was told, round."""
    return Activity(
        id=0,
        kind=plan.kind,
        state=ActivityState.PLANNED,
        host_office_id=host.id,
        province_code=host.province_code,
        area_code=plan.area_code,
        project=texts.clean_line(plan.project, "input", "project", limit=texts.LINE),
        fiscal_year=fiscal_year(plan.fiscal_year, plan.begins_at),
        round=number(plan.round, "input", "round", least=1, most=MOST_ROUNDS) or 0,
        venue=texts.clean_line(plan.venue, "input", "venue", limit=texts.LINE),
        begins_at=plan.begins_at,
        ends_at=plan.ends_at,
        objectives=texts.clean(plan.objectives, "input", "objectives", limit=texts.LONG),
        topics=known_topics(work, plan.topics),
        channels=in_order(plan.channels),
        created_by_seat_id=work.by.seat_id,
        created_at=work.now,
    )


def check_area(work: Work, code: str, province: str, *path: str) -> None:
    if code not in work.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, *path)
    if code[:PROVINCE_DIGITS] != province:
        raise Refusal(RefusalCode.AREA_OUTSIDE_HOST, *path)


def known_topics(work: Work, codes: Sequence[str]) -> list[str]:
    """Give the problem types that a campaign is about, each once."""
    for at, code in enumerate(codes):
        if code not in work.reference.problem_types:
            raise Refusal(RefusalCode.PROBLEM_TYPE_UNKNOWN, "input", "topics", str(at))
    return list(dict.fromkeys(codes))


def in_order(channels: Sequence[PublicityChannel]) -> list[str]:
    """Give channels in the order of the vocabulary, each once."""
    return [channel.value for channel in PublicityChannel if channel in set(channels)]


async def free_round(work: Work, row: Activity) -> int:
    """Give the activity's round, or for 0 the next one; refuse one that the project has had in its fiscal year."""
    turn = select(func.pg_advisory_xact_lock(TURN, func.hashint8(row.host_office_id)))
    of_project = select(col(Activity.round)).where(
        col(Activity.host_office_id) == row.host_office_id,
        col(Activity.fiscal_year) == row.fiscal_year,
        col(Activity.project) == row.project,
        col(Activity.state) != ActivityState.CANCELLED,
        col(Activity.id) != row.id,
    )
    with work.session.no_autoflush:
        await work.session.execute(turn)
        taken = set((await work.session.scalars(of_project)).all())
    if row.round in taken:
        raise Refusal(RefusalCode.ROUND_TAKEN, "input", "round", round=row.round, year=row.fiscal_year)
    return row.round or max(taken, default=0) + 1


def told_of(row: Activity) -> journal.Payload:
    """Give what the journal tells of an activity: codes and numbers, no text."""
    return {
        "activityKind": row.kind.value,
        "office": row.host_office_id,
        "area": row.area_code,
        "fiscalYear": row.fiscal_year,
        "round": row.round,
    }
