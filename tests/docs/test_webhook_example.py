"""The receiver that docs/how-to/webhooks.md shows takes what is signed, once, and nothing else."""

import os
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from tests.docs.pages import blocks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type": "CASE_CLOSED", "data": {"reference": "43-2569-00174-2"}}'


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("PRASAN_WEBHOOK_SECRET", SECRET)
    (source,) = [block.text for block in blocks("docs/how-to/webhooks.md") if block.language == "python"]
    names: dict[str, Any] = {}
    exec(compile(source, "docs/how-to/webhooks.md", "exec"), names)  # noqa: S102 - what the page tells people to run
    assert os.environ["PRASAN_WEBHOOK_SECRET"] == SECRET
    return names


async def post(app: Any, body: str, signature: str) -> int:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://news.test") as client:
        now = str(int(datetime.now(UTC).timestamp()))
        headers = {"webhook-id": "msg_1", "webhook-timestamp": now, "webhook-signature": signature}
        return (await client.post("/prasan", content=body, headers=headers)).status_code


async def test_the_receiver_of_the_page_takes_what_is_signed_and_works_on_it_once(example: dict[str, Any]) -> None:
    worked: list[tuple[str, object]] = []
    example["work_on"] = lambda kind, data: worked.append((kind, data["reference"]))
    signature = Webhook(SECRET).sign("msg_1", datetime.now(UTC), BODY)
    assert [await post(example["app"], BODY, signature) for _ in range(2)] == [204, 204]
    assert await post(example["app"], BODY.replace("CLOSED", "OPENED"), signature) == 401
    assert worked == [("CASE_CLOSED", "43-2569-00174-2")]
