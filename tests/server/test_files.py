"""Sending files over HTTP: what a link takes, from whom and until when; of all else nothing is kept."""

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.file_links import DOWNLOAD, UPLOAD, seal, unseal
from casework.scanning import remove_discarded
from server.local_folder import LocalFolder
from tests.api import Api
from tests.files import HTML, PAGE, PHOTO, attach
from tests.server.uploads import confirm, kept, looked, request, send, tended
from tests.world import ADMIN, AUDITOR, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

pytestmark = pytest.mark.usefixtures("empty_store")


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
    wrong += [seal(world.keys, DOWNLOAD, ticket), api.id("Attachment", ticket.row_id)]
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
