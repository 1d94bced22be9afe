"""What a person meets on opening /graphql in a real browser with no way to any other machine."""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, Route, WebSocket, async_playwright, expect

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--no-sandbox",  # CI is root, where Chromium has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
THAI = re.compile("[\u0e00-\u0e7f]+")
QUERY = "section[aria-label='Query Editor'] .CodeMirror"
HEADERS = "section[aria-label=Headers] .graphiql-editor:not(.hidden) .CodeMirror"
VARIABLES = "section[aria-label=Variables] .graphiql-editor:not(.hidden) .CodeMirror"
RESULT = "section[aria-label='Result Window'] .CodeMirror"
# Over any router, to no machine: the address is kept for documentation, and no packet leaves on connecting UDP.
OUTSIDE = ("192.0.2.1", 9)


@dataclass
class Visit:
    """An open page and everything it asked for, sent and complained about."""

    page: Page
    origin: str
    boot: dict[str, Any]
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", self.note)
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("websocket", self.listen)

    def note(self, request: Request) -> None:
        self.requests.append(request)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def listen(self, opened: WebSocket) -> None:
        self.sockets.append(opened.url)
        opened.on("framesent", lambda frame: self.sent.append(json.loads(frame)))

    def hosts(self) -> set[str]:
        urls = [*(request.url for request in self.requests), *self.sockets]
        return {parts.netloc for parts in map(urlsplit, urls) if parts.scheme not in {"data", "blob"}}

    async def text(self, editor: str) -> str:
        return str(await self.page.locator(editor).evaluate("node => node.CodeMirror.getValue()"))

    async def write(self, editor: str, text: str) -> None:
        await self.page.locator(editor).click()
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.insert_text(text)
        if editor == QUERY:  # GraphiQL reads the operation's name and kind a moment after the last key
            await self.page.wait_for_function("text => sessionStorage.getItem('graphiql:query') === text", arg=text)

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name).click()

    async def run(self) -> dict[str, Any]:
        """Press the run button and read the answer that the page then shows."""
        async with self.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            await self.press("Execute query")
        await (await answered.value).finished()
        await expect(self.page.locator(RESULT)).to_contain_text(re.compile("data|errors"))
        shown: dict[str, Any] = json.loads(await self.text(RESULT))
        return shown


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is missing: .ci/browser installs it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest.fixture
async def visit(chromium: Browser, service: str) -> AsyncIterator[Visit]:
    """The page, opened and ready; whatever a test then does with it, nothing outside may be asked."""
    async with httpx.AsyncClient(base_url=service, trust_env=False) as client:
        boot = (await client.get("/graphql/boot.json")).json()
    context = await chromium.new_context(viewport={"width": 1400, "height": 800})
    context.set_default_timeout(15_000)
    visit = Visit(await context.new_page(), service, boot)
    visit.watch()
    async with visit.page.expect_response(lambda answer: answer.request.method == "POST"):  # the introspection
        await visit.page.goto(f"{service}/graphql")
    await expect(visit.page.get_by_role("button", name="Execute query")).to_be_visible()
    yield visit
    assert visit.hosts() == {urlsplit(service).netloc}
    await context.close()


async def families(page: Page, text: str) -> set[str]:
    """The typefaces that Chromium really drew this text of the answer with."""
    await page.locator(RESULT).locator(".cm-string", has_text=text).first.evaluate("node => { node.id = 'drawn' }")
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("DOM.enable")
    await devtools.send("CSS.enable")
    root = (await devtools.send("DOM.getDocument"))["root"]["nodeId"]
    node = (await devtools.send("DOM.querySelector", {"nodeId": root, "selector": "#drawn"}))["nodeId"]
    fonts = (await devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node}))["fonts"]
    return {font["familyName"] for font in fonts}


def thai_families() -> set[str]:
    listed = subprocess.run(["fc-list", ":lang=th", "family"], check=True, capture_output=True, text=True).stdout
    return {name.strip() for line in listed.splitlines() for name in line.split(",")}


@pytest.mark.skipif("PRASAN_CLOSED_NETWORK" not in os.environ, reason="only .ci/browser closes the network")
def test_no_other_machine_can_be_reached_while_these_tests_run() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, pytest.raises(OSError, match="unreachable"):
        probe.connect(OUTSIDE)


async def test_the_page_opens_on_the_worked_example_with_a_demo_token_filled_in(visit: Visit) -> None:
    assert await visit.page.title() == "Prasan"
    assert await visit.text(QUERY) == visit.boot["query"]
    assert json.loads(await visit.text(HEADERS)) == visit.boot["headers"]
    assert visit.boot["headers"]["Authorization"].startswith("Bearer ")
    await visit.page.get_by_role("button", name="Variables").click()
    assert await visit.text(VARIABLES) == visit.boot["variables"]


async def test_pressing_run_shows_the_answer_in_thai_and_no_errors(visit: Visit, tmp_path: Path) -> None:
    answer = await visit.run()
    assert "errors" not in answer
    word = THAI.search(json.dumps(answer["data"], ensure_ascii=False))
    assert word
    await expect(visit.page.locator(RESULT)).to_contain_text(word[0])
    assert await families(visit.page, word[0]) & thai_families()
    await visit.page.screenshot(path=os.environ.get("PRASAN_SCREENSHOT", tmp_path / "answer.png"))


async def test_the_worked_example_also_runs_from_the_keyboard(visit: Visit) -> None:
    await visit.page.locator(QUERY).click()
    async with visit.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        await visit.page.keyboard.press("Control+Enter")
    assert "errors" not in await (await answered.value).json()


async def test_nothing_on_the_page_breaks_its_security_policy_or_complains(visit: Visit) -> None:
    await visit.run()
    for panel in ("Show Documentation Explorer", "Show History", "Show GraphiQL Explorer"):
        await visit.press(panel)
    for dialog in ("Open short keys dialog", "Open settings dialog"):
        await visit.press(dialog)
        await expect(visit.page.get_by_role("dialog")).to_be_visible()
        await visit.page.keyboard.press("Escape")
        await expect(visit.page.get_by_role("dialog")).to_be_hidden()
    await visit.press("Prettify query")
    await visit.press("Add tab")
    await visit.write(QUERY, "{ noSuchField")
    await visit.page.keyboard.press("Control+Space")
    await expect(visit.page.locator(".CodeMirror-lint-mark-error").first).to_be_visible()
    assert visit.complaints == []


async def test_the_documentation_lists_the_schema(visit: Visit) -> None:
    await visit.press("Show Documentation Explorer")
    docs = visit.page.get_by_role("region", name="Documentation Explorer")
    await docs.get_by_role("link", name="Query", exact=True).click()
    await expect(docs.get_by_role("link", name="cases", exact=True)).to_be_visible()


async def test_the_explorer_offers_the_fields_of_the_example(visit: Visit) -> None:
    await visit.press("Show GraphiQL Explorer")
    await expect(visit.page.locator(".graphiql-explorer-root")).to_contain_text("cases")


async def test_a_changed_token_is_the_one_that_is_sent(visit: Visit) -> None:
    await visit.write(HEADERS, '{"Authorization": "Bearer mine"}')
    async with visit.page.expect_request(lambda request: request.method == "POST") as sent:
        await visit.press("Execute query")
    assert (await (await sent.value).all_headers())["authorization"] == "Bearer mine"


async def test_outside_demo_mode_no_token_is_filled_in(visit: Visit) -> None:
    async def answer(route: Route) -> None:
        await route.fulfill(json={**visit.boot, "headers": {}})

    await visit.page.route("**/graphql/boot.json", answer)
    async with visit.page.expect_request(lambda request: request.method == "POST") as sent:
        await visit.page.reload()
    assert "authorization" not in await (await sent.value).all_headers()
    await visit.page.get_by_role("button", name="Headers").click()
    assert await visit.text(HEADERS) == ""


async def test_a_reload_keeps_what_was_written_and_fills_the_demo_token_in_again(visit: Visit) -> None:
    await visit.write(QUERY, "{ __typename }")
    await visit.page.reload()
    await expect(visit.page.locator(QUERY)).to_contain_text("{ __typename }")
    assert json.loads(await visit.text(HEADERS)) == visit.boot["headers"]
    await visit.page.get_by_role("button", name="Variables").click()
    assert await visit.text(VARIABLES) == visit.boot["variables"]


async def test_nothing_written_on_the_page_outlives_its_tab(visit: Visit) -> None:
    await visit.run()
    assert await visit.page.evaluate("localStorage.length") == 0
    assert await visit.page.evaluate("document.cookie") == ""


# --- To be adapted to the real schema: these two functions are all that knows its shape. ---


SHOWCASE = 'query { caseByReference(reference: "43-2569-00174-2") { id } }'
NOTE = """
mutation ($input: AddNoteInput!) { addNote(input: $input) { __typename } }
"""


def subscription_to(case: str) -> str:
    return (
        f'subscription {{ caseEvents(caseId: "{case}") {{ ... on CaseEvent {{ event {{ kind note {{ text }} }} }} }} }}'
    )


async def ask(client: httpx.AsyncClient, document: str, variables: dict[str, Any] | None = None) -> Any:
    answer = (await client.post("/graphql", json={"query": document, "variables": variables})).json()
    assert "errors" not in answer
    return answer["data"]


async def add_note(client: httpx.AsyncClient, case: str, text: str) -> None:
    given = {"operationId": str(uuid4()), "case": {"id": case}, "text": text}
    assert (await ask(client, NOTE, {"input": given}))["addNote"] == {"__typename": "AddNotePayload"}


async def test_a_subscription_shows_an_event_that_happens_elsewhere(visit: Visit) -> None:
    note = f"นัดหมายแล้ว {uuid4()}"
    async with httpx.AsyncClient(base_url=visit.origin, headers=visit.boot["headers"], trust_env=False) as client:
        case = (await ask(client, SHOWCASE))["caseByReference"]["id"]
    await visit.write(QUERY, subscription_to(case))
    await visit.press("Execute query")
    async with (
        httpx.AsyncClient(base_url=visit.origin, headers=visit.boot["headers"], trust_env=False) as client,
        asyncio.timeout(15),
    ):
        # Nothing tells when the service has begun to listen for this page: the event happens until it is seen.
        while note not in await visit.text(RESULT):
            await add_note(client, case, note)
            await visit.page.wait_for_timeout(250)
    assert visit.sockets == [visit.origin.replace("http:", "ws:") + "/graphql"]
    assert visit.sent[0] == {"type": "connection_init", "payload": visit.boot["headers"]}
    assert visit.complaints == []
