"""Erasing a citizen: nothing personal stays, the history does, and what stands against it is named."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from casework.actions.erase_citizen import erase_citizen
from casework.actions.open_case import Intake, open_case
from casework.actions.reopen_case import reopen_case
from casework.actions.reveal_identifier import reveal_identifier
from casework.actions.unmerge_cases import unmerge_cases
from casework.actions.update_citizen import Correction, ShownIdentifier, update_citizen
from casework.errors import RefusalCode
from casework.journal import verify
from casework.personal_data import INVENTORY
from casework.search import fill_words
from casework.work import Unit
from models.privacy_words import ErasureGround, HoldGround, Obstacle
from models.vocabulary import CaseState, Channel, IdentifierKind
from tests.casework import situations
from tests.casework.refusals import refused
from tests.casework.test_dump import dump, spellings
from tests.casework.whole_person import NATIONAL_ID, PHONE, PLANTED, erase, hold, release, whole_person
from tests.world import COORDINATOR, TAMBON, VOLUNTEER, World

G = ErasureGround


def intake(citizen_id: int) -> Intake:
    return Intake(citizen_id, ("UNPAID_WAGES",), TAMBON, "นายจ้างไม่จ่าย", Channel.VOLUNTEER)


async def test_a_dump_has_no_trace_of_an_erased_citizen(world: World, superuser_url: str) -> None:
    whole = await whole_person(world)
    before = await dump(world, superuser_url)
    written = PLANTED - {NATIONAL_ID}
    assert {word for word in written if word.encode() not in before} == set()
    assert (await erase(world, whole.citizen_id)).done
    after = await dump(world, superuser_url)
    assert {word for word in written if word.encode() in after} == set()
    assert {word for word in written if word.lower().encode() in after} == set()
    for number in (NATIONAL_ID, PHONE):
        assert [spelt for spelt in spellings(number) if spelt in after] == []


async def test_what_remains_tells_what_became_of_the_cases_and_the_journal_holds(world: World) -> None:
    whole = await whole_person(world)
    of_case = 'SELECT reference, state, area_code, opened_at, ended_at, holder_seat_id FROM "case" ORDER BY id'
    kept = {
        "case": of_case,
        "problem": "SELECT * FROM case_problem ORDER BY id",
        "holding": "SELECT * FROM case_holding ORDER BY id",
        "part": "SELECT * FROM participation ORDER BY id",
        "referral": "SELECT * FROM referral ORDER BY id",
        "look": "SELECT * FROM citizen_access ORDER BY id",
        "note": "SELECT id, audience, author_seat_id, written_at FROM note ORDER BY id",
    }
    before = {name: await world.rows(statement) for name, statement in kept.items()}
    events = await world.value("SELECT count(*) FROM event")
    await erase(world, whole.citizen_id)
    assert {name: await world.rows(statement) for name, statement in kept.items()} == before
    async with world.owner.connect() as connection:
        found = await verify(connection, progress=lambda _: None)
    assert (found.breaks, found.events) == ([], events + 3)
    told = await world.rows("SELECT subject_kind, payload FROM event WHERE kind = 'CITIZEN_ERASED' ORDER BY id")
    assert told == [("CASE", {}), ("CASE", {}), ("CITIZEN", {"ground": "CONSENT_WITHDRAWN"})]


async def test_titles_are_made_anew_and_places_become_coarse(world: World) -> None:
    whole = await whole_person(world)
    await erase(world, whole.citizen_id)
    titles = await world.rows('SELECT DISTINCT title, tracking_generation, erased_at IS NOT NULL FROM "case"')
    assert titles == [("ค่าจ้างค้างจ่าย ต.หนองกอมเกาะ", 2, True)]
    places = "SELECT area_code FROM citizen UNION ALL SELECT workplace_area_code FROM case_content"
    places += " UNION ALL SELECT area_code FROM case_party"
    assert {place for (place,) in await world.rows(places)} == {"4301"}
    assert await world.value("SELECT language || given_name || family_name FROM citizen") == "TH"


async def test_the_search_finds_nothing_and_is_not_filled_again(world: World) -> None:
    whole = await whole_person(world)
    await erase(world, whole.citizen_id)
    words = "SELECT length(words) FROM citizen_search UNION ALL SELECT length(words) FROM case_search"
    assert await world.rows(words) == [(0,), (0,), (0,)]
    assert await fill_words(world.owner, progress=lambda *_: None) == 0


async def test_erasing_twice_changes_nothing(world: World) -> None:
    whole = await whole_person(world)
    assert await erase(world, whole.citizen_id) == (True, ())
    before = await world.fingerprint()
    assert await erase(world, whole.citizen_id) == (False, ())
    assert await world.fingerprint() == before


async def test_a_citizen_without_a_case_can_be_erased(world: World) -> None:
    citizen_id = await world.citizen(phones=["0811112222"])
    assert await erase(world, citizen_id, G.OBJECTION) == (True, ())
    assert await world.value("SELECT count(*) FROM citizen_contact") == 0


async def open_referral_of_an_ended_case(world: World) -> int:
    """The verbs never leave one open; a repair by hand may."""
    sent = await situations.referral_in(world, situations.R.RECALLED)
    await situations.status(world, sent.case_id, CaseState.WITHDRAWN, reason="ไม่ประสงค์ต่อ")
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("UPDATE referral SET state = 'SENT', ended_at = NULL")
    return sent.case_id


async def held(world: World) -> int:
    case_id = await situations.closed(world)
    await hold(world, await world.value("SELECT id FROM citizen"))
    return case_id


@pytest.mark.parametrize(
    ("scene", "ground", "obstacle"),
    [
        (held, G.UNLAWFUL, Obstacle.LEGAL_HOLD),
        (situations.resolved, G.UNLAWFUL, Obstacle.OPEN_CASE),
        (open_referral_of_an_ended_case, G.OBJECTION, Obstacle.OPEN_REFERRAL),
        (situations.closed, G.RETENTION_ENDED, Obstacle.RETENTION_RUNS),
    ],
)
async def test_a_refused_erasure_changes_nothing(
    world: World, scene: Any, ground: ErasureGround, obstacle: Obstacle
) -> None:
    await scene(world)
    citizen_id, before = await world.value("SELECT id FROM citizen"), await world.fingerprint()
    assert await erase(world, citizen_id, ground) == (False, [obstacle])
    assert await world.fingerprint() == before


async def test_a_hold_stands_once_for_a_ground_until_it_is_released(world: World) -> None:
    await situations.closed(world)
    citizen_id = await world.value("SELECT id FROM citizen")
    assert [await hold(world, citizen_id), await hold(world, citizen_id)] == [True, False]
    assert await hold(world, citizen_id, HoldGround.AUDIT)
    assert [await release(world, citizen_id), await release(world, citizen_id)] == [True, False]
    assert (await erase(world, citizen_id)).obstacles == [Obstacle.LEGAL_HOLD]
    assert await release(world, citizen_id, HoldGround.AUDIT)
    assert await hold(world, citizen_id)
    assert await release(world, citizen_id)
    assert (await erase(world, citizen_id)).done
    rows = await world.rows("SELECT ground, note, released_at IS NULL FROM legal_hold ORDER BY id")
    assert rows == [("LITIGATION", "", False), ("AUDIT", "", False), ("LITIGATION", "", False)]
    kinds = await world.rows(
        "SELECT kind FROM event WHERE subject_kind = 'CITIZEN' AND kind LIKE 'LEGAL%' ORDER BY seq"
    )
    verbs = [kind.removeprefix("LEGAL_HOLD_") for (kind,) in kinds]
    assert verbs == ["PLACED", "PLACED", "RELEASED", "RELEASED", "PLACED", "RELEASED"]


async def test_when_the_time_has_passed_the_data_may_go(world: World) -> None:
    await situations.closed(world)
    citizen_id = await world.value("SELECT id FROM citizen")
    world.now += timedelta(days=365 * 5 + 3)  # advice on wages: ten years
    assert (await erase(world, citizen_id, G.RETENTION_ENDED)).obstacles == [Obstacle.RETENTION_RUNS]
    world.now += timedelta(days=365 * 5 + 3)
    assert (await erase(world, citizen_id, G.RETENTION_ENDED)).done


async def test_nothing_more_is_done_to_an_erased_citizen_or_the_cases(world: World) -> None:
    whole = await whole_person(world)
    await erase(world, whole.citizen_id)
    before = await world.fingerprint()
    shown = ShownIdentifier(IdentifierKind.NATIONAL_ID, NATIONAL_ID[-4:])
    versions = {case_id: await world.version(case_id) for case_id in (whole.case_id, whole.merged_id)}
    correction = {"citizen_id": whole.citizen_id, "expected_version": 3, "correction": Correction(title="นาง")}
    reopening = {"case_id": whole.case_id, "expected_version": versions[whole.case_id], "reason": "ได้เงินไม่ครบ"}
    verbs: tuple[tuple[Any, tuple[str, ...], dict[str, Any]], ...] = (
        (open_case, ("input", "citizen"), {"intake": intake(whole.citizen_id)}),
        (update_citizen, (), correction),
        (reveal_identifier, (), {"citizen_id": whole.citizen_id, "shown": shown, "reason": "ตรวจ"}),
        (reopen_case, (), reopening),
        (unmerge_cases, (), {"case_id": whole.merged_id, "expected_version": versions[whole.merged_id]}),
    )
    for verb, path, given in verbs:
        async with world.trial(COORDINATOR) as work:
            with refused(RefusalCode.CITIZEN_ERASED, *path):
                await verb(work, **given)
    assert await world.fingerprint() == before


async def test_a_case_that_is_opened_meanwhile_stands_against_the_erasure(world: World) -> None:
    """Opened and not committed yet: the erasure waits, and then sees it."""
    citizen_id = await world.citizen()
    async with world.trial(VOLUNTEER) as work:
        await open_case(work, intake=intake(citizen_id))
        erasing = asyncio.create_task(erase(world, citizen_id))
        await until_somebody_waits(world)
        await work.session.commit()
    assert (await erasing).obstacles == [Obstacle.OPEN_CASE]


async def test_a_case_is_not_opened_for_a_citizen_who_is_erased_meanwhile(world: World) -> None:
    """Erased and not committed yet: the opening waits, and is refused."""

    citizen_id = await world.citizen()

    async def opening() -> None:
        async with world.trial(VOLUNTEER) as work:
            with refused(RefusalCode.CITIZEN_ERASED, "input", "citizen"):
                await open_case(work, intake=intake(citizen_id))

    async with AsyncSession(world.owner, expire_on_commit=False) as session:
        unit = Unit(session=session, now=world.now, reference=world.reference)
        assert (await erase_citizen(unit, citizen_id=citizen_id, ground=G.UNLAWFUL)).done
        opened = asyncio.create_task(opening())
        await until_somebody_waits(world)
        await session.commit()
    await opened
    assert await world.value('SELECT count(*) FROM "case"') == 0


async def until_somebody_waits(world: World) -> None:
    waiting = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    waiting += " WHERE NOT granted AND datname = current_database()"
    async with asyncio.timeout(30):
        while not await world.value(waiting):  # noqa: ASYNC110 - nothing tells that it waits
            await asyncio.sleep(0)


def test_the_inventory_says_in_both_languages_what_goes() -> None:
    assert all(kept.th and kept.en for kept in INVENTORY.values())
