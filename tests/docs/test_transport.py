"""docs/reference/transport.md: each wrong request gets the status and the code that its table says."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from casework.demo.network import subject_of
from tests.docs.pages import ROOT, rows, section
from tests.docs.reader import Reader

PAGE = "docs/reference/transport.md"
AS_JSON = {"content-type": "application/json"}
FINE = b'{"query": "{ agencies { code } }"}'


def wrong_requests(reader: Reader) -> dict[str, dict[str, Any]]:
    long_ago = datetime.now(UTC) - timedelta(days=40)
    expired = reader._tokens.issue(subject_of("auditor"), now=long_ago, lasts=timedelta(days=1))
    return {
        "BODY_NOT_JSON": {"content": b"\xff{"},
        "BODY_NOT_AN_OBJECT": {"content": b"[]"},
        "QUERY_MISSING": {"content": b'{"query": " "}'},
        "DOCUMENT_UNKNOWN": {"content": b'{"documentId": "sha256:0"}'},
        "VARIABLES_INVALID": {"content": FINE[:-1] + b', "variables": []}'},
        "OPERATION_NAME_INVALID": {"content": FINE[:-1] + b', "operationName": 5}'},
        "METHOD_NOT_ALLOWED": {"method": "GET", "params": {"query": "mutation { __typename }"}},
        "CONTENT_TYPE_UNSUPPORTED": {"content": FINE, "headers": {"content-type": "text/plain"}},
        "BODY_TOO_LARGE": {"content": b" " * 100_001},
        "TOKEN_INVALID": {"content": FINE, "headers": {**AS_JSON, "authorization": "Bearer nonsense"}},
        "TOKEN_EXPIRED": {"content": FINE, "headers": {**AS_JSON, "authorization": f"Bearer {expired}"}},
    }


async def test_a_wrong_request_gets_the_status_and_code_of_the_page(reader: Reader) -> None:
    table = rows(section(PAGE, "### What is wrong with a request"))[2:]
    written = {code.strip("`"): int(status) for _, status, code in table}
    requests = wrong_requests(reader)
    assert set(written) == {*requests, "DOCUMENT_NOT_TRUSTED"}  # that one needs a setting: tests/server/test_trusted.py
    async with httpx.AsyncClient(base_url=f"http://{reader.address}") as client:
        for code, request in requests.items():
            response = await client.request(**{"method": "POST", "url": "/graphql", "headers": AS_JSON, **request})
            found = response.json()["errors"][0]["extensions"]["code"]
            assert (found, response.status_code) == (code, written[code])
            assert response.headers["x-request-id"] == response.json()["errors"][0]["extensions"]["requestId"]


async def test_the_media_type_decides_the_status_of_a_wrong_document(reader: Reader) -> None:
    async with httpx.AsyncClient(base_url=f"http://{reader.address}") as client:
        for media, status in (("application/json", 200), ("application/graphql-response+json", 400)):
            response = await client.post("/graphql", content=b'{"query": "{"}', headers={**AS_JSON, "accept": media})
            assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (status, media)
        assert (await client.put("/graphql")).status_code == 405


def test_the_limits_name_settings_that_exist_with_their_defaults() -> None:
    settings = {row[0]: row[1] for row in rows(section("docs/reference/settings.md", "# Settings"))[2:]}
    for row in rows(section(PAGE, "## Limits"))[2:]:
        if len(row) == 3 and row[2].startswith("`PRASAN_"):
            limit = re.sub(r"\D", "", row[1])
            assert settings[row[2]] == f"`{limit}`", row


def test_the_codes_of_the_limits_are_listed() -> None:
    source = (ROOT / "schema/limits.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"((?:QUERY_TOO|TOO_MANY)_[A-Z_]+)"', source))
    assert codes <= set(re.findall(r"`([A-Z_]+)`", section(PAGE, "### Error codes")))
