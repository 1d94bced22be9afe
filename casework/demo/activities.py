"""Play the demo's activities through the real actions: planned, invited, attended, closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from casework.actions.create_activity import Plan, create_activity
from casework.actions.invite_participants import Group, Invitation, invite_participants
from casework.actions.record_activity_outcome import ActivityResult, record_activity_outcome
from casework.actions.record_attendance import Attendance, Whom, record_attendance
from casework.demo.player import Player
from casework.reference.data import ReferenceData
from casework.rules.calendar import BANGKOK
from casework.work import Work
from models import Activity, ActivityParticipant
from models.activity_words import ActivityKind, PublicityChannel
from models.vocabulary import SeatKind

FILE = Path(__file__).with_name("activities.yaml")
Told = Mapping[str, Any]


def read_activities() -> list[Told]:
    told: list[Told] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return told


async def play_activities(owner: AsyncEngine, reference: ReferenceData, player: Player) -> int:
    """Play those that are not there yet, each in one transaction; give how many those were."""
    played = 0
    for told in read_activities():
        async with AsyncSession(owner, expire_on_commit=False) as session, session.begin():
            if not await _is_there(session, reference, told):
                await _play(player, session, reference, told)
                played += 1
    return played


async def _is_there(session: AsyncSession, reference: ReferenceData, told: Told) -> bool:
    same = select(col(Activity.id)).where(
        col(Activity.host_office_id) == reference.offices_by_code[told["host"]].id,
        col(Activity.project) == told["project"],
        col(Activity.fiscal_year) == told["fiscal_year"],
        col(Activity.round) == told["round"],
    )
    return (await session.execute(same)).first() is not None


async def _play(player: Player, session: AsyncSession, reference: ReferenceData, told: Told) -> None:
    work = await player.work(session, told["by"], _at(told["written"]))
    host = reference.offices_by_code[told["host"]].id
    activity_id = await create_activity(work, host_office_id=host, plan=_plan(told))
    groups = [_group(each, reference) for each in told["groups"]]
    invitation = Invitation(groups)
    await invite_participants(work, activity_id=activity_id, expected_version=1, invitation=invitation)
    if "attended" in told:
        work = await player.work(session, told["by"], _at(told["attended"]))
        everybody = Attendance(attended=await _invited(work, activity_id))
        await record_attendance(work, activity_id=activity_id, attendance=everybody)
    if "outcome" in told:
        work = await player.work(session, told["by"], _at(told["outcome"]["at"]))
        result = ActivityResult(notes=told["outcome"]["notes"])
        await record_activity_outcome(work, activity_id=activity_id, expected_version=2, result=result)


def _plan(told: Told) -> Plan:
    return Plan(
        kind=ActivityKind(told["kind"]),
        project=told["project"],
        venue=told["venue"],
        area_code=told["area"],
        begins_at=_at(told["begins"]),
        objectives=told["objectives"],
        ends_at=_at(told["ends"]) if "ends" in told else None,
        fiscal_year=told["fiscal_year"],
        round=told["round"],
        topics=told.get("topics", ()),
        channels=[PublicityChannel(code) for code in told.get("channels", ())],
    )


def _group(told: Told, reference: ReferenceData) -> Group:
    office = reference.offices_by_code[told["office"]].id if "office" in told else None
    return Group([SeatKind(kind) for kind in told["kinds"]], told.get("area"), office)


async def _invited(work: Work, activity_id: int) -> Sequence[Whom]:
    of_activity = select(col(ActivityParticipant.id)).where(col(ActivityParticipant.activity_id) == activity_id)
    return [Whom(id_) for id_ in (await work.session.scalars(of_activity)).all()]


def _at(text: str) -> datetime:
    """Read wall time in Bangkok."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BANGKOK)
