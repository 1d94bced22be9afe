"""Undo a merge of two records: the one that was merged goes on by itself, with its own cases."""

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.orm.attributes import set_committed_value

from casework import journal
from casework.citizen_desk import take_citizen_for
from casework.errors import Refusal, RefusalCode
from casework.joining import take_copies_back
from casework.policy.citizens import citizen, citizen_door
from casework.search import refresh_names
from casework.work import Work
from models import Citizen
from models.action_words import CitizenAction
from models.vocabulary import EventKind

_SOURCE = bindparam("source", type_=BigInteger())
_PART = select(func.part_cases(_SOURCE).label("moved"))


async def unmerge_citizens(work: Work, *, citizen_id: int, expected_version: int) -> int:
    """Give the id of the record that goes on by itself. What came to the other one since stays there."""
    source, target = await _take_both(work, citizen_id, expected_version)
    await take_copies_back(work, citizen_id, target.id)
    moved = (await work.session.execute(_PART, {"source": citizen_id})).scalar_one()
    if moved is None:
        raise Refusal(RefusalCode.CITIZENS_SHARE_CASES)
    if moved < 0:  # one of the two would be out of the coordinator's sight
        raise Refusal(RefusalCode.NOT_PERMITTED)
    set_committed_value(source, "merged_into_citizen_id", None)  # the database did, or it would be out of sight by now
    told: journal.Payload = {"citizen": target.id, "cases": moved}
    await journal.append(work, target, EventKind.CITIZEN_RELEASED, {"citizen": citizen_id, "cases": moved})
    await journal.append(work, source, EventKind.CITIZEN_UNMERGED, told)
    for one in (source, target):
        one.updated_at = work.now
        one.version += 1
    await work.session.flush()
    await refresh_names(work, target.id)
    await refresh_names(work, citizen_id)
    return citizen_id


async def _take_both(work: Work, source_id: int, expected_version: int) -> tuple[Citizen, Citizen]:
    """Lock both in the order of their ids; where the record goes on is asked before, and again under its lock."""
    seen = citizen_door(work.by.kind)
    goes_on = select(citizen.c.merged_into_citizen_id).select_from(seen.rows).where(citizen.c.id == _SOURCE)
    scope = work.by.scope_at(work.now) | {"source": source_id}
    target_id = (await work.session.execute(goes_on.where(seen.allowed), scope)).scalar()
    taken = {}
    for number in sorted({source_id, target_id or source_id}):
        if number == source_id:
            taken[number] = await take_citizen_for(
                work, number, CitizenAction.UNMERGE, expected_version=expected_version
            )
        else:
            taken[number] = await take_citizen_for(work, number, CitizenAction.MERGE)
    source = taken[source_id]
    if source.merged_into_citizen_id not in taken:  # it was merged into yet another one meanwhile
        raise Refusal(RefusalCode.CITIZEN_NOT_MERGED)
    return source, taken[source.merged_into_citizen_id]
