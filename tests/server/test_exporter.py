"""The worker's part of exports: what stands in a file for whom, and what becomes of one that does not end well."""

import csv
import os
import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from casework import exports
from casework.actions.update_case_status import update_case_status
from casework.exports import ExportLostError
from casework.scanning import remove_discarded
from models.export_words import ExportLanguage
from models.vocabulary import CaseState
from resolvers.exported_cases import headings
from resolvers.rows_of_exports import Line
from server.export_files import CsvFile
from server.exporter import LEASE, MOST_ATTEMPTS, RETRY_AFTER
from server.local_folder import LocalFolder
from tests.api import Api
from tests.casework.whole_person import erase, whole_person
from tests.schema.stage import screened
from tests.server.exporting import ask_for, csv_rows, exporter, standing, written, xlsx_rows
from tests.server.uploads import kept
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

pytestmark = pytest.mark.usefixtures("empty_store")
LIST = """query ($filter: CaseFilter) { cases(filter: $filter, orderBy: OPENED, first: 100) {
  nodes { reference title citizen { name } } } }"""
FORMULA = '=HYPERLINK("http://example.org")'
STATE = "SELECT state, rows_done, object_key FROM export"


async def end_posts(world: World) -> None:
    async with world.owner.begin() as connection:
        await connection.execute(text("UPDATE incumbency SET until = :now"), {"now": world.now})


async def test_a_csv_is_what_excel_opens_and_no_text_in_it_is_a_formula(world: World, api: Api) -> None:
    await world.case(title=FORMULA)
    fetched = await written(api)
    assert fetched.headers["content-type"] == "text/csv; charset=utf-8"
    name = "%E0%B9%80%E0%B8%A3%E0%B8%B7%E0%B9%88%E0%B8%AD%E0%B8%87%202026-11-16.csv"
    assert fetched.headers["content-disposition"] == f"attachment; filename*=utf-8''{name}"
    assert fetched.headers["cache-control"] == "no-store"
    assert fetched.content.startswith(b"\xef\xbb\xbf")
    shown, row = csv.reader(StringIO(fetched.content.decode("utf-8-sig"), newline=""))
    assert shown == headings(ExportLanguage.TH)
    assert row[:6] == ["43-2569-00001-4", f"'{FORMULA}", "รับแจ้ง", "ปกติ", "ไม่ใช่", "ผ่านอาสาสมัคร"]
    assert row[6:11] == ["หนองคาย", "เมืองหนองคาย", "หนองกอมเกาะ", "สมหญิง ใจดี", "ค่าจ้างค้างจ่าย"]
    assert row[14:18] == ["อาสาสมัครแรงงานตำบลหนองกอมเกาะ"] * 2 + ["2026-11-16 10:00"] * 2


async def test_a_workbook_has_texts_as_they_are_and_days_in_the_era_that_was_asked_for(world: World, api: Api) -> None:
    await world.case(title=FORMULA)
    shown, row = xlsx_rows(await written(api, format="XLSX"))
    assert shown == headings(ExportLanguage.TH)
    assert row[1] == FORMULA
    assert row[16] == datetime(2026, 11, 16, 10, 0)  # noqa: DTZ001 - Excel knows no zone
    fetched = await written(api, format="XLSX", dates="BUDDHIST", headings="EN")
    assert fetched.headers["content-disposition"] == "attachment; filename*=utf-8''Cases%202569-11-16.xlsx"
    shown, row = xlsx_rows(fetched)
    assert shown == headings(ExportLanguage.EN)
    assert (row[2], row[8], row[14], row[16]) == (
        "New",
        "Nong Kom Ko",
        "Volunteer, Nong Kom Ko",
        "16 พ.ย. 2569 10:00 น.",
    )


async def test_every_caller_gets_the_rows_of_their_list_and_the_columns_of_their_level(world: World, api: Api) -> None:
    await world.referral(await screened(world))
    await world.case(VOLUNTEER, "FORCED_LABOUR")
    await world.case(OTHER_VOLUNTEER, area="430201")
    seen: dict[str, int] = {}
    for by in (VOLUNTEER, OTHER_VOLUNTEER, MENTOR, COORDINATOR, DLPW, SSO, AUDITOR):
        listed = (await api.ask(LIST, by))["cases"]["nodes"]
        rows = csv_rows(await written(api, by, orderBy="OPENED"))
        assert [(row["เลขที่เรื่อง"], row["เรื่อง"], row["ผู้ร้อง"]) for row in rows] == [
            (case["reference"], case["title"] or "", (case["citizen"] or {"name": ""})["name"]) for case in listed
        ]
        seen[by] = len(rows)
    assert seen == {VOLUNTEER: 2, OTHER_VOLUNTEER: 1, MENTOR: 2, COORDINATOR: 3, DLPW: 1, SSO: 0, AUDITOR: 3}


async def test_whose_name_stands_in_a_file_was_looked_at_before_it_was_ready(world: World, api: Api) -> None:
    case_id = await world.case()
    looks = "SELECT case_id, level, seat_id FROM citizen_access WHERE purpose = 'CASE_FILE'"
    await written(api, AUDITOR)
    assert await world.rows(looks) == []
    await written(api, MENTOR)
    assert await world.rows(looks) == [(case_id, 3, (await world.actor(MENTOR)).seat_id)]


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
    async with store.writing(key) as path:
        path.write_text("half a fi")
    await exporter(world).look()
    assert (await standing(api, export))["state"] == "RUNNING"
    world.now += LEASE + timedelta(seconds=1)
    await exporter(world).look()
    assert (await standing(api, export))["state"] == "READY"
    with pytest.raises(ExportLostError):
        await exports.put_export_back(world.worker, killed, until=world.now)
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
    assert await world.rows(STATE) == [("WAITING", 0, None)]
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
    assert await exports.forget_old_exports(world.worker, now=world.now + timedelta(days=28)) == 0
    assert await exports.forget_old_exports(world.worker, now=world.now + timedelta(days=31)) == 1
    assert await world.rows("SELECT kind FROM event WHERE kind LIKE 'EXPORT%' ORDER BY id") == [
        ("EXPORT_REQUESTED",),
        ("EXPORT_READY",),
    ]


async def test_each_fetching_is_an_event_of_the_post(world: World, api: Api) -> None:
    await world.case()
    await written(api)
    number, seat = await world.value("SELECT id FROM export"), (await world.actor(VOLUNTEER)).seat_id
    told = await world.rows("SELECT kind, payload, actor_seat_id, subject_id FROM event WHERE subject_kind = 'SEAT'")
    assert told == [
        ("EXPORT_REQUESTED", {"export": number, "format": "CSV", "rows": 1}, seat, seat),
        ("EXPORT_READY", {"export": number, "rows": 1}, None, seat),
        ("EXPORT_DOWNLOADED", {"export": number}, seat, seat),
    ]


async def test_erasing_a_citizen_takes_back_the_files_that_name_them(world: World, api: Api) -> None:
    whole = await whole_person(world)
    other = await world.case()
    reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=other)
    naming = await ask_for(api)
    without = await ask_for(api, filter={"search": reference})
    running = await ask_for(api, COORDINATOR)
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


async def test_the_state_of_now_is_written_not_that_of_the_asking(world: World, api: Api) -> None:
    case_id = await world.case()
    export = await ask_for(api, filter={"states": ["NEW"], "openedBetween": {"from": "2026-11-01T00:00:00+07:00"}})
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.SCREENING)
    await exporter(world).look()
    found = await standing(api, export)
    assert (export["rowCount"], found["rowCount"], found["rowsDone"]) == (1, 0, 0)
    assert csv_rows(await api.client.get(found["download"]["url"])) == []
