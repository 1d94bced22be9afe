"""Take invitations to an activity back, as long as nobody has said whether those people came."""

from collections.abc import Sequence

from sqlalchemy import delete

from casework import journal
from casework.actions.record_attendance import MOST, Whom, invited_among
from casework.activities import change_activity, take_activity_for
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import guest, participant
from casework.rules.activities import check_planned
from casework.work import Work
from models.vocabulary import EventKind


async def remove_participants(
    work: Work, *, activity_id: int, expected_version: int, participants: Sequence[Whom]
) -> int:
    """Delete the participants, and who the guests among them are: all of them, or none. Gives the activity's id."""
    row = await take_activity_for(work, activity_id, expected_version=expected_version)
    check_planned(row.state)
    if not participants:
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    if len(participants) > MOST:
        raise Refusal(RefusalCode.TOO_MANY, "input", "participants", limit=MOST)
    found = await invited_among(work, row, participants, "participants")
    for at, each in enumerate(found):
        if each.attended is not None:
            raise Refusal(RefusalCode.ATTENDANCE_KNOWN, "input", "participants", str(at))
    ids = {each.id for each in found}
    await work.session.execute(delete(guest).where(guest.c.participant_id.in_(ids)))
    await work.session.execute(delete(participant).where(participant.c.id.in_(ids)))
    guests = len({each.id for each in found if each.seat_id is None})
    told: journal.Payload = {"posts": len(ids) - guests, "guests": guests}
    await change_activity(work, row, EventKind.PARTICIPANTS_REMOVED, told)
    return activity_id
