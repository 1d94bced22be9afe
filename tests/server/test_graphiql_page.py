"""GraphiQL's page and files as a client without a browser sees them; the browser's view is in tests/browser."""

import re
from collections.abc import AsyncIterator
from hashlib import sha256

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from server.graphiql import ASSETS, Boot, graphiql_page, graphiql_routes, wants_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
VENDORED = [line.split()[-2:] for line in (ASSETS / "VERSIONS.txt").read_text().splitlines()[4:]]


async def boot() -> Boot:
    return Boot(query="{ cases }", variables="{}", headers={"Authorization": "Bearer t"}, title="ประสาน")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=graphiql_routes(boot)))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ([BROWSER], True),
        (["text/html"], True),
        (["TEXT/HTML ; Q=0.5, application/json;q=0.4"], True),
        (["text/*, application/*;q=0.9"], True),
        (["application/json;q=0.1", "text/html;q=0.2"], True),
        ([], False),
        ([""], False),
        (["*/*"], False),
        (["application/json"], False),
        (["text/html, application/json"], False),
        (["text/html, application/graphql-response+json"], False),
        (["text/html, */*"], False),
        (["text/html;q=0.8, application/graphql-response+json, application/json;q=0.5"], False),
        (["text/html;q=0"], False),
        (["text/html;q=nan"], False),
        (["text/html;q=2"], False),
    ],
)
def test_a_page_is_given_only_to_clients_that_prefer_one(accept: list[str], *, page: bool) -> None:
    assert wants_html(request(accept=accept)) is page


def test_a_post_and_a_get_that_carries_a_query_are_answered_in_json() -> None:
    assert not wants_html(request(accept=[BROWSER], method="POST"))
    assert not wants_html(request(accept=[BROWSER], query_string=b"query=%7B__typename%7D"))
    assert wants_html(request(accept=[BROWSER], query_string=b"tab=1"))


def request(*, accept: list[str], method: str = "GET", query_string: bytes = b"") -> Request:
    headers = [(b"accept", each.encode()) for each in accept]
    return Request({"type": "http", "method": method, "headers": headers, "query_string": query_string})


def test_the_page_holds_no_script_of_its_own_and_a_new_nonce_each_time() -> None:
    pages = [graphiql_page(), graphiql_page()]
    nonces = [re.findall("nonce-([^']+)", page.headers["content-security-policy"]) for page in pages]
    assert nonces[0] != nonces[1]
    for page, (nonce,) in zip(pages, nonces, strict=True):
        html = bytes(page.body).decode()
        assert f'nonce="{nonce}"' in html
        assert re.findall(r"<script[^>]*>(.*?)</script>", html) == [""] * 5
        assert not re.search(r"\son\w+=|<style|style=", html)
        assert "script-src 'self';" in page.headers["content-security-policy"]


async def test_what_the_page_opens_with_is_kept_by_no_cache(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql/boot.json")
    assert answer.json()["title"] == "ประสาน"
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(("name", "digest"), VENDORED)
async def test_a_vendored_file_is_the_published_one_and_may_be_kept_for_ever(
    client: httpx.AsyncClient, name: str, digest: str
) -> None:
    answer = await client.get(f"/graphql/assets/{name}")
    assert sha256(answer.content).hexdigest() == digest
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"


async def test_six_files_are_vendored_and_the_page_asks_for_just_these_and_our_own(client: httpx.AsyncClient) -> None:
    asked = set(re.findall(r'"graphql/assets/([^"]+)"', bytes(graphiql_page().body).decode()))
    assert asked == {name for name, _ in VENDORED} | {"boot.js", "boot.css"}
    assert {(await client.get(f"/graphql/assets/{name}")).status_code for name in asked} == {200}


async def test_our_own_files_are_asked_for_anew(client: httpx.AsyncClient) -> None:
    first = await client.get("/graphql/assets/boot.js")
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get("/graphql/assets/boot.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")


@pytest.mark.parametrize("path", ["", "absent.js", "..%2f..%2fgraphiql.py", "%2e%2e/%2e%2e/graphiql.py", "/etc/passwd"])
async def test_nothing_outside_the_folder_is_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(f"/graphql/assets/{path}")).status_code == 404


def test_no_style_sheet_loads_anything_from_elsewhere() -> None:
    for sheet in ASSETS.glob("*.css"):
        text = sheet.read_text()
        assert "@import" not in text
        assert all(address.startswith("data:") for address in re.findall(r"url\(['\"]?([^)]{0,20})", text))
