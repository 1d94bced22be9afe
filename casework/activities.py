"""An activity taken onto the desk: seen through its door, locked, ready to be changed."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import activity, may_lead, seen_by
from casework.policy.permissions import Verdict, check
from casework.versions import Versioned
from casework.work import Unit, Work
from models import Activity
from models.activity_words import ActivityKind, ActivityState
from models.vocabulary import EventKind

_ID = bindparam("wanted", type_=BigInteger())
TURN = 4_727_022
"""Those who number rounds of one office's projects take turns."""


class Host(NamedTuple):
    """The office that holds an activity, and its province; neither ever changes."""

    office_id: int
    province: str


async def seen_activity(work: Work, activity_id: int, *path: str) -> Host:
    """Tell whose activity it is, if the actor sees it; else it does not exist."""
    shown = select(activity.c.host_office_id, activity.c.province_code).where(activity.c.id == _ID)
    scope = work.by.scope_at(work.now) | {"wanted": activity_id}
    found = (await work.session.execute(shown.where(seen_by(work.by.kind)), scope)).one_or_none()
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, *path)
    return Host(found.host_office_id, found.province_code)


async def take_activity(work: Work, activity_id: int, may: Callable[..., Verdict]) -> Activity:
    """Take an activity that the actor sees, under its lock, if `may` lets the actor do this with its host's."""
    host = await seen_activity(work, activity_id, "input", "activity")
    check(may(work.by, host_office_id=host.office_id, province=host.province))
    locked = select(Activity).where(col(Activity.id) == activity_id).with_for_update(key_share=True)
    return (await work.session.scalars(locked.execution_options(populate_existing=True))).one()


async def take_activity_for(work: Work, activity_id: int, *, expected_version: int) -> Activity:
    """Take an activity that the actor leads, of the expected version; else refuse, in this order."""
    row = await take_activity(work, activity_id, may_lead)
    if row.version != expected_version:
        raise Refusal(
            RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.ACTIVITY, activity_id)
        )
    return row


async def change_activity(work: Unit, row: Activity, kind: EventKind, payload: journal.Payload) -> None:
    """Raise its version and write what happened."""
    row.version += 1
    await journal.append(work, row, kind, payload)


async def check_campaign(work: Work, activity_id: int | None) -> None:
    """Refuse what a case cannot have come from: an activity that is not seen, was cancelled, or is no campaign.

    A phone that was away could not know that it was cancelled: no citizen's word is lost for that.
    """
    if activity_id is None:
        return
    await seen_activity(work, activity_id, "input", "campaign")
    row = await work.session.get_one(Activity, activity_id)
    cancelled = row.state is ActivityState.CANCELLED and work.captured_at is None
    if row.kind is not ActivityKind.CAMPAIGN or cancelled:
        raise Refusal(RefusalCode.NOT_A_CAMPAIGN, "input", "campaign")
