"""The application as tests ask it: over HTTP, as any post of the demo network or as nobody."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import event

from casework.demo.network import subject_of
from resolvers.context import Context
from schema.ids import seal_id
from server.app import create_app
from server.auth import Tokens
from server.identity import Identity
from server.settings import Settings
from server.watch import Watch
from server.welcome import worked_example
from tests.world import World


@dataclass(repr=False)
class Api:
    world: World
    client: httpx.AsyncClient
    tokens: Tokens

    @staticmethod
    @asynccontextmanager
    async def around(
        world: World, settings: Settings | None = None, feed: Any = None, identity: Identity | None = None
    ) -> AsyncIterator["Api"]:
        tokens = Tokens(world.keys, demo=True)
        boot = worked_example(tokens, lambda: datetime.now(UTC))
        services = world.services(feed)
        app = create_app(
            services, settings or Settings(), identity or Identity(tokens, None), Watch(services), boot=boot
        )
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://prasan.test") as client:
            yield Api(world, client, tokens)

    def token(self, handle: str) -> str:
        return self.tokens.issue(subject_of(handle), now=datetime.now(UTC), lasts=timedelta(hours=1))

    def headers(self, by: str | None, language: str = "en") -> dict[str, str]:
        signed = {} if by is None else {"authorization": f"Bearer {self.token(by)}"}
        return {"accept-language": language, **signed}

    async def answer(
        self, query: str, by: str | None = None, *, language: str = "en", **variables: Any
    ) -> dict[str, Any]:
        """Give the whole answer, errors included."""
        body = {"query": query, "variables": variables}
        response = await self.client.post("/graphql", json=body, headers=self.headers(by, language))
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, query: str, by: str | None = None, *, language: str = "en", **variables: Any) -> dict[str, Any]:
        """Give the data of an answer that has no errors."""
        answer = await self.answer(query, by, language=language, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def do(self, name: str, by: str | None = None, /, *, want: str = "", **given: Any) -> dict[str, Any]:
        """Run a mutation by its name; give its result with `__typename`, refusals with code, message and path.

        `want` selects fields of the payload; `operationId` is made anew unless given.
        """
        kind = name[0].upper() + name[1:]
        payload = f"... on {kind}Payload {{ {want} }}" if want else ""
        query = (
            f"mutation ($input: {kind}Input!) {{ result: {name}(input: $input) {{ __typename {payload} "
            "... on Refusal { code message path } "
            f"{CURRENT if name not in VERSIONLESS else ''} }} }}"
        )
        given = {"operationId": str(uuid4()), **given}
        if name == "applyOperations":  # each of its operations has one
            del given["operationId"]
        result: dict[str, Any] = (await self.ask(query, by, input=given))["result"]
        return result

    def id(self, kind: str, number: int) -> str:
        """Seal a row's id as the service does."""
        services = self.world.services()
        return seal_id(Context(services, thai=True, reference=services.reference, now=self.world.now), kind, number)

    def case(self, number: int) -> dict[str, str]:
        """Name a case in a mutation's input."""
        return {"id": self.id("Case", number)}

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the SQL statements that run meanwhile, transaction control not counted."""
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        engine = self.world.reader.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)


VERSIONLESS = frozenset(
    {
        "registerCitizen",
        "openCase",
        "addNote",
        "requestUpload",
        "confirmUpload",
        "addParty",
        "recordKeyDate",
        "recordVisit",
        "addTask",
        "completeTask",
        "checkDocument",
        "followCase",
        "unfollowCase",
        "revealIdentifier",
        "createSeat",
        "confirmHandover",
        "disputeStatement",
        "correctStatement",
        "upholdStatement",
        "registerWebhook",
        "requestExport",
        "redeliver",
        "createActivity",
        "requestMaterialUpload",
        "recordAttendance",
        "setNoticeAddress",
        "confirmClosingByCode",
        "disputeClosingByCode",
        "applyOperations",
    }
)
CURRENT = (
    "... on VersionConflict { current { ... on Case { id version } ... on Referral { id version }"
    " ... on Citizen { id version } ... on Seat { id version } ... on Webhook { id version }"
    " ... on Activity { id version } } }"
)
