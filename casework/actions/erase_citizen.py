"""Erase the personal data of a citizen: what remains of the cases tells of nobody any more."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.desk import touch
from casework.ended_exports import discard_exports_of
from casework.joining import records_of
from casework.personal_data import CITIZEN, INVENTORY, NOW
from casework.retention import facts_of
from casework.rules.titles import make_title
from casework.work import Unit
from models import Case, CaseProblem, Citizen
from models.privacy_words import ErasureGround, Obstacle
from models.vocabulary import EventKind


class Erasure(NamedTuple):
    """What became of it: `done`, or what stands against it; neither when the citizen was erased before."""

    done: bool
    obstacles: Sequence[Obstacle] = ()


async def erase_citizen(work: Unit, *, citizen_id: int, ground: ErasureGround) -> Erasure:
    """Take everything away that the inventory names, under the lock of the citizen and of each case.

    All records of the person that were merged go together, whichever is named, and the files of exports with a row of
    theirs. Whoever opens a case meanwhile either has it stand against the erasure, or is refused after it. Needs the
    owner's role: the application may delete few of these rows.
    """
    records = await _take_records(work, citizen_id)
    first = records[0]
    if first.erased_at is not None:
        return Erasure(done=False)
    of_citizen = select(Case).where(col(Case.citizen_id) == first.id).order_by(col(Case.id)).with_for_update()
    cases = (await work.session.scalars(of_citizen)).all()
    facts = await facts_of(work.session, first.id)
    against = facts.obstacles(ground, now=work.now)
    if against:
        return Erasure(done=False, obstacles=against)
    work.now = max(work.now, *(record.updated_at for record in records), *(case.updated_at for case in cases))
    for kept in INVENTORY.values():
        statement = kept.erasure()
        if statement is not None:
            for citizen in records:
                await work.session.execute(statement, {CITIZEN.key: citizen.id, NOW.key: work.now})
    await discard_exports_of(work.session, [citizen.id for citizen in records], now=work.now)
    for case in cases:
        await _close_for_ever(work, case)
    for citizen in records:
        citizen.version += 1
        citizen.updated_at = work.now
        await journal.append(work, citizen, EventKind.CITIZEN_ERASED, {"ground": ground.value})
    return Erasure(done=True)


async def _take_records(work: Unit, citizen_id: int) -> Sequence[Citizen]:
    """Lock all records of the person in the order of their ids, as a merge does; the one that goes on comes first."""
    wanted = await records_of(work.session, citizen_id)
    taken: dict[int, Citizen] = {}
    while not taken.keys() >= set(wanted):  # one may have been merged while we waited
        for number in sorted(set(wanted) - taken.keys()):
            taken[number] = await work.session.get_one(Citizen, number, with_for_update=True, populate_existing=True)
        wanted = await records_of(work.session, citizen_id)
    return [taken[number] for number in wanted]


async def _close_for_ever(work: Unit, case: Case) -> None:
    """Give the case a title that nobody wrote, make its tracking code open nothing, and tell its readers."""
    of_case = select(col(CaseProblem.problem_type_code)).where(col(CaseProblem.case_id) == case.id)
    codes = (await work.session.scalars(of_case.order_by(col(CaseProblem.position)))).all()
    phrases = [work.reference.problem_types[code].title_th for code in codes]
    tambon = work.reference.areas[case.area_code]
    case.title = make_title(phrases, tambon=tambon.name_th, province=case.province_code)
    case.tracking_generation += 1
    touch(work, case, versioned=True)
    await journal.append(work, case, EventKind.CITIZEN_ERASED, {})
