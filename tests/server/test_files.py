"""Files over HTTP: what a link takes and gives, to whom and until when; of all else nothing is kept."""

import asyncio
import os
import re
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from casework.actions.receive_referral import receive_referral
from casework.actions.update_case_status import update_case_status
from casework.scanning import remove_discarded, tend_files
from models.vocabulary import Audience, CaseState
from server.file_links import DOWNLOAD, UPLOAD, seal, unseal
from server.files import Problem
from server.local_folder import LocalFolder
from server.scanner import FileScanner
from server.settings import Settings
from tests.api import Api
from tests.casework.whole_person import erase
from tests.docs.pages import rows, section
from tests.files import HTML, PAGE, PHOTO, POLYGLOT, VIRUS, File, attach, state_of, upload
from tests.schema.stage import screened
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

ASKED = "attachment { id state } upload { url headers { name value } expiresAt }"
STATE = "query ($id: ID!) { node(id: $id) { ... on Attachment { state fault download { url expiresAt } } } }"
LISTED = """query ($id: ID!) { node(id: $id) { ... on Case { attachments(first: 9) {
  nodes { fileName state download { url } } totalCount { count } }
  timeline(last: 9) { nodes { kind attachment { fileName } } } } } }"""


def kept(world: World) -> list[Path]:
    """Give every file that the store has, drafts too."""
    return sorted(path for path in world.files.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def _empty_store(world: World) -> None:
    for path in kept(world):
        path.unlink()


async def request(api: Api, case_id: int, file: File = PHOTO, by: str = VOLUNTEER, **more: Any) -> dict[str, Any]:
    answer = await api.do("requestUpload", by, want=ASKED, case=api.case(case_id), **{**file.given(), **more})
    assert answer["__typename"] == "RequestUploadPayload", answer
    return answer


async def send(api: Api, asked: dict[str, Any], content: Any, **headers: str) -> httpx.Response:
    needed = {header["name"]: header["value"] for header in asked["upload"]["headers"]}
    return await api.client.put(asked["upload"]["url"], content=content, headers={**needed, **headers})


async def confirm(api: Api, asked: dict[str, Any], by: str = VOLUNTEER, **more: Any) -> dict[str, Any]:
    given = {"attachment": asked["attachment"]["id"], **more}
    return await api.do("confirmUpload", by, want="attachment { state }", **given)


async def tended(world: World, scanner: FileScanner | None = None) -> tuple[tuple[int, int, int], int, int]:
    store = LocalFolder(world.files, world.keys)
    scanner = scanner or FileScanner([], seconds=5)
    done = await tend_files(world.worker, world.reference, store, scanner, now=world.now)
    return tuple(done.scanned), done.expired, done.removed  # type: ignore[return-value]


async def looked(api: Api, asked: dict[str, Any], by: str = VOLUNTEER) -> Any:
    return (await api.ask(STATE, by, id=asked["attachment"]["id"]))["node"]


async def test_a_photo_goes_the_whole_way_and_is_fetched_byte_by_byte(world: World, api: Api) -> None:
    case_id = await world.case()
    asked = await request(api, case_id)
    assert asked["attachment"]["state"] == "REQUESTED"
    assert asked["upload"]["headers"] == [{"name": "content-type", "value": "image/png"}]
    assert asked["upload"]["expiresAt"] == f"{world.now + timedelta(minutes=15):%Y-%m-%dT%H:%M:%SZ}"
    sent = await send(api, asked, PHOTO.content)
    assert (sent.status_code, sent.content) == (204, b"")
    (path,) = kept(world)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, world.files)] == [0o600, 0o700, 0o700]
    assert (await confirm(api, asked))["attachment"]["state"] == "QUARANTINED"
    assert await looked(api, asked) == {"state": "QUARANTINED", "fault": None, "download": None}
    assert await tended(world) == ((1, 0, 0), 0, 0)
    found = await looked(api, asked, MENTOR)
    assert (found["state"], found["download"]["expiresAt"]) == (
        "CLEAN",
        f"{world.now + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
    )
    await world.recorder.flush()
    before = await world.value("SELECT count(*) FROM citizen_access")
    fetched = await api.client.get(found["download"]["url"])
    assert (fetched.status_code, fetched.content, fetched.headers["content-type"]) == (
        200,
        PHOTO.content,
        "image/png",
    )
    disposition = fetched.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%E0%B8%AA")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert fetched.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert fetched.headers["cache-control"] == "no-store"
    assert "set-cookie" not in fetched.headers
    await world.recorder.flush()
    looks = await world.rows("SELECT purpose, level, seat_id, case_id FROM citizen_access ORDER BY id")
    assert looks[before:] == [("RECORD", 3, (await world.actor(MENTOR)).seat_id, case_id)]
    kinds = await world.rows("SELECT kind, payload, actor_seat_id FROM event ORDER BY id DESC LIMIT 2")
    number = await world.value("SELECT id FROM attachment")
    assert kinds == [
        ("ATTACHMENT_SCANNED", {"attachment": number, "fault": None}, None),
        (
            "ATTACHMENT_ADDED",
            {"attachment": number, "mediaType": "PNG"},
            (await world.actor(VOLUNTEER)).seat_id,
        ),
    ]


async def test_the_same_operation_gives_a_new_link_while_the_bytes_are_awaited(world: World, api: Api) -> None:
    case_id, operation = await world.case(), str(uuid4())
    first = await request(api, case_id, operationId=operation)
    world.now += timedelta(minutes=20)
    assert (await send(api, first, PHOTO.content)).json()["code"] == "LINK_EXPIRED"
    again = await request(api, case_id, operationId=operation)
    assert (again["attachment"]["id"], again["upload"]["url"]) != (first["attachment"]["id"], first["upload"]["url"])
    assert again["attachment"]["id"] == first["attachment"]["id"]
    assert (await send(api, again, PHOTO.content)).status_code == 204
    await confirm(api, again)
    assert (await request(api, case_id, operationId=operation))["upload"] is None
    assert await world.value("SELECT count(*) FROM attachment") == 1


async def test_bytes_beyond_those_announced_are_not_even_read(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    pulled = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal pulled
        while True:
            pulled += 1
            yield bytes(40)

    response = await send(api, asked, endless())
    assert (response.status_code, response.json()["code"]) == (413, "BODY_TOO_LARGE")
    assert response.headers["content-type"] == "application/problem+json"
    assert pulled == len(PHOTO.content) // 40 + 1
    response = await send(api, asked, PHOTO.content + b"x")
    assert response.status_code == 413
    assert kept(world) == []


@pytest.mark.parametrize("content", [b"", PHOTO.content[:-1], PHOTO.content[:-1] + b"x"], ids=len)
async def test_what_is_shorter_or_other_than_announced_is_not_kept(world: World, api: Api, content: bytes) -> None:
    asked = await request(api, await world.case())
    response = await send(api, asked, content)
    assert (response.status_code, response.json()["code"]) == (422, "CONTENT_DIFFERS")
    assert kept(world) == []
    refused = await confirm(api, asked)
    assert (refused["__typename"], refused["code"], refused["path"]) == (
        "NotPossible",
        "UPLOAD_MISSING",
        ["input", "attachment"],
    )


async def test_a_line_that_breaks_leaves_nothing(world: World, api: Api) -> None:
    asked = await request(api, await world.case())

    told = [
        {"type": "http.request", "body": PHOTO.content[:20], "more_body": True},
        {"type": "http.disconnect"},
    ]
    answered: list[Any] = []
    url = asked["upload"]["url"]
    scope = {
        "type": "http", "method": "PUT", "path": url, "raw_path": url.encode(), "query_string": b"", "root_path": "",
        "headers": [(b"content-type", b"image/png")], "http_version": "1.1", "scheme": "http", "client": None,
    }  # fmt: skip

    async def receive() -> Any:
        return told.pop(0)

    async def answer(message: Any) -> None:
        answered.append(message)

    await api.client._transport.app(scope, receive, answer)  # type: ignore[attr-defined]
    assert answered[0]["status"] == 499
    assert kept(world) == []
    assert (await send(api, asked, PHOTO.content)).status_code == 204


async def test_a_png_that_is_an_html_page_is_refused_and_deleted(world: World, api: Api) -> None:
    asked = await request(api, await world.case(), PAGE)
    assert (await send(api, asked, HTML)).status_code == 204
    assert len(kept(world)) == 1
    before = await world.fingerprint()
    refused = await confirm(api, asked)
    assert (refused["__typename"], refused["code"]) == ("InvalidInput", "ATTACHMENT_TYPE_MISMATCH")
    assert kept(world) == []
    assert await world.fingerprint() == before
    assert (await confirm(api, asked))["code"] == "UPLOAD_MISSING"


async def test_other_headers_than_those_of_the_link_are_refused(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    response = await send(api, asked, PHOTO.content, **{"content-type": "text/html"})
    assert (response.status_code, response.json()["code"]) == (415, "CONTENT_TYPE_DIFFERS")
    assert kept(world) == []


async def test_a_link_that_was_tampered_with_is_no_link(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    await attach(world, await world.case(), PHOTO)
    path, _, token = asked["upload"]["url"].rpartition("/")
    ticket = unseal(world.keys, UPLOAD, token)
    assert ticket is not None
    wrong = [token[:-1], token + "A", "", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "é", "A" * 2000]
    wrong += [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(0, len(token), 7)]
    wrong += [seal(world.keys, DOWNLOAD, ticket), api.id("Attachment", ticket.attachment_id)]
    for other in wrong:
        response = await api.client.put(f"{path}/{other}", content=PHOTO.content, headers={"content-type": "image/png"})
        assert response.status_code == 404, other
    assert (await api.client.get(f"/files/{token}")).json()["code"] == "LINK_UNKNOWN"
    assert (await api.client.get(f"/uploads/{token}")).status_code == 405
    assert len(kept(world)) == 1


async def test_a_link_serves_its_bearer_only_while_the_bearer_sees_the_file(world: World, api: Api) -> None:
    attachment_id = await attach(world, await world.case(), PHOTO)
    url = (await looked(api, {"attachment": {"id": api.id("Attachment", attachment_id)}}))["download"]["url"]
    assert (await api.client.get(url)).status_code == 200
    ticket = unseal(world.keys, DOWNLOAD, url.rpartition("/")[2])
    assert ticket is not None
    for by in (OTHER_VOLUNTEER, ADMIN, AUDITOR, SSO):
        stranger = ticket.by._replace(seat_id=(await world.actor(by)).seat_id)
        stolen = seal(world.keys, DOWNLOAD, ticket._replace(by=stranger))
        assert (await api.client.get(f"/files/{stolen}")).json()["code"] == "LINK_UNKNOWN", by
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("UPDATE participation SET until = now() WHERE seat_id IS NOT NULL")
    assert (await api.client.get(url)).status_code == 404
    world.now += timedelta(minutes=5)
    response = await api.client.get(url, headers={"accept-language": "th"})
    assert (response.status_code, response.json()["title"]) == (410, "ลิงก์หมดเวลาแล้ว กรุณาขอลิงก์ใหม่")


async def test_several_confirmations_at_once_attach_the_file_once(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    await send(api, asked, PHOTO.content)
    answers = await asyncio.gather(*(confirm(api, asked) for _ in range(5)))
    assert [answer["attachment"]["state"] for answer in answers] == ["QUARANTINED"] * 5
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'ATTACHMENT_ADDED'") == 1
    rounds = await asyncio.gather(*(tended(world) for _ in range(3)))
    assert sum(scanned[0] for scanned, _, _ in rounds) == 1
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'ATTACHMENT_SCANNED'") == 1


async def test_an_upload_that_is_never_confirmed_is_given_up_after_a_day(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    await send(api, asked, PHOTO.content)
    (path,) = kept(world)
    world.now += timedelta(hours=24) - timedelta(seconds=1)
    assert await tended(world) == ((0, 0, 0), 0, 0)
    assert kept(world) == [path]
    world.now += timedelta(seconds=1)
    events = await world.value("SELECT count(*) FROM event")
    assert await tended(world) == ((0, 0, 0), 1, 1)
    assert await tended(world) == ((0, 0, 0), 0, 0)
    assert kept(world) == []
    assert (await confirm(api, asked))["code"] == "UPLOAD_EXPIRED"
    assert await looked(api, asked) == {"state": "EXPIRED", "fault": None, "download": None}
    assert await world.value("SELECT count(*) FROM event") == events


async def test_bytes_that_arrive_for_an_upload_given_up_meanwhile_are_not_kept(world: World, api: Api) -> None:
    asked = await request(api, await world.case())

    async def slow() -> AsyncIterator[bytes]:
        yield PHOTO.content[:10]
        async with world.owner.begin() as connection:
            await connection.exec_driver_sql("UPDATE attachment SET state = 'EXPIRED'")
        await remove_discarded(world.worker, LocalFolder(world.files, world.keys), now=world.now)
        yield PHOTO.content[10:]

    response = await send(api, asked, slow())
    assert (response.status_code, response.json()["code"]) == (409, "UPLOAD_OVER")
    assert kept(world) == []


async def test_a_confirmed_file_takes_no_further_bytes(world: World, api: Api) -> None:
    asked = await request(api, await world.case())
    await send(api, asked, PHOTO.content)
    await confirm(api, asked)
    assert (await send(api, asked, PHOTO.content)).json()["code"] == "UPLOAD_OVER"
    (path,) = kept(world)
    assert path.read_bytes() == PHOTO.content


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
        "This case has 20 attachments already; it takes no more.",
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
