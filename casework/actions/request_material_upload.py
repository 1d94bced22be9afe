"""Ask for a link to which a material of an activity is sent: slides, handouts, posters."""

from sqlalchemy import BigInteger, bindparam, func, select

from casework.actions.request_upload import AttachmentLimits, NewFile, announced
from casework.activities import take_activity
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import may_lead
from casework.work import Work

_COUNT = select(func.material_count(bindparam("activity_id", type_=BigInteger()), type_=BigInteger()))


async def request_material_upload(work: Work, *, activity_id: int, file: NewFile, limits: AttachmentLimits) -> int:
    """Write the row and give its id; an activity takes as many files as a case. Takes and raises no version."""
    row = await announced(work, file, limits)
    await take_activity(work, activity_id, may_lead)
    if (await work.session.execute(_COUNT, {"activity_id": activity_id})).scalar_one() >= limits.per_case:
        raise Refusal(RefusalCode.ATTACHMENTS_TOO_MANY, "input", "activity", limit=limits.per_case)
    row.activity_id = activity_id
    await work.save(row)
    return row.id
