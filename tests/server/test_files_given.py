"""Files that were sent: what the scan makes of them, and to whom they are given over HTTP."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from casework.actions.receive_referral import receive_referral
from casework.actions.update_case_status import update_case_status
from casework.file_links import DOWNLOAD, UPLOAD, seal, unseal
from models.vocabulary import Audience, CaseState
from server.file_problems import Problem
from server.local_folder import LocalFolder
from server.scanner import FileScanner
from server.settings import Settings
from tests.api import Api
from tests.casework.whole_person import erase
from tests.docs.pages import rows, section
from tests.files import PHOTO, POLYGLOT, VIRUS, attach, state_of, upload
from tests.schema.stage import screened
from tests.server.uploads import LISTED, confirm, kept, looked, request, send, tended
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

pytestmark = pytest.mark.usefixtures("empty_store")


async def test_what_the_scan_refuses_is_deleted_and_told(world: World, api: Api) -> None:
    case_id = await world.case()
    for file, fault in ((POLYGLOT, "DISGUISED"), (VIRUS, "INFECTED"), (PHOTO, "LOST")):
        asked = await request(api, case_id, file)
        await send(api, asked, file.content)
        await confirm(api, asked)
        if fault == "LOST":
            kept(world)[0].write_bytes(b"other bytes")
        assert await tended(world) == ((0, 1, 0), 0, 1)
        assert await looked(api, asked, MENTOR) == {"state": "REFUSED", "fault": fault, "download": None}
        assert kept(world) == []
    payloads = await world.rows("SELECT payload->>'fault' FROM event WHERE kind = 'ATTACHMENT_SCANNED' ORDER BY id")
    assert payloads == [("DISGUISED",), ("INFECTED",), ("LOST",)]


@pytest.mark.parametrize(
    ("command", "counted", "state"),
    [
        (["test", "-f"], (1, 0, 0), "CLEAN"),
        (["test", "!", "-f"], (0, 1, 0), "REFUSED"),
        (["sh", "-c", "exit 2"], (0, 0, 1), "QUARANTINED"),
        (["no such program"], (0, 0, 1), "QUARANTINED"),
        (["sh", "-c", "sleep 60"], (0, 0, 1), "QUARANTINED"),
    ],
    ids=["clean", "infected", "out of order", "missing", "too slow"],
)
async def test_the_scanner_of_the_settings_decides_and_without_its_answer_nobody(
    world: World, command: list[str], counted: tuple[int, int, int], state: str
) -> None:
    attachment_id = await upload(world, await world.case(), PHOTO)
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("UPDATE attachment SET state = 'QUARANTINED', confirmed_at = now()")
    assert (await tended(world, FileScanner(command, seconds=0.5)))[0] == counted
    assert await state_of(world, attachment_id) == state


async def test_who_reads_the_case_at_work_sees_its_files_for_their_audience(world: World, api: Api) -> None:
    case_id = await screened(world)
    for audience in Audience:
        await attach(world, case_id, PHOTO.named(f"{audience}.png", audience))
    await upload(world, case_id, PHOTO.named("early.png"))
    referral_id = await world.referral(case_id)

    async def seen(by: str) -> set[str] | None:
        found = (await api.ask(LISTED, by, id=api.id("Case", case_id)))["node"]
        if found["attachments"] is None:
            assert {event["attachment"] is None for event in found["timeline"]["nodes"]} == {True}
            return None
        names = {node["fileName"].removesuffix(".png") for node in found["attachments"]["nodes"]}
        assert len(names) == found["attachments"]["totalCount"]["count"]
        return names

    assert await seen(VOLUNTEER) == {*Audience, "early"}
    assert await seen(MENTOR) == await seen(COORDINATOR) == {"CASE", "CITIZEN"}
    assert await seen(DLPW) is None
    assert await seen(AUDITOR) is None
    await world.on_referral(DLPW, receive_referral, referral_id)
    assert await seen(DLPW) == {"CASE", "CITIZEN"}


async def test_an_announcement_that_cannot_be_kept_is_refused_with_what_to_do(world: World, api: Api) -> None:
    case = api.case(await world.case())
    before = await world.fingerprint()
    for wrong, code in (
        ({"byteCount": 0}, "FILE_EMPTY"),
        ({"byteCount": 10_000_001}, "FILE_TOO_LARGE"),
        ({"sha256": "ab"}, "SHA256_INVALID"),
        ({"sha256": "g" * 64}, "SHA256_INVALID"),
        ({"sha256": "ab " * 21 + "a"}, "SHA256_INVALID"),
        ({"fileName": "../../etc/passwd"}, "FILE_NAME_INVALID"),
        ({"fileName": "C:\\photo.png"}, "FILE_NAME_INVALID"),
        ({"fileName": "a\x00b"}, "TEXT_BROKEN"),
        ({"fileName": "ก" * 201}, "TEXT_TOO_LONG"),
    ):
        refused = await api.do("requestUpload", VOLUNTEER, case=case, **{**PHOTO.given(), **wrong})
        assert (refused["__typename"], refused["code"]) == ("InvalidInput", code), wrong
    assert await world.fingerprint() == before


async def test_the_twenty_first_file_is_refused_whoever_reads_the_others(world: World, api: Api) -> None:
    case_id = await world.case()
    for _ in range(20):
        await upload(world, case_id, replace(PHOTO, audience=Audience.HOLDER_ONLY))
    refused = await api.do("requestUpload", VOLUNTEER, case=api.case(case_id), **PHOTO.given())
    assert (refused["code"], refused["message"]) == (
        "ATTACHMENTS_TOO_MANY",
        "There are 20 files here already; no more are taken.",
    )
    world.now += timedelta(days=2)
    await tended(world)
    assert (await request(api, case_id))["upload"] is not None


async def test_nobody_else_confirms_an_upload(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    await send(api, asked, PHOTO.content)
    before = await world.fingerprint()
    for by in (MENTOR, COORDINATOR, OTHER_VOLUNTEER):
        assert (await confirm(api, asked, by))["code"] == "NOT_FOUND"
    assert await world.fingerprint() == before


async def test_a_draft_that_a_killed_process_left_goes_after_a_day(world: World) -> None:
    store = LocalFolder(world.files, world.keys)
    store.prepare()
    draft = world.files / "drafts" / "left"
    draft.write_bytes(b"half")
    os.utime(draft, (1_000_000, 1_000_000))
    await store.tidy(before=datetime.fromtimestamp(1_000_000, UTC))
    assert draft.exists()
    await store.tidy(before=datetime.fromtimestamp(1_000_001, UTC))
    assert not draft.exists()
    assert await store.look(UUID(int=0)) is None


async def test_a_file_that_waits_or_is_lost_is_not_given(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    await send(api, asked, PHOTO.content)
    await confirm(api, asked)
    ticket = unseal(world.keys, UPLOAD, asked["upload"]["url"].rpartition("/")[2])
    assert ticket is not None
    early = f"/files/{seal(world.keys, DOWNLOAD, ticket)}"
    response = await api.client.get(early)
    assert (response.status_code, response.json()["code"]) == (409, "NOT_READY")
    await tended(world)
    assert (await api.client.get(early)).status_code == 200
    assert (await api.client.head(early)).headers["content-length"] == str(len(PHOTO.content))
    part = await api.client.get(early, headers={"range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PNG")
    kept(world)[0].unlink()
    assert (await api.client.get(early)).json()["code"] == "NOT_READY"


async def test_a_line_that_stands_still_is_given_up(world: World, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.files.UPLOAD_SECONDS", 0.05)
    asked = await request(api, await world.case())

    async def still() -> AsyncIterator[bytes]:
        yield PHOTO.content[:10]
        await asyncio.Event().wait()

    response = await send(api, asked, still())
    assert (response.status_code, response.json()["code"]) == (408, "TOO_SLOW")
    assert kept(world) == []


async def test_a_page_of_another_origin_may_send_and_fetch_files_where_the_settings_say_so(world: World) -> None:
    origin = "https://front.example.go.th"
    async with Api.around(world, Settings(allowed_origins=[origin])) as api:
        asked = {"origin": origin, "access-control-request-method": "PUT"}
        response = await api.client.options("/uploads/x", headers=asked)
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, origin)


def test_the_page_tells_every_problem_with_its_status() -> None:
    table = rows(section("docs/reference/transport.md", "## Files"))
    told = {row[2].strip("`"): int(row[1]) for row in table if len(row) == 3 and row[1].isdecimal()}
    assert told == {problem.name: problem.value[0] for problem in Problem}
    for problem in Problem:
        _, thai, english = problem.value
        assert re.search("[ก-๙]", thai)
        assert re.fullmatch("[A-Z].*[.]", english)


async def test_an_erased_citizen_has_no_files_and_their_links_are_void(world: World, api: Api) -> None:
    case_id = await world.case()
    attachment_id = await attach(world, case_id, PHOTO)
    asked = {"attachment": {"id": api.id("Attachment", attachment_id)}}
    url = (await looked(api, asked))["download"]["url"]
    withdrawn = {"state": CaseState.WITHDRAWN, "reason": "ถอนเรื่อง"}
    await world.on_case(VOLUNTEER, update_case_status, case_id, **withdrawn)
    await erase(world, await world.value("SELECT id FROM citizen"))
    assert (await tended(world))[2] == 1
    world.now -= timedelta(hours=2)
    assert (await api.client.get(url)).status_code == 404
    assert await looked(api, asked) is None
    assert kept(world) == []
