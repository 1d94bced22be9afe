"""What the tests of exports do: ask for a file, let the worker write it, fetch it and read it."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import httpx
from python_calamine import CalamineWorkbook

from casework.actions.request_export import ExportForm, ExportLimits, request_export
from casework.work import Work
from models.export_words import ExportFormat
from models.list_words import CaseOrder
from resolvers.case_filters import CaseFilter
from resolvers.exports import count_for_export, write_wanted
from server.exporter import Exporter
from tests.api import Api
from tests.world import VOLUNTEER, World

WANT = "export { id state fault rowCount rowsDone byteCount sha256 expiresAt download { url } }"
STANDING = f"query ($id: ID!) {{ node(id: $id) {{ ... on Export {WANT.removeprefix('export ')} }} }}"


async def ask_for(api: Api, by: str = VOLUNTEER, **given: Any) -> dict[str, Any]:
    """Ask for a file; give the export."""
    answer = await api.do("requestExport", by, want=WANT, **{"format": "CSV", **given})
    assert answer["__typename"] == "RequestExportPayload", answer
    export: dict[str, Any] = answer["export"]
    return export


async def ask_for_all(work: Work, *, limits: ExportLimits) -> int:
    """Ask for all cases that the actor sees, under limits of the test's own."""
    return await request_export(
        work,
        form=ExportForm(ExportFormat.CSV),
        wanted=write_wanted(CaseFilter(), CaseOrder.UPDATED),
        count=lambda: count_for_export(work, CaseFilter(), most=1_000),
        limits=limits,
    )


def exporter(world: World, **more: Any) -> Exporter:
    return Exporter(world.services(), world.worker, lasts=timedelta(hours=24), **more)


async def standing(api: Api, export: dict[str, Any], by: str | None = VOLUNTEER) -> Any:
    return (await api.ask(STANDING, by, id=export["id"]))["node"]


async def written(api: Api, by: str = VOLUNTEER, **given: Any) -> httpx.Response:
    """Ask for a file, let the worker write it, and fetch it."""
    export = await ask_for(api, by, **given)
    await exporter(api.world).look()
    found = await standing(api, export, by)
    assert found["state"] == "READY", found
    return await api.client.get(found["download"]["url"])


def csv_rows(fetched: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(fetched.content.decode("utf-8-sig"))))


def xlsx_rows(fetched: httpx.Response) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(fetched.content)).get_sheet_by_index(0).to_python()
