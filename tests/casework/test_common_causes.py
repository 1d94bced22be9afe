"""Which cases make up an incident, what the database lets nobody try out, and what becomes of traces."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from casework.actions.add_party import Party, add_party
from casework.actions.dismiss_incident import dismiss_incident
from casework.actions.erase_citizen import Erasure, erase_citizen
from casework.actions.merge_cases import merge_cases
from casework.actions.update_case_status import update_case_status
from casework.keys import Keys
from casework.policy.wall import enter
from casework.reference.files import windows_of_common_causes
from casework.retracing import retrace
from casework.traces import Trace, trace_index, traces_of
from casework.watching import Seen
from models.incident_words import IncidentDismissal, PartyContactKind, TraceKind
from models.privacy_words import ErasureGround
from models.vocabulary import CaseState, PartyKind
from tests.api import Api
from tests.casework.refusals import nothing_changes
from tests.casework.whole_person import as_owner
from tests.world import COORDINATOR, OTHER_VOLUNTEER, VOLUNTEER, World

K, T, W = PartyContactKind, TraceKind, PartyKind
FIRM = "หจก.โขงทรัพย์การโยธา"
PHONE, ACCOUNT = "081-234-5678", "123-4-56789-0"
OLD, NEW = b"the secret of the tests, 32 bytes", b"the secret that comes after it..."
RING = Keys(NEW, OLD)


async def named(world: World, by: str = VOLUNTEER, *problems: str, case: Any = None, **known: Any) -> int:
    """Open a case, with a new citizen unless `case` says otherwise, and name the firm in it."""
    area = {"area": "430201"} if by == OTHER_VOLUNTEER else {}
    case_id = await world.case(by, *problems, **area, **(case or {}))
    await name(world, case_id, by, **known)
    return case_id


async def name(world: World, case_id: int, by: str = VOLUNTEER, **known: Any) -> int:
    party = Party(**{"kind": W.EMPLOYER, "name": FIRM, **known})
    return await world.act(by, add_party, case_id=case_id, party=party)


async def members(world: World) -> list[tuple[str, list[int]]]:
    found = await world.rows(
        "SELECT i.kind, array_agg(m.case_id ORDER BY m.case_id) AS cases FROM incident i"
        " JOIN incident_case m ON m.incident_id = i.id GROUP BY i.id ORDER BY i.kind"
    )
    return [(row.kind, row.cases) for row in found]


def test_employers_and_recruiters_leave_traces_and_nobody_else() -> None:
    contacts = [(K.PHONE, "+66812345678"), (K.ADDRESS, "99 หมู่ 1"), (K.BANK_ACCOUNT, "1234567890")]
    numbers = [Trace(T.PHONE, "+66812345678"), Trace(T.BANK_ACCOUNT, "1234567890")]
    place = (None, "430116")
    assert list(traces_of(W.EMPLOYER, FIRM, *place, contacts)) == [Trace(T.EMPLOYER, "43:โขงทรัพย์การโยธา"), *numbers]
    abroad = traces_of(W.RECRUITER, FIRM, "1001", "430116", [*contacts, *contacts])
    assert list(abroad) == [Trace(T.RECRUITER, "10:โขงทรัพย์การโยธา"), *numbers]
    assert list(traces_of(W.EMPLOYER, "ไม่ทราบ", *place, contacts)) == numbers
    for kind in (W.WITNESS, W.HEIR, W.REPRESENTATIVE):
        assert list(traces_of(kind, FIRM, *place, contacts)) == []


def test_a_trace_tells_nothing_without_its_key_and_names_the_key() -> None:
    trace = Trace(T.PHONE, "+66812345678")
    newest, older = (trace_index(key, trace) for key in RING.ring)
    assert newest[:5] == RING.newest.id
    assert newest != older
    assert newest[5:] != trace_index(RING.newest, Trace(T.BANK_ACCOUNT, trace.value))[5:]
    assert b"812345678" not in newest


def test_every_trace_has_its_window() -> None:
    windows = windows_of_common_causes()
    assert windows.keys() == set(TraceKind)
    assert windows[T.EMPLOYER] == timedelta(days=90)


async def test_cases_of_two_citizens_that_share_anything_are_an_incident_of_it(world: World) -> None:
    first = await named(world, phones=[PHONE], bank_accounts=[ACCOUNT])
    assert await members(world) == []
    second = await named(world, OTHER_VOLUNTEER, name="ลาบป้าแดง", bank_accounts=["1234567890"])
    third = await named(world, kind=W.RECRUITER, phones=["0812345678"])
    assert await members(world) == [("BANK_ACCOUNT", [first, second]), ("PHONE", [first, third])]
    fourth = await named(world)
    assert (await members(world))[1] == ("EMPLOYER", [first, fourth])


async def test_what_is_not_shared_by_another_citizens_case_of_the_province_in_time_is_no_incident(
    world: World,
) -> None:
    citizen_id = await world.citizen()
    own = {"citizen_id": citizen_id}
    await named(world, case=own)
    await named(world, case=own)
    withdrawn = await named(world, OTHER_VOLUNTEER, name="ร้านอื่น", phones=[PHONE])
    gone = {"state": CaseState.WITHDRAWN, "reason": "ถอน"}
    await world.on_case(OTHER_VOLUNTEER, update_case_status, withdrawn, **gone)
    await named(world, name="อีกร้าน", phones=[PHONE])
    far = await named(world, name="ร้านไกล", bank_accounts=[ACCOUNT])
    async with world.owner.begin() as connection:
        moved = "UPDATE \"case\" SET province_code = '41' WHERE id = :id"
        await connection.execute(text(moved), {"id": far})
    await named(world, name="ร้านใกล้", bank_accounts=[ACCOUNT])
    world.now += timedelta(days=91)
    await named(world)
    assert await members(world) == []


async def test_an_incident_takes_in_late_comers_and_a_case_twice_named_stands_once(world: World) -> None:
    cases = [await named(world), await named(world)]
    await name(world, cases[0])
    assert await world.rows("SELECT version FROM incident") == [(1,)]
    world.now += timedelta(days=80)
    cases.append(await named(world))
    assert await members(world) == [("EMPLOYER", cases)]
    (incident,) = await world.rows("SELECT version, state, first_at, last_at FROM incident")
    assert (incident.version, incident.state) == (2, "PROPOSED")
    assert incident.last_at - incident.first_at > timedelta(days=80)


async def test_those_who_name_the_same_firm_at_once_make_one_incident(world: World) -> None:
    cases = [await world.case() for _ in range(6)]
    known: dict[str, Any] = {"phones": [PHONE], "bank_accounts": [ACCOUNT]}
    await asyncio.gather(*(name(world, case_id, **known) for case_id in cases))
    assert await members(world) == [(kind, cases) for kind in ("BANK_ACCOUNT", "EMPLOYER", "PHONE")]


async def test_nobody_reads_traces_or_joins_by_one_that_they_have_not_left(world: World) -> None:
    case_id = await named(world)
    index = await world.value("SELECT blind_index FROM party_trace")
    given = {"case": case_id, "indexes": [index], "other": [b"guessed"], "now": world.now}
    join = "SELECT join_incident(:case, 'EMPLOYER', :{}, :now, :now)"
    for by, statement, refused in (
        (VOLUNTEER, "SELECT count(*) FROM party_trace", "permission denied"),
        (VOLUNTEER, "INSERT INTO incident_case VALUES (1, :case, :now)", "permission denied"),
        (OTHER_VOLUNTEER, join.format("indexes"), "no such trace"),
        (VOLUNTEER, join.format("other"), "no such trace"),
        (OTHER_VOLUNTEER, "INSERT INTO party_trace VALUES (1, 'PHONE', '', :case, :now)", "row-level security"),
    ):
        async with nothing_changes(world), world.writer.connect() as connection:
            await enter(connection, await world.actor(by), world.now)
            used = {name: value for name, value in given.items() if f":{name}" in statement}
            with pytest.raises(ProgrammingError, match=refused):
                await connection.execute(text(statement), used)


async def test_each_case_is_told_once_by_the_system_and_a_sensitive_one_never(world: World) -> None:
    first = await named(world)
    hidden = await named(world, VOLUNTEER, "HARASSMENT")
    assert await world.tend() == Seen()
    second = await named(world)
    assert await world.tend() == Seen(joined=2)
    async with nothing_changes(world):
        assert await world.tend() == Seen()
    joined = "SELECT subject_id, actor_seat_id, payload FROM event WHERE kind = 'INCIDENT_JOINED' ORDER BY subject_id"
    told = await world.rows(joined)
    incident_id = await world.value("SELECT id FROM incident")
    payload = {"incident": incident_id, "trace": "EMPLOYER"}
    assert [tuple(row) for row in told] == [(first, None, payload), (second, None, payload)]
    untold = await world.rows("SELECT case_id FROM incident_case WHERE told_at IS NULL")
    assert untold == [(hidden,)]


async def test_two_who_tell_at_once_tell_once(world: World) -> None:
    for _ in range(3):
        await named(world)
    done = await asyncio.gather(*(world.tend() for _ in range(3)))
    assert sum(one.joined for one in done) == 3
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'INCIDENT_JOINED'") == 3


async def test_an_erasure_takes_the_traces_and_the_place_in_the_incident(world: World) -> None:
    citizen_id = await world.citizen()
    case_id = await named(world, case={"citizen_id": citizen_id}, phones=[PHONE])
    other = await named(world)
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.WITHDRAWN, reason="ถอน")
    ground = ErasureGround.CONSENT_WITHDRAWN
    assert await as_owner(world, erase_citizen, citizen_id=citizen_id, ground=ground) == Erasure(done=True)
    assert await world.rows("SELECT DISTINCT case_id FROM party_trace") == [(other,)]
    assert await members(world) == [("EMPLOYER", [other])]


async def retraced(world: World, keys: Keys = RING) -> int:
    return await retrace(world.owner, keys, progress=lambda *_: None)


async def test_traces_come_under_the_newest_key_and_incidents_with_them(world: World) -> None:
    first = await named(world, phones=[PHONE])
    second = await named(world)
    await named(world, kind=W.WITNESS)
    joined = await members(world)
    assert await retraced(world) == 2
    under = "SELECT count(*) FROM {} WHERE substring(blind_index, 1, 5) <> :id"
    for table in ("party_trace", "incident"):
        assert await world.value(under.format(table), id=RING.newest.id) == 0
    assert await members(world) == joined == [("EMPLOYER", [first, second])]
    async with nothing_changes(world):
        assert await retraced(world) == 0
    world.keys, before = RING, world.keys
    third = await named(world)
    world.keys = before
    assert await members(world) == [("EMPLOYER", [first, second, third])]


async def test_while_keys_change_an_older_trace_is_found_and_two_incidents_become_one(world: World) -> None:
    before = world.keys
    cases = [await named(world), await named(world)]
    world.keys = RING
    cases.append(await named(world))
    assert await members(world) == [("EMPLOYER", cases)]
    world.keys = Keys(NEW)
    cases.append(await named(world))
    assert await world.value("SELECT count(*) FROM incident") == 2
    assert await retraced(world) == 2
    assert await members(world) == [("EMPLOYER", cases)]
    world.keys = before


async def test_parties_that_were_named_before_there_were_traces_are_traced(world: World) -> None:
    first = await named(world)
    await named(world, name="ไม่ทราบ")
    async with world.owner.begin() as connection:
        await connection.execute(text("DELETE FROM party_trace"))
    assert await retraced(world, world.keys) == 1
    second = await named(world)
    assert await members(world) == [("EMPLOYER", [first, second])]


async def test_a_hidden_case_does_not_show_itself_by_bringing_a_dismissed_cause_back(world: World, api: Api) -> None:
    first = await named(world)
    await named(world)
    await world.tend()
    (incident,) = await world.rows("SELECT id, version FROM incident")
    given = {"incident_id": incident.id, "expected_version": incident.version}
    await world.act(COORDINATOR, dismiss_incident, **given, dismissal=IncidentDismissal.UNRELATED)
    asked = "query ($id: ID!) { node(id: $id) { ... on Case { commonCauses { count } } } }"

    async def counted(by: str) -> list[int]:
        found = (await api.ask(asked, by, id=api.id("Case", first)))["node"]["commonCauses"]
        return [each["count"] for each in found]

    assert (await counted(VOLUNTEER), await counted(COORDINATOR)) == ([], [])
    await named(world, VOLUNTEER, "HARASSMENT")
    await world.tend()
    assert (await counted(VOLUNTEER), await counted(COORDINATOR)) == ([], [3])
    await named(world)
    assert (await counted(VOLUNTEER), await counted(COORDINATOR)) == ([3], [4])


async def test_a_merged_case_leaves_its_place_in_the_incident_to_the_one_that_goes_on(world: World) -> None:
    citizen_id = await world.citizen()
    merged, goes_on = [await world.case(citizen_id=citizen_id) for _ in range(2)]
    await name(world, merged)
    other = await named(world)
    versions = {
        "expected_version": await world.version(merged),
        "expected_into_version": await world.version(goes_on),
    }
    await world.act(VOLUNTEER, merge_cases, source_id=merged, target_id=goes_on, **versions)
    assert await members(world) == [("EMPLOYER", sorted([merged, goes_on, other]))]
