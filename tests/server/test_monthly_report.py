"""The pages of the monthly report: every figure is the API's, every text stays a text."""

import re
import subprocess
import sys
from typing import Any

import orjson
import typst

from casework.reference.data import AreaRow
from models.vocabulary import AreaLevel
from resolvers.context import Context
from resolvers.monthly_reports import MonthlyReport
from server.callers import context_as
from server.reports.content import Subject, content_of, words_of
from server.reports.gathering import OF_YEAR, PAGED, QUESTIONS, gather, variables_of
from server.reports.press import TEMPLATE, fonts, inputs, printed
from server.reports.printing import PRESS
from server.reports.said import MAY_BREAK
from tests.api import Api
from tests.casework import a_month, situations
from tests.world import AUDITOR, COORDINATOR, MONDAY, World

REPORT = MonthlyReport("43", a_month.NOVEMBER)
ASK = (
    "query ($province: String!, $month: Date!) { monthlyReport(province: $province, month: $month) { url expiresAt } }"
)
PARTS = "cases", "people", "clocks"
HOSTILE = (
    '#panic("run")', '"]}) #panic("run")', '#read("/etc/passwd") $x^2$ *b* _i_ `c` \\ \\u{1F600}', "<a> @b = c",
    "😀 อบรม\x00\u202e\ud7ff漢字", "x" * 300, "ก" * 300,
)  # fmt: skip


def _subject(context: Context) -> Subject:
    areas = context.reference.areas
    return Subject(areas["43"], context.reference.children["43"], REPORT.month, context.now, context.actor().kind)


async def _asked_over_http(api: Api, by: str) -> dict[str, Any]:
    """Give what a front end is answered that asks the same questions, within all limits."""
    document, found = QUESTIONS.read_text(encoding="utf-8"), {}
    for name, variables in variables_of(REPORT).items():
        operation = name.removesuffix(OF_YEAR)
        body = {"query": document, "operationName": operation, "variables": variables}
        response = await api.client.post("/graphql", json=body, headers=api.headers(by))
        answer = response.json()
        assert "errors" not in answer, answer
        listed = PAGED.get(operation)
        found[name] = answer["data"] if listed is None else answer["data"][listed]["nodes"]
    return found


async def test_every_answer_is_what_the_api_gives_the_same_caller(world: World, api: Api) -> None:
    await a_month.live(world)
    for by in (COORDINATOR, AUDITOR):
        async with context_as(world.services(), await world.actor(by)) as context:
            assert await gather(REPORT, context) == await _asked_over_http(api, by)
            shown = content_of(await gather(REPORT, context), _subject(context))
    assert shown["cover"]["threshold"] == 5
    assert shown["stays"] == shown["referrals"] == shown["statements"] == []
    assert {shown["glance"][name] for name in ("advanced", "visits", "not_met", "kept", "missed")} == {""}
    figures = {cell for table in ("types", "agencies") for row in shown[table] for cell in row[1:]}
    assert {len(row) for row in shown["amphoe"]} == {6}
    figures |= {cell for row in shown["amphoe"] for cell in row[2:]}
    figures |= {row[1] for row in shown["outcomes"]}
    figures |= {cell for name in ("opened", "closed", "stillOpen") for cell in shown["months"][name]}
    figures |= {shown["glance"][name] for name in ("people", "opened", "closed", "still_open")}
    assert (figures & {"1", "2", "3", "4"}, "—" in figures) == (set(), True)


async def test_the_pages_show_the_figures_of_the_answers(world: World) -> None:
    await a_month.live(world)
    async with context_as(world.services(), await world.actor(COORDINATOR)) as context:
        answers = await gather(REPORT, context)
        shown = content_of(answers, _subject(context))
    total = answers["Total"]["statistics"]["total"]
    posts = answers["Statements"]
    assert [shown["glance"][name] for name in ("people", "opened", "closed", "still_open")] == [
        str(total["people"]["count"]), *(str(total["cases"][name]) for name in ("opened", "closed", "stillOpen")),
    ]  # fmt: skip
    sums = {"advanced": "casesAdvanced", "visits": "visitsMade", "kept": "promisesKept", "missed": "promisesMissed"}
    for name, figure in sums.items():
        assert shown["glance"][name] == str(sum(row[figure] for row in posts)) != "0"
    assert (shown["glance"]["activities"], shown["glance"]["attended"]) == ("1", "2")
    listed = [row for group in shown["statements"] for row in group["rows"]]
    assert [row["post"].partition(" (")[0] for row in listed] == [row["seat"]["name"] for row in posts]
    rows = {row["post"]: row for row in listed}
    volunteer = next(row for row in posts if row["seat"]["name"] == "อาสาสมัครแรงงานตำบลหนองกอมเกาะ")
    assert volunteer["recovered"] == "9700.00"
    assert {row["seat"]["kind"] for row in posts} <= {"VOLUNTEER", "MENTOR", "COORDINATOR", "OFFICER"}
    assert not shown["cover"]["of_all_posts"]
    assert rows[volunteer["seat"]["name"]]["figures"] == [
        *(str(volunteer[name]) for name in ("peopleServed", "casesOpened", "casesAdvanced", "casesClosed")),
        "9,700",
        *(str(volunteer[name])
          for name in ("visitsMade", "visitsNotMet", "promisesKept", "promisesMissed", "activitiesAttended")),
    ]  # fmt: skip
    counts = {area.code: f"{area.residents:,}" for area in world.reference.areas.values()}
    assert rows[volunteer["seat"]["name"]]["context"][0] == counts["430116"] == "11,934"
    assert {row["context"][0] for group in shown["statements"] if group["amphoe"] is None for row in group["rows"]} == {
        counts["43"]
    }
    assert [row[:2] for row in shown["amphoe"]] == [
        [area.name_th, counts[area.code]] for area in world.reference.children["43"]
    ]
    assert shown["cover"]["population_of"] == "31 ธ.ค. 2564"
    for table, of in (("types", "problemType"), ("agencies", "agency")):
        groups = answers[table.capitalize()]["statistics"]["groups"]
        assert shown[table] == [
            [group[of]["name"], *(str(figure) for part in PARTS for figure in group[part].values())] for group in groups
        ]
        assert groups
    stays = answers["Waiting"]["bottlenecks"]["stays"]
    assert [row[2:4] for row in shown["stays"]] == [[str(row["waitingNow"]), str(row["count"])] for row in stays]
    tambons = answers["Reach"]["reach"]["tambons"]
    empty = [tambon for tambon in tambons if not sum(agency["cases"] for agency in tambon["agencies"])]
    assert sum(int(row["without"]) for row in shown["reach"]["amphoe"]) == len(empty)
    assert (shown["reach"]["tambons"], len(empty) < len(tambons)) == ("62", True)
    assert shown["cover"]["month"] == "พฤศจิกายน 2569"
    assert (shown["cover"]["frozen"], shown["cover"]["is_frozen"]) == ("0", False)


async def test_it_is_printed_for_keeping_and_reading_aloud_and_the_same_twice(world: World) -> None:
    await situations.resolved(world)
    async with context_as(world.services(), await world.actor(COORDINATOR)) as context:
        shown = content_of(await gather(REPORT, context), _subject(context))
    made = printed(shown)
    assert made.startswith(b"%PDF-1.7")
    assert all(mark in made for mark in (b"/Lang(th)", b"pdfaid:part>2<", b"pdfuaid:part>1<"))
    assert printed(shown) == made
    headings = _told(shown, "heading")
    assert "ภาพรวมของเดือน" in headings
    assert "รายงานรายตำแหน่ง ตามอำเภอ" in headings


def _told(shown: dict[str, Any], selector: str) -> str:
    """Give all texts of some elements of the pages."""
    found = typst.query(TEMPLATE, selector, font_paths=fonts(), sys_inputs=inputs(shown))
    return "".join(re.findall(r'"text": ?"((?:[^"\\]|\\.)*)"', found))


async def test_texts_that_people_typed_stay_texts(world: World) -> None:
    async with context_as(world.services(), await world.actor(COORDINATOR)) as context:
        answers = await gather(REPORT, context)
        subject = _subject(context)
    planned = {
        "kind": "TRAINING", "kindThai": "อบรม", "state": "CLOSED", "round": 1, "host": {"name": HOSTILE[0]},
        "beginsAt": "2026-11-01T09:00:00+07:00", "beginsAtThai": "1 พ.ย. 2569",
        "topics": [{"name": HOSTILE[1]}], "outcome": {"peopleReached": 12_345},
        "invited": 1000, "attended": 999,
    }  # fmt: skip
    answers["Activities"] = [{**planned, "project": typed, "venue": typed} for typed in HOSTILE]
    answers["Activities"].append({**planned, "beginsAt": "2026-11-30T09:00:00+07:00", "project": "p", "venue": "v"})
    shown = content_of(answers, subject)
    assert [row["to_come"] for row in shown["activities"]] == [False] * len(HOSTILE) + [True]
    assert shown["glance"]["activities"] == str(len(HOSTILE))
    assert printed(shown).startswith(b"%PDF")
    pages = _told(shown, "table").replace(MAY_BREAK, "")
    assert '#panic(\\"run\\")' in pages
    assert '#read(\\"/etc/passwd\\") $x^2$ *b* _i_ `c`' in pages
    assert "? อบรม??" in pages


async def test_a_month_in_which_nothing_happened_has_its_pages(world: World) -> None:
    world.now = MONDAY
    async with context_as(world.services(), await world.actor(COORDINATOR)) as context:
        shown = content_of(await gather(REPORT, context), _subject(context))
    assert shown["types"] == shown["agencies"] == shown["activities"] == shown["stays"] == []
    assert shown["glance"]["opened"] == "0"
    assert orjson.loads(inputs(shown)["report"])["pictures"] == {}
    assert shown["cover"]["is_running"]
    assert printed(shown).startswith(b"%PDF")


def test_in_bangkok_areas_are_called_otherwise() -> None:
    bangkok = AreaRow("10", AreaLevel.PROVINCE, None, "กรุงเทพมหานคร", "Bangkok")
    assert words_of(bangkok) == {"province": "กรุงเทพมหานคร", "amphoe": "เขต", "tambon": "แขวง"}


def test_a_press_that_fails_says_what_and_where_and_nothing_of_the_report() -> None:
    content = orjson.dumps({"charts": {}, "cover": "นายใจดี"})
    press = subprocess.run([sys.executable, "-P", "-m", PRESS], input=content, capture_output=True, check=False)
    assert (press.returncode, press.stdout) == (1, b"")
    assert re.fullmatch(r"KeyError in \w+\.py:\d+", press.stderr.decode())
