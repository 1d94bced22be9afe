"""What the tests of files do with them over HTTP."""

from pathlib import Path
from typing import Any

import httpx

from casework.scanning import tend_files
from server.local_folder import LocalFolder
from server.scanner import FileScanner
from tests.api import Api
from tests.files import PHOTO, File
from tests.world import VOLUNTEER, World

ASKED = "attachment { id state } upload { url headers { name value } expiresAt }"
STATE = "query ($id: ID!) { node(id: $id) { ... on Attachment { state fault download { url expiresAt } } } }"
LISTED = """query ($id: ID!) { node(id: $id) { ... on Case { attachments(first: 9) {
  nodes { fileName state download { url } } totalCount { count } }
  timeline(last: 9) { nodes { kind attachment { fileName } } } } } }"""


def kept(world: World) -> list[Path]:
    """Give every file that the store has, drafts too."""
    return sorted(path for path in world.files.rglob("*") if path.is_file())


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
