"""What stands in the file of an export, and for whom."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from casework.actions.update_case_status import update_case_status
from models.export_words import ExportLanguage
from models.vocabulary import CaseState
from resolvers.exported_cases import headings
from tests.api import Api
from tests.schema.stage import screened
from tests.server.exporting import ask_for, csv_rows, exporter, standing, written, xlsx_rows
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

pytestmark = pytest.mark.usefixtures("empty_store")
LIST = """{ cases(orderBy: OPENED, first: 100) {
  nodes { reference title citizen { name } } } }"""
FORMULA = '=HYPERLINK("http://example.org")'
XML = '<r><t>x</t></r></is></c><c r="W2"><f>1+1</f></c><c r="X2" t="inlineStr"><is><r><t>y</t></r>'
"""A library's own words for a cell with letters of several kinds, and behind it a cell with a formula."""


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


@pytest.mark.parametrize("title", [XML, "<r>ค่าจ้าง & โอที</r>"])
async def test_no_text_of_a_workbook_is_taken_for_its_xml(world: World, api: Api, title: str) -> None:
    await world.case(title=title)
    fetched = await written(api, format="XLSX")
    shown, row = xlsx_rows(fetched)
    assert (row[1], len(row)) == (title, len(shown))
    with ZipFile(BytesIO(fetched.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


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


async def test_the_state_of_now_is_written_not_that_of_the_asking(world: World, api: Api) -> None:
    case_id = await world.case()
    export = await ask_for(api, filter={"states": ["NEW"], "openedBetween": {"from": "2026-11-01T00:00:00+07:00"}})
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.SCREENING)
    await exporter(world).look()
    found = await standing(api, export)
    assert (export["rowCount"], found["rowCount"], found["rowsDone"]) == (1, 0, 0)
    assert csv_rows(await api.client.get(found["download"]["url"])) == []
