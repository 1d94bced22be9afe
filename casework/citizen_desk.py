"""A citizen's record taken onto the desk: found through the door, locked, ready to be changed."""

from sqlalchemy import BigInteger, bindparam, select

from casework.errors import Refusal, RefusalCode
from casework.policy.citizens import citizen, citizen_door
from casework.policy.permissions import check, may_with_citizen
from casework.versions import Versioned
from casework.work import Work
from models import Citizen
from models.action_words import CitizenAction

_ID = bindparam("wanted", type_=BigInteger())


async def take_citizen_for(
    work: Work,
    citizen_id: int,
    action: CitizenAction,
    *,
    expected_version: int | None = None,
    given_as: str = "expectedVersion",
) -> Citizen:
    """Take a citizen: visible, permitted, of the expected version if one is; else refuse, in this order."""
    seen = citizen_door(work.by.kind)
    scope = work.by.scope_at(work.now) | {"wanted": citizen_id}
    visible = select(citizen.c.id).select_from(seen.rows).where(citizen.c.id == _ID, seen.allowed)
    if (await work.session.execute(visible.with_for_update(of=citizen), scope)).first() is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    read = (
        select(Citizen, seen.level)
        .select_from(seen.rows)
        .where(citizen.c.id == _ID, seen.allowed)
        .execution_options(populate_existing=True)
    )
    row = (await work.session.execute(read, scope)).first()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    taken: Citizen = row[0]
    merged = taken.merged_into_citizen_id is not None
    check(may_with_citizen(work.by, action, row[1], erased=taken.erased_at is not None, merged=merged))
    if expected_version not in (None, taken.version):
        raise Refusal(RefusalCode.VERSION_CONFLICT, "input", given_as, subject=(Versioned.CITIZEN, citizen_id))
    work.now = max(work.now, taken.updated_at)
    return taken
