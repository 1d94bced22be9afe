"""Headers that every answer carries, GraphiQL only where it is shown, and a mask for faults that nobody caught."""

import json
from typing import Any

import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route

from server.guard import HEADERS, Guard
from server.settings import Settings
from tests.api import Api
from tests.server.test_graphiql_page import BROWSER
from tests.world import World

SECRET = "สมหญิง 0812345678"
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ADDRESSES = [
    ("GET", "/"),
    ("GET", "/health"),
    ("GET", "/graphql"),
    ("GET", "/graphql/boot.json"),
    ("GET", "/graphql/assets/boot.js"),
    ("GET", "/graphql/assets/absent.js"),
    ("GET", "/absent"),
    ("PUT", "/graphql"),
    ("POST", "/graphql"),
]


@pytest.mark.parametrize(("method", "address"), ADDRESSES, ids=str)
async def test_every_answer_is_guarded(api: Api, method: str, address: str) -> None:
    response = await api.client.request(method, address)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["content-security-policy"] == CLOSED
    assert "strict-transport-security" not in response.headers


async def test_behind_tls_browsers_are_told_to_use_nothing_else(world: World) -> None:
    async with Api.around(world, Settings(hsts_seconds=31_536_000)) as api:
        for _, address in ADDRESSES:
            response = await api.client.get(address)
            assert response.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"demo": True}, True),
        ({"demo": False}, False),
        ({"demo": False, "graphiql": True}, True),
        ({"demo": True, "graphiql": False}, False),
    ],
    ids=str,
)
async def test_graphiql_is_shown_in_demo_mode_or_where_the_setting_says(
    world: World, settings: dict[str, Any], *, shown: bool
) -> None:
    async with Api.around(world, Settings(**settings)) as api:
        page = await api.client.get("/graphql", headers={"accept": BROWSER})
        assert page.headers["content-type"].startswith("text/html" if shown else "application/json")
        for address in ("/graphql/boot.json", "/graphql/assets/boot.js"):
            assert (await api.client.get(address)).status_code == (200 if shown else 404)
        if shown:
            assert "script-src 'self'; style" in page.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
            assert {name: page.headers[name] for name in HEADERS if name != "content-security-policy"} == {
                name: value for name, value in HEADERS.items() if name != "content-security-policy"
            }


async def broken(_request: Request) -> Any:
    raise RuntimeError(SECRET)


async def broken_off(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError(SECRET)


async def test_a_fault_that_nobody_caught_is_masked_and_logged_without_its_text() -> None:
    app = Starlette(routes=[Route("/", broken)], middleware=[Middleware(Guard, hsts_seconds=0)])
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("there is no body to read")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        with structlog.testing.capture_logs() as logged:
            response = await client.get("/")
            await Guard(broken_off, hsts_seconds=0)({"type": "http"}, receive, send)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert response.headers["content-security-policy"] == CLOSED
    assert [message["type"] for message in sent] == ["http.response.start"]  # uvicorn then cuts the connection
    assert [entry["event"] for entry in logged] == ["request.fault"] * 2
    assert logged[0]["request_id"] == error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert SECRET not in response.text + json.dumps(logged, ensure_ascii=False)
