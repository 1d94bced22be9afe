"""Links to the monthly report: only those who may have it get one, and it is worth what they may have."""

import asyncio
import re
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import pytest

from casework import file_links
from casework.demo.network import subject_of
from casework.file_links import Ticket, seal
from casework.objects import Bearer
from resolvers.monthly_reports import MonthlyReport
from server.reports import gathering, printing, route
from tests.api import Api
from tests.casework import situations
from tests.world import ADMIN, COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

REPORT = MonthlyReport("43", date(2026, 11, 1))
ASK = "query ($province: String!, $month: Date!) { monthlyReport(province: $province, month: $month) { url } }"


@pytest.mark.parametrize(
    ("by", "province", "month", "code"),
    [
        (VOLUNTEER, "43", "2026-11-01", "WAITING_NOT_SHOWN"),
        (MENTOR, "43", "2026-11-01", "WAITING_NOT_SHOWN"),
        (DLPW, "43", "2026-11-01", "WAITING_NOT_SHOWN"),
        ("head DLPW-43", "43", "2026-11-01", "WAITING_NOT_SHOWN"),
        (ADMIN, "43", "2026-11-01", "WAITING_NOT_SHOWN"),
        (COORDINATOR, "10", "2026-11-01", "WAITING_NOT_SHOWN"),
        (COORDINATOR, "4301", "2026-11-01", "AREA_UNKNOWN"),
        (COORDINATOR, "99", "2026-11-01", "AREA_UNKNOWN"),
        (COORDINATOR, "43", "2026-12-01", "DATE_IN_FUTURE"),
        (COORDINATOR, "43", "2569-10-01", "BUDDHIST_YEAR"),
        (COORDINATOR, "43", "1990-12-31", "DATE_TOO_EARLY"),
    ],
)
async def test_others_get_no_link(api: Api, by: str, province: str, month: str, code: str) -> None:
    answer = await api.answer(ASK, by, province=province, month=month)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"monthlyReport": None}, code)


async def test_the_link_gives_the_coordinator_the_pdf(world: World, api: Api) -> None:
    await situations.resolved(world)
    link = (await api.ask(ASK, COORDINATOR, province="43", month="2026-11-15"))["monthlyReport"]
    assert re.fullmatch(r"/reports/[\w-]+", link["url"])
    response = await api.client.get(link["url"])
    assert (response.status_code, response.headers["content-type"]) == (200, "application/pdf")
    assert response.headers["content-disposition"] == 'attachment; filename="prasan-43-2569-11.pdf"'
    assert response.headers["cache-control"] == "no-store"
    assert response.content.startswith(b"%PDF-1.7")
    assert (await api.client.head(link["url"])).status_code == 405
    world.now += timedelta(minutes=6)
    expired = await api.client.get(link["url"])
    assert (expired.status_code, expired.json()["code"]) == (410, "LINK_EXPIRED")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ((printing, "PRESS", "server.nowhere"), "REPORT_NOT_MADE"),
        ((printing, "PYTHON", "/nowhere/python"), "REPORT_NOT_MADE"),
        ((printing, "PATIENCE", 0.01), "REPORT_NOT_MADE"),
        ((printing, "MOST_BYTES", 1000), "REPORT_NOT_MADE"),
        ((gathering, "PATIENCE", 0), "REPORT_NOT_MADE"),
        ((route, "AT_ONCE", 0), "REPORTS_BUSY"),
    ],
)
async def test_a_report_that_cannot_be_made_is_told_and_may_be_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: tuple[ModuleType, str, Any], code: str
) -> None:
    monkeypatch.setattr(route, "LONGEST_WAIT", 0.01)
    monkeypatch.setattr(*fault)
    async with Api.around(world) as api:
        link = (await api.ask(ASK, COORDINATOR, province="43", month="2026-11-15"))["monthlyReport"]
        response = await api.client.get(link["url"])
    assert (response.status_code, response.json()["code"]) == (503, code)
    assert response.headers["retry-after"] == "60"


async def test_a_link_opened_twice_at_once_takes_one_turn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(*_: object) -> bytes:
        begun.set()
        await may_end.wait()
        return b"%PDF"

    monkeypatch.setattr(route, "make_report", slow)
    async with Api.around(world) as api:
        link = (await api.ask(ASK, COORDINATOR, province="43", month="2026-11-15"))["monthlyReport"]
        first = asyncio.create_task(api.client.get(link["url"]))
        await asyncio.wait_for(begun.wait(), 5)
        second = await api.client.get(link["url"])
        may_end.set()
        assert ((await first).status_code, second.json()["code"]) == (200, "REPORTS_BUSY")
        assert (await api.client.get(link["url"])).status_code == 200


async def test_a_link_is_worth_what_its_bearer_may_have_when_it_is_opened(world: World, api: Api) -> None:
    """A volunteer, and nobody: as if the coordinator had left the post since the link was made."""
    seat_id = (await world.actor(VOLUNTEER)).seat_id
    bearers = Bearer(subject_of(VOLUNTEER), seat_id), Bearer(subject_of("nobody of the network"), seat_id)
    texts = [
        seal(world.keys, file_links.REPORT, Ticket(REPORT.number, bearer, world.now + timedelta(minutes=5)))
        for bearer in bearers
    ]
    for text in (*texts, texts[0][:-2], "x"):
        response = await api.client.get(f"/reports/{text}")
        assert (response.status_code, response.json()["code"]) == (404, "LINK_UNKNOWN")
