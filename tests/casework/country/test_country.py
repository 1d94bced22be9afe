"""A country is loaded whole, the same each time, into a database that has no cases; the service goes on from there."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from casework.actions.accept_referral import accept_referral
from casework.actions.complete_referral import complete_referral
from casework.actions.start_referral import start_referral
from casework.actions.update_case_status import update_case_status
from casework.demo.country.case_rows import CaseRow
from casework.demo.country.citizen_rows import CitizenRow, IdentifierRow
from casework.demo.country.clock import Clock
from casework.demo.country.country import Country
from casework.demo.country.event_rows import EventRow
from casework.demo.country.happening import happen
from casework.demo.country.ledger import Ledger, Numbers
from casework.demo.country.library import read_library
from casework.demo.country.loader import CasesAreThereError, load_country
from casework.demo.country.posts import handles, read_posts
from casework.demo.country.sheaf import Sheaf, columns_of
from casework.demo.network import posts, read_network
from casework.identifiers import unseal
from casework.journal import verify
from casework.outcomes import Result
from casework.rules.references import make_reference
from casework.rules.states import CASE_STEPS
from casework.tending import tend
from models import CitizenIdentifier
from models.vocabulary import CaseState, IdentifierKind, Outcome
from server.migration import check_models
from tests.casework.country.conftest import SCALE, SHAPE, Loaded
from tests.world import World


async def happened(country: World, seed: int) -> dict[type, list[Any]]:
    """Let a country of a hundred cases happen in memory."""
    async with country.owner.connect() as connection:
        everybody = await read_posts(connection)
    rng = Random(seed)  # noqa: S311
    invented = Country(
        reference=country.reference,
        library=read_library(),
        posts=everybody,
        keys=country.keys,
        ledger=Ledger(Numbers(count(1), count(1), count(1))),
        clock=Clock(rng, since=SCALE.since, until=SCALE.until),
        rng=rng,
    )
    return joined(happen(invented, 100, progress=lambda *_: None))


def joined(sheaves: Iterator[Sheaf]) -> dict[type, list[Any]]:
    rows: dict[type, list[Any]] = {}
    for sheaf in sheaves:
        for (_, kind), finished in sheaf.rows.items():
            rows.setdefault(kind, []).extend(finished)
    return rows


async def test_it_has_a_post_for_every_place_and_the_demo_network_keeps_its_own(country: World) -> None:
    kinds = dict(map(tuple, await country.rows("SELECT kind, count(*) FROM seat GROUP BY kind")))
    offices = "SELECT count(DISTINCT office_id) FROM seat WHERE kind = 'OFFICER'"
    assert (kinds["VOLUNTEER"], kinds["MENTOR"], kinds["COORDINATOR"], kinds["OFFICE_HEAD"]) == (7436, 928, 77, 308)
    assert await country.value(offices) == 385
    assert await country.value("SELECT count(*) FROM seat") == await country.value("SELECT count(*) FROM incumbency")
    assert (await country.actor("volunteer 100101")).amphoe_code == "1001"
    assert (await country.actor("officer SSO-10 2")).handles_sensitive
    assert {handle for handle, _, _ in posts(read_network())} - handles() == {
        "admin",
        "auditor",
        "officer OPS-43 3",
        "officer OPS-43 4",
    }


async def test_it_has_as_many_cases_as_wanted_and_all_their_chains_hold(country: World) -> None:
    async with country.owner.connect() as connection:
        found = await verify(connection, progress=lambda _: None)
    assert await country.value('SELECT count(*) FROM "case"') == 400
    assert found.breaks == []
    assert found.subjects == 400 + await country.value("SELECT count(*) FROM citizen")
    assert found.events == await country.value("SELECT count(*) FROM event")


async def test_references_count_up_in_the_order_of_opening_and_the_counters_know_the_last(country: World) -> None:
    last: Counter[tuple[str, int]] = Counter()
    opened = await country.rows(
        "SELECT reference, province_code, opened_at AT TIME ZONE 'Asia/Bangkok' AS opened_at"
        ' FROM "case" ORDER BY "case".opened_at, id'
    )
    for row in opened:
        key = (row.province_code, row.opened_at.year + 543)
        last[key] += 1
        assert row.reference == make_reference(province=key[0], buddhist_year=key[1], sequence=last[key])
    counters = await country.rows("SELECT province_code, buddhist_year, last FROM case_counter")
    assert {(row.province_code, row.buddhist_year): row.last for row in counters} == last


async def test_cases_moved_by_legal_steps_only(country: World) -> None:
    taken = await country.rows(
        "SELECT DISTINCT payload ->> 'from' AS a, payload ->> 'to' AS b FROM event WHERE kind = 'CASE_STATUS_CHANGED'"
    )
    assert [row for row in taken if CaseState(row.b) not in CASE_STEPS[CaseState(row.a)]] == []


async def test_time_demands_nothing_that_did_not_happen(country: World) -> None:
    """The system had its turn within half a day: no referral is left to lapse, no case to close."""
    now = SCALE.until - timedelta(hours=12)
    assert await tend(country.worker, country.reference, now=now, progress=lambda *_: None) == (0, 0, 0)


async def test_identifiers_are_sealed_with_the_keys_of_the_installation(country: World) -> None:
    row = (await country.rows("SELECT * FROM citizen_identifier ORDER BY id LIMIT 1"))[0]
    number = unseal(country.keys, CitizenIdentifier(**{**row._mapping, "kind": IdentifierKind(row.kind)}))
    assert (len(number), number[3:5], number[-4:]) == (13, "99", row.last_four)


async def test_the_tables_are_guarded_as_before(loaded: Loaded) -> None:
    country = loaded.world
    assert await country.rows(SHAPE) == loaded.shape_before
    await check_models(country.owner)
    async with country.owner.connect() as connection:
        with pytest.raises(DBAPIError, match="the journal is append-only"):
            await connection.execute(text("DELETE FROM event"))


async def test_the_service_goes_on_with_a_loaded_case(country: World) -> None:
    """The work on a referral, a new state, and a new case with the next number of its province and year."""
    referral = (
        await country.rows(
            "SELECT r.id, r.case_id, o.code, p.problem_type_code FROM referral r JOIN office o ON o.id = r.to_office_id"
            " JOIN case_problem p ON p.id = r.problem_id"
            " WHERE r.state = 'RECEIVED' AND r.kind = 'REFER' ORDER BY r.id LIMIT 1"
        )
    )[0]
    officer = f"officer {referral.code} 2"
    events = await country.value("SELECT count(*) FROM event WHERE subject_id = :id", id=referral.case_id)
    await country.on_referral(officer, accept_referral, referral.id)
    await country.on_referral(officer, start_referral, referral.id)
    given = {"report": "ดำเนินการแล้ว", "result": Result(Outcome.ADVISED)}
    await country.on_referral(officer, complete_referral, referral.id, **given)
    assert await country.value("SELECT state FROM referral WHERE id = :id", id=referral.id) == "COMPLETED"
    more = "SELECT count(*) FROM event WHERE subject_id = :id"
    assert await country.value(more, id=referral.case_id) == events + 3
    assert await country.value("SELECT count(*) FROM feed_pending") == 3


async def test_a_volunteer_moves_a_loaded_case_on_and_opens_another(country: World) -> None:
    case = (
        await country.rows(
            "SELECT id, area_code, reference FROM \"case\" WHERE state = 'SCREENING'"
            " AND holder_seat_id IS NOT NULL ORDER BY id LIMIT 1"
        )
    )[0]
    volunteer, area = f"volunteer {case.area_code}", case.area_code
    await country.on_case(volunteer, update_case_status, case.id, state=CaseState.IN_PROGRESS)
    last = await country.value(
        "SELECT last FROM case_counter WHERE province_code = :p AND buddhist_year = 2569", p=area[:2]
    )
    opened = await country.case(volunteer, area=area)
    reference = await country.value('SELECT reference FROM "case" WHERE id = :id', id=opened)
    assert case.reference.startswith(f"{area[:2]}-2569-")
    assert reference == make_reference(province=area[:2], buddhist_year=2569, sequence=last + 1)
    async with country.owner.connect() as connection:
        assert (await verify(connection, progress=lambda _: None)).breaks == []


async def test_a_second_load_is_refused_and_changes_nothing(country: World) -> None:
    before = await country.fingerprint()
    with pytest.raises(CasesAreThereError):
        await load_country(country.owner, country.reference, country.keys, scale=SCALE, progress=lambda *_: None)
    assert await country.fingerprint() == before


async def test_the_same_seed_gives_the_same_country_and_another_seed_another(country: World) -> None:
    first, again, other = [await happened(country, seed) for seed in (1, 1, 2)]
    sealed = columns_of(IdentifierRow).index("sealed")
    for rows in (first, again, other):
        rows[IdentifierRow] = [row[:sealed] + row[sealed + 1 :] for row in rows[IdentifierRow]]
    assert first == again
    assert first[CaseRow] != other[CaseRow]
    assert len(first[CaseRow]) == 100
    assert first[EventRow][0][columns_of(EventRow).index("seq")] == 1
    assert first[CitizenRow][0][columns_of(CitizenRow).index("registered_at")] >= datetime(2024, 11, 15, tzinfo=UTC)
