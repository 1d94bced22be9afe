"""The worker's part of exports: how a file comes about, and what becomes of one that does not end well."""

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from casework import exports
from casework.actions.request_export import ExportLimits
from casework.ended_exports import LONGEST_WAIT, forget_old_exports, give_up_exports
from casework.exports import ExportLostError
from casework.scanning import remove_discarded
from resolvers.rows_of_exports import Line
from server.export_files import CsvFile
from server.exporter import LEASE, MOST_ATTEMPTS, RETRY_AFTER, Exporter
from server.local_folder import LocalFolder
from tests.api import Api
from tests.casework.whole_person import erase, whole_person
from tests.server.exporting import ask_for, csv_rows, exporter, standing, written
from tests.server.uploads import kept
from tests.world import COORDINATOR, MENTOR, VOLUNTEER, World

pytestmark = pytest.mark.usefixtures("empty_store")
STATE = "SELECT state, rows_done, object_key, attempts FROM export"


async def end_posts(world: World) -> None:
    async with world.owner.begin() as connection:
        await connection.execute(text("UPDATE incumbency SET until = :now"), {"now": world.now})


async def test_a_search_is_sealed_until_it_is_written_and_then_gone(world: World, api: Api) -> None:
    await world.case()
    await world.case()
    export = await ask_for(api, filter={"search": "สมหญิง", "states": ["NEW"]}, orderBy="DUE")
    assert export["rowCount"] == 2
    sealed = await world.value("SELECT sealed FROM export")
    assert len(sealed) > 100
    assert "สมหญิง" not in str(await world.rows("SELECT export::text FROM export UNION SELECT payload::text FROM event"))
    await exporter(world).look()
    assert (await standing(api, export))["rowsDone"] == 2
    assert await world.value("SELECT sealed FROM export") is None


async def test_a_file_is_written_some_cases_at_a_time_and_says_how_far_it_is(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await world.case()
    export = await ask_for(api, orderBy="OPENED")
    writing = exporter(world, at_once=2)
    seen: list[Any] = []
    monkeypatch.setattr("server.exporter.TELL_EVERY", timedelta(0))

    async def keep(engine: Any, taken: Any, **given: Any) -> None:
        await kept_as_it_is(engine, taken, **given)
        seen.append((given["rows"], given["done"], (await standing(api, export))["state"]))

    kept_as_it_is = exports.keep_export
    monkeypatch.setattr(exports, "keep_export", keep)
    await writing.look()
    assert seen == [(3, done, "RUNNING") for done in (0, 2, 3, 3)]
    found = await standing(api, export)
    assert (found["state"], found["rowsDone"], found["rowCount"]) == ("READY", 3, 3)
    rows = csv_rows(await api.client.get(found["download"]["url"]))
    assert [row["เลขที่เรื่อง"][-7:-2] for row in rows] == ["00003", "00002", "00001"]


async def test_a_case_that_goes_out_of_sight_while_the_file_is_written_stays_out(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.case()
    gone = await world.case()
    export = await ask_for(api, MENTOR)
    writing = exporter(world)
    choose = writing._choose

    async def chosen(taken: Any) -> Any:
        ids = await choose(taken)
        async with world.owner.begin() as connection:
            moved = "UPDATE \"case\" SET area_code = '430201', amphoe_code = '4302' WHERE id = :id"
            await connection.execute(text(moved), {"id": gone})
        return ids

    monkeypatch.setattr(writing, "_choose", chosen)
    await writing.look()
    found = await standing(api, export, MENTOR)
    assert (found["state"], found["rowCount"], found["rowsDone"]) == ("READY", 2, 1)


async def test_a_killed_worker_leaves_nothing_ready_and_the_next_one_writes_it_anew(world: World, api: Api) -> None:
    await world.case()
    export = await ask_for(api)
    key, store = uuid4(), LocalFolder(world.files, world.keys)
    killed = await exports.take_export(world.worker, key=key, now=world.now, until=world.now + LEASE)
    assert killed is not None
    store._desk(key).mkdir()
    (store._desk(key) / "draft").write_text("half a fi")
    await exporter(world).look()
    assert (await standing(api, export))["state"] == "RUNNING"
    world.now += LEASE + timedelta(seconds=1)
    await exporter(world).look()
    assert (await standing(api, export))["state"] == "READY"
    with pytest.raises(ExportLostError):
        await exports.put_export_back(world.worker, killed, until=world.now, failed=True)
    async with world.system() as unit:
        with pytest.raises(ExportLostError):
            await exports.finish_export(unit, killed, exports.Written(1, 9, bytes(32), world.now))
        await unit.session.rollback()
    assert await remove_discarded(world.worker, store, now=world.now) == 1
    (left,) = kept(world)
    assert left.name == (await world.value("SELECT object_key FROM export")).hex


async def test_tidying_up_takes_away_what_a_killed_worker_left_and_nothing_that_is_being_written(world: World) -> None:
    store, key, day = LocalFolder(world.files, world.keys), uuid4(), timedelta(days=1)
    async with store.writing(key) as path:
        part = path.with_name("sheet")
        part.write_text("xlsxwriter dates its parts so")
        os.utime(part, (0, 0))
        await store.tidy(before=datetime.now(UTC) - day)
        assert part.exists()
        await store.tidy(before=datetime.now(UTC) + day)
        assert not path.parent.exists()
        path.parent.mkdir()
        path.touch(mode=0o600)
    assert kept(world) == [store.path(key)]
    assert stat.S_IMODE(store.path(key).stat().st_mode) == 0o600


async def test_a_worker_that_stops_gives_back_what_it_had_in_hand(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await world.case()
    await ask_for(api)
    stopping = exporter(world, at_once=1)
    writes = CsvFile.write

    def stop(self: CsvFile, lines: list[Line]) -> None:
        writes(self, lines)
        stopping.stop()

    monkeypatch.setattr(CsvFile, "write", stop)
    await stopping.look()
    assert await world.rows(STATE) == [("WAITING", 0, None, 0)]
    assert kept(world) == []


async def test_what_cannot_be_written_is_tried_again_and_given_up_at_last(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.case()
    export = await ask_for(api)

    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(CsvFile, "write", broken)
        for _ in range(MOST_ATTEMPTS):
            await exporter(world).look()
            assert (await standing(api, export))["state"] == "WAITING"
            world.now += RETRY_AFTER + timedelta(seconds=1)
    await exporter(world).look()
    found = await standing(api, export)
    assert (found["state"], found["fault"], kept(world)) == ("FAILED", "NOT_WRITTEN", [])
    told = await world.rows("SELECT kind, payload, actor_seat_id FROM event ORDER BY id DESC LIMIT 1")
    number = await world.value("SELECT id FROM export")
    assert told == [("EXPORT_FAILED", {"export": number, "fault": "NOT_WRITTEN"}, None)]


async def test_whose_post_has_ended_gets_no_file_and_no_link_to_one(world: World, api: Api) -> None:
    await world.case()
    ready = await ask_for(api)
    await exporter(world).look()
    url = (await standing(api, ready))["download"]["url"]
    await ask_for(api)
    await end_posts(world)
    await exporter(world).look()
    assert await world.rows("SELECT state, fault FROM export ORDER BY id") == [
        ("READY", None),
        ("FAILED", "POST_ENDED"),
    ]
    fetched = await api.client.get(url)
    assert (fetched.status_code, fetched.json()["code"]) == (404, "LINK_UNKNOWN")


async def test_more_cases_than_a_file_may_have_by_the_time_it_is_written_fail_it(world: World, api: Api) -> None:
    await world.case()
    export = await ask_for(api)
    await world.case()
    services = replace(world.services(), export_limits=ExportLimits(rows=1))
    await Exporter(services, world.worker, lasts=timedelta(hours=1)).look()
    found = await standing(api, export)
    assert (found["state"], found["fault"], found["rowCount"]) == ("FAILED", "TOO_LARGE", 1)


async def test_a_file_expires_and_its_bytes_are_deleted(world: World, api: Api) -> None:
    await world.case()
    export = await ask_for(api)
    await exporter(world).look()
    first = (await standing(api, export))["download"]["url"]
    world.now += timedelta(minutes=6)
    assert (await api.client.get(first)).json()["code"] == "LINK_EXPIRED"
    world.now += timedelta(hours=24) - timedelta(minutes=8)
    last = (await standing(api, export))["download"]["url"]
    assert (await api.client.head(last)).status_code == 200
    world.now += timedelta(minutes=3)
    assert (await standing(api, export))["download"] is None
    assert (await api.client.get(last)).json()["code"] == "LINK_EXPIRED"
    await exporter(world).look()
    assert (await standing(api, export))["state"] == "EXPIRED"
    store = LocalFolder(world.files, world.keys)
    assert (await remove_discarded(world.worker, store, now=world.now), kept(world)) == (1, [])
    assert await forget_old_exports(world.worker, now=world.now + timedelta(days=28)) == 0
    assert await forget_old_exports(world.worker, now=world.now + timedelta(days=31)) == 1
    assert await world.rows("SELECT kind FROM event WHERE kind LIKE 'EXPORT%' ORDER BY id") == [
        ("EXPORT_REQUESTED",),
        ("EXPORT_READY",),
    ]


async def test_each_fetching_is_an_event_of_the_post(world: World, api: Api) -> None:
    await world.case()
    await written(api)
    number, seat = await world.value("SELECT id FROM export"), (await world.actor(VOLUNTEER)).seat_id
    told = await world.rows(
        "SELECT kind, payload, actor_seat_id, subject_id FROM event WHERE subject_kind = 'SEAT' ORDER BY seq"
    )
    assert told == [
        ("EXPORT_REQUESTED", {"export": number, "format": "CSV", "rows": 1}, seat, seat),
        ("EXPORT_READY", {"export": number, "rows": 1}, None, seat),
        ("EXPORT_DOWNLOADED", {"export": number}, seat, seat),
    ]


async def test_a_link_is_told_once_however_often_and_in_how_many_pieces_it_is_fetched(world: World, api: Api) -> None:
    await world.case()
    export = await ask_for(api)
    await exporter(world).look()
    fetched = "SELECT count(*) FROM event WHERE kind = 'EXPORT_DOWNLOADED'"
    for told in (1, 2):
        link = (await standing(api, export))["download"]["url"]
        pieces = [await api.client.get(link, headers={"range": piece}) for piece in ("bytes=0-9", "bytes=10-")]
        whole = await api.client.get(link)
        assert [response.status_code for response in (*pieces, whole)] == [206, 206, 200]
        assert b"".join(response.content for response in pieces) == whole.content
        assert await world.value(fetched) == told
        world.now += timedelta(minutes=1)


async def test_what_no_worker_can_write_is_given_up_after_a_day(world: World, api: Api) -> None:
    await world.case()
    export = await ask_for(api)
    world.now += LONGEST_WAIT - timedelta(seconds=1)
    assert await give_up_exports(world.worker, world.reference, now=world.now) == 0
    world.now += timedelta(seconds=1)
    assert await give_up_exports(world.worker, world.reference, now=world.now) == 1
    assert {name: (await standing(api, export))[name] for name in ("state", "fault")} == {
        "state": "FAILED",
        "fault": "NOT_WRITTEN",
    }
    number = await world.value("SELECT id FROM export")
    assert await world.rows("SELECT payload FROM event WHERE kind = 'EXPORT_FAILED'") == [
        ({"export": number, "fault": "NOT_WRITTEN"},)
    ]
    await exporter(world).look()
    assert (await standing(api, export))["state"] == "FAILED"


async def test_erasing_a_citizen_takes_back_the_files_that_name_them(world: World, api: Api) -> None:
    whole = await whole_person(world)
    other = await world.case(citizen_id=await world.citizen(given_name="บัว"))
    reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=other)
    naming = await ask_for(api)
    without = await ask_for(api, filter={"search": reference})
    running = await ask_for(api, COORDINATOR, filter={"search": reference})
    await exporter(world).look()
    async with world.owner.begin() as connection:
        await connection.execute(
            text(
                "UPDATE export SET state = 'RUNNING', sealed = 'x', ended_at = NULL, expires_at = NULL,"
                " byte_count = NULL, sha256 = NULL WHERE account_id = :account"
            ),
            {"account": (await world.actor(COORDINATOR)).account_id},
        )
    keys = {row.object_key for row in await world.rows("SELECT object_key FROM export")}
    assert (await erase(world, whole.citizen_id)).done
    states = [(await standing(api, one, by))["state"] for one, by in ((naming, VOLUNTEER), (without, VOLUNTEER))]
    assert states == ["EXPIRED", "READY"]
    assert (await standing(api, running, COORDINATOR))["state"] == "WAITING"
    discarded = {row.object_key for row in await world.rows("SELECT object_key FROM discarded_object")}
    assert keys - discarded == {await world.value("SELECT object_key FROM export WHERE state = 'READY'")}
