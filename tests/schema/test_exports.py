"""Exports over the API: whose they are, what is refused, and how their progress is told."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from casework.actions.request_export import ExportLimits
from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import may_export
from casework.rules.searches import CaseSearch
from models.list_words import CaseOrder
from models.vocabulary import CaseState
from resolvers.case_filters import CaseFilter
from resolvers.exports import read_wanted, write_wanted
from tests.api import Api
from tests.casework.refusals import nothing_changes, refused_unchanged
from tests.schema.following import watch
from tests.server.exporting import ask_for, ask_for_all, exporter, standing
from tests.world import ADMIN, AUDITOR, COORDINATOR, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

OWN = """query ($first: Int, $after: String) { viewer { exports(first: $first, after: $after) {
  nodes { id } totalCount { count } pageInfo { hasNextPage endCursor } } } }"""


async def test_the_same_operation_asks_once_and_another_input_under_it_is_refused(world: World, api: Api) -> None:
    await world.case()
    operation = str(uuid4())
    first = await ask_for(api, operationId=operation)
    assert (first["state"], first["rowCount"], first["rowsDone"], first["download"]) == ("WAITING", 1, 0, None)
    await exporter(world).look()
    async with nothing_changes(world):
        again = await ask_for(api, operationId=operation)
        assert (again["id"], again["state"]) == (first["id"], "READY")
        other = await api.do("requestExport", VOLUNTEER, operationId=operation, format="XLSX")
        assert other["code"] == "OPERATION_REUSED"
        wrong = await api.do("requestExport", VOLUNTEER, format="CSV", filter={"area": "99"})
        assert (wrong["__typename"], wrong["code"], wrong["path"]) == (
            "InvalidInput",
            "AREA_UNKNOWN",
            ["input", "filter", "area"],
        )


async def test_more_rows_than_a_file_may_have_are_refused_with_their_number(world: World) -> None:
    for _ in range(2):
        await world.case()
    async with nothing_changes(world), world.trial(VOLUNTEER) as work:
        with pytest.raises(Refusal) as caught:
            await ask_for_all(work, limits=ExportLimits(rows=1))
    assert (caught.value.code, caught.value.path) == (RefusalCode.EXPORT_TOO_LARGE, ("input", "filter"))
    said = "This filter finds 2 cases, and one file has at most 1: divide by period, area or state."
    assert caught.value.sentence(thai=False) == said
    await world.act(VOLUNTEER, ask_for_all, limits=ExportLimits(rows=2))


async def test_a_post_has_so_many_under_way_and_asks_for_so_many_a_day(world: World) -> None:
    limits = ExportLimits(at_once=1, a_day=2)
    await world.act(VOLUNTEER, ask_for_all, limits=limits)
    async with refused_unchanged(world, RefusalCode.EXPORTS_UNDER_WAY), world.trial(VOLUNTEER) as work:
        await ask_for_all(work, limits=limits)
    await world.act(OTHER_VOLUNTEER, ask_for_all, limits=limits)
    await exporter(world).look()
    await world.act(VOLUNTEER, ask_for_all, limits=limits)
    await exporter(world).look()
    async with refused_unchanged(world, RefusalCode.EXPORT_QUOTA_USED), world.trial(VOLUNTEER) as work:
        await ask_for_all(work, limits=limits)
    world.now = world.now.replace(day=18)
    await world.act(VOLUNTEER, ask_for_all, limits=limits)


def test_every_part_of_a_filter_is_read_as_it_was_written() -> None:
    at = datetime(2026, 11, 16, 2, 0, 0, 5, tzinfo=UTC)
    whole = CaseFilter(
        states=(CaseState.NEW, CaseState.CLOSED),
        holder_seat_id=1,
        holder_office_id=2,
        office_id=3,
        volunteer_seat_id=4,
        area_code="4301",
        problem_types=("UNPAID_WAGES",),
        agency_types=("OTHER",),
        citizen_id=5,
        campaign_id=6,
        sensitive=False,
        overdue=False,
        followed=True,
        opened_from=at,
        opened_until=at,
        updated_from=at,
        updated_until=at,
        search=CaseSearch("43-2569-00001-4", "00001", "'สมหญิง'"),
    )
    assert None not in whole
    assert read_wanted(write_wanted(whole, CaseOrder.DUE)) == (whole, CaseOrder.DUE)
    assert read_wanted(write_wanted(CaseFilter(), CaseOrder.OPENED)) == (CaseFilter(), CaseOrder.OPENED)


async def test_all_but_administrators_may_export(world: World) -> None:
    for by in (VOLUNTEER, MENTOR, "head DLPW-43", COORDINATOR, AUDITOR):
        assert may_export(await world.actor(by)).refusal is None
    assert may_export(await world.actor(ADMIN)).refusal is RefusalCode.NOT_PERMITTED


async def test_an_export_is_its_askers_alone(world: World, api: Api) -> None:
    await world.case()
    mine = [(await ask_for(api))["id"] for _ in range(3)][::-1]
    theirs = await ask_for(api, MENTOR)
    assert await standing(api, theirs) is None
    assert await standing(api, {"id": mine[0]}, None) is None
    page = (await api.ask(OWN, VOLUNTEER, first=2))["viewer"]["exports"]
    assert ([node["id"] for node in page["nodes"]], page["totalCount"]) == (mine[:2], {"count": 3})
    page = (await api.ask(OWN, VOLUNTEER, first=2, after=page["pageInfo"]["endCursor"]))["viewer"]["exports"]
    assert ([node["id"] for node in page["nodes"]], page["pageInfo"]["hasNextPage"]) == (mine[2:], False)
    async with world.looking(MENTOR) as connection:
        assert (await connection.execute(text("SELECT count(*) FROM export"))).scalar_one() == 1
        with pytest.raises(ProgrammingError, match="permission denied"):
            await connection.execute(text("SELECT sealed FROM export"))


async def test_progress_is_told_to_the_asker_until_the_end_and_others_find_nothing(world: World, api: Api) -> None:
    await world.case()
    export = await ask_for(api)
    waiting = {"state": "WAITING", "rowsDone": 0, "rowCount": 1, "download": None}
    assert await watch(world, VOLUNTEER, export["id"]) == [{"__typename": "ExportProgress", "export": waiting}]
    await exporter(world).look()
    (over,) = await watch(world, VOLUNTEER, export["id"])
    assert (over["export"]["state"], over["export"]["rowsDone"]) == ("READY", 1)
    assert over["export"]["download"]["url"].startswith("/exports/")
    refusals: dict[str | None, Any] = {
        MENTOR: ("NotFound", "NOT_FOUND", ["id"]),
        "nobody of the network": ("NotPermitted", "NO_SEAT", []),
        None: ("NotPermitted", "NOT_SIGNED_IN", []),
    }
    for by, expected in refusals.items():
        (told,) = await watch(world, by, export["id"])
        assert (told["__typename"], told["code"], told["path"]) == expected
    for unknown in ("", "p1", api.id("Export", 2**40), api.id("Case", 1)):
        (told,) = await watch(world, VOLUNTEER, unknown)
        assert (told["__typename"], told["code"]) == ("NotFound", "NOT_FOUND")
