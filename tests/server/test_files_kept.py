"""Real processes: a kill between upload and confirmation leaves nothing half done, and files become clean alone."""

import asyncio
import signal
from typing import Any

import httpx

from tests.files import PHOTO
from tests.server.installation import PATIENCE, Installation, Service, serving
from tests.server.stories import do, open_case
from tests.world import COORDINATOR, VOLUNTEER

ASKED = "attachment { id } upload { url headers { name value } }"
STATE = "query ($id: ID!) { node(id: $id) { ... on Attachment { state download { url } } } }"


async def put(service: Service, upload: dict[str, Any], content: bytes) -> int:
    headers = {header["name"]: header["value"] for header in upload["headers"]}
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        return (
            await client.put(f"http://{service.address}{upload['url']}", content=content, headers=headers)
        ).status_code


async def until_clean(service: Service, attachment: str) -> str:
    """Ask until it is clean; give the link."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = (await service.ask(STATE, COORDINATOR, id=attachment))["node"]
            if found["state"] == "CLEAN":
                return str(found["download"]["url"])
            assert found["state"] == "QUARANTINED"


async def test_a_kill_between_upload_and_confirmation_loses_nothing(installation: Installation) -> None:
    settings = {"PRASAN_SCAN_COMMAND": '["test", "-f"]'}
    with serving(installation, **settings) as service:
        case = await open_case(service)
        given = {"case": {"id": case["id"]}, **PHOTO.given()}
        asked = await do(service, "requestUpload", VOLUNTEER, want=ASKED, **given)
        assert await put(service, asked["upload"], PHOTO.content) == 204
        assert service.end(signal.SIGKILL) == -signal.SIGKILL
    attachment = asked["attachment"]["id"]
    with serving(installation, **settings) as service:
        confirmed = await do(service, "confirmUpload", VOLUNTEER, want="attachment { state }", attachment=attachment)
        assert confirmed["attachment"]["state"] == "QUARANTINED"
        url = await until_clean(service, attachment)
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            fetched = await client.get(f"http://{service.address}{url}")
        assert (fetched.status_code, fetched.content) == (200, PHOTO.content)
    kinds = "SELECT array_agg(kind ORDER BY id) FROM event WHERE kind LIKE 'ATTACHMENT%'"
    assert await installation.value(kinds) == ["ATTACHMENT_ADDED", "ATTACHMENT_SCANNED"]
    tended = installation.run("tend", **settings)
    assert (tended.returncode, tended.stderr.splitlines()[-4]) == (
        0,
        "0 files cleared, 0 refused, 0 not scanned; 0 uploads given up.",
    )


def test_a_folder_that_cannot_be_written_to_is_one_sentence(installation: Installation) -> None:
    done = installation.run("serve", PRASAN_FILES="/dev/null/files")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "Prasan cannot keep files in /dev/null/files (Not a directory): set PRASAN_FILES to a folder of yours."
    )
