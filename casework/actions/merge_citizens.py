"""Merge two records of one person: one goes on, with the cases and contacts of both; the other stays as it was."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, bindparam, func, select
from sqlmodel import col

from casework import journal
from casework.citizen_desk import take_citizen_for
from casework.errors import Refusal, RefusalCode
from casework.joining import bring_contacts, bring_identifiers
from casework.search import refresh_names
from casework.work import Work
from models import Citizen
from models.action_words import CitizenAction
from models.vocabulary import EventKind

_JOIN = select(
    func.join_cases(bindparam("source", type_=BigInteger()), bindparam("target", type_=BigInteger())).label("moved")
)
"""Moves all cases, also those in other provinces: a record without them would be seen by nobody there."""


async def merge_citizens(
    work: Work, *, source_id: int, target_id: int, expected_version: int, expected_into_version: int
) -> int:
    """Give the id of the record that goes on. Contacts and documents are copied, cases moved; nothing is lost."""
    if source_id == target_id:
        raise Refusal(RefusalCode.CITIZENS_SAME, "input", "into")
    source, target = await _take_both(
        work,
        {source_id: (expected_version, "expectedVersion"), target_id: (expected_into_version, "expectedIntoVersion")},
    )
    if await _has_merged(work, source_id):
        raise Refusal(RefusalCode.CITIZEN_HAS_MERGED, "input", "citizen")
    await bring_contacts(work, source_id, target_id)
    await bring_identifiers(work, source_id, target_id)
    source.merged_into_citizen_id = target_id
    for citizen in (source, target):
        citizen.updated_at = work.now
        citizen.version += 1
    await work.session.flush()  # before its cases go: it is seen through those of the other one from now on
    moved = (await work.session.execute(_JOIN, {"source": source_id, "target": target_id})).scalar_one()
    await journal.append(work, source, EventKind.CITIZEN_MERGED, {"citizen": target_id, "cases": moved})
    await journal.append(work, target, EventKind.CITIZEN_ABSORBED, {"citizen": source_id, "cases": moved})
    await refresh_names(work, target_id)
    return target_id


async def _take_both(work: Work, wanted: Mapping[int, tuple[int, str]]) -> list[Citizen]:
    """Lock both in the order of their ids, so that two merges never wait for each other; give them as wanted."""
    taken = {}
    for citizen_id in sorted(wanted):
        version, given_as = wanted[citizen_id]
        taken[citizen_id] = await take_citizen_for(
            work, citizen_id, CitizenAction.MERGE, expected_version=version, given_as=given_as
        )
    return [taken[citizen_id] for citizen_id in wanted]


async def _has_merged(work: Work, source_id: int) -> bool:
    """Records are merged one deep: so each parts again by itself, and no ring of them can close."""
    merged = select(col(Citizen.id)).where(col(Citizen.merged_into_citizen_id) == source_id)
    return (await work.session.execute(merged.limit(1))).first() is not None
