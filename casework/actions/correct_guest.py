"""Correct who a guest of an activity is: a name that was written down wrong, in whatever state the activity is."""

from sqlalchemy import update

from casework.activities import change_activity, take_activity_for
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import guest
from casework.rules import texts
from casework.work import Work
from models.vocabulary import EventKind


async def correct_guest(
    work: Work,
    *,
    activity_id: int,
    expected_version: int,
    participant_id: int | None,
    name: str,
    organisation: str | None,
) -> int:
    """Write the name and the organisation anew; a name that was deleted by time does not come back.

    Gives the activity's id. The event tells of which participant, never who it is.
    """
    right = {
        "name": texts.clean_line(name, "input", "name"),
        "organisation": texts.clean_optional(organisation, "input", "organisation", limit=texts.LINE),
    }
    row = await take_activity_for(work, activity_id, expected_version=expected_version)
    kept = update(guest).where(guest.c.participant_id == participant_id, guest.c.activity_id == activity_id)
    connection = await work.session.connection()
    if participant_id is None or (await connection.execute(kept.values(**right))).rowcount != 1:
        raise Refusal(RefusalCode.NOT_A_GUEST, "input", "participant")
    await change_activity(work, row, EventKind.GUEST_CORRECTED, {"participant": str(participant_id)})
    return activity_id
