"""Clients that write without end and send again what got no answer: so a service under load dies."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.server.installation import PATIENCE

REGISTER = """mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) {
  __typename ... on Refusal { code } } }"""
JSON = "application/graphql-response+json"
AGAIN_AFTER = 0.05
"""Seconds; a client waits longer, a test shall see every moment of the service's death."""


@dataclass
class Writers:
    """`address` is asked anew for each request: a service that was started again has another one."""

    address: Callable[[], str]
    token: str
    acknowledged: list[str] = field(default_factory=list)
    """Operations that were answered as done."""
    answers: set[tuple[int, str]] = field(default_factory=set)
    """Status and code of every answer that was none."""
    retry_after: set[str | None] = field(default_factory=set)
    refused: int = 0
    """Answers that were none."""
    broken: int = 0
    """Requests without any answer."""
    stopping: bool = False

    async def write(self) -> None:
        """Write one citizen after the other; none is given up."""
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            while not self.stopping:
                await self.register(client, str(uuid4()))

    async def register(self, client: httpx.AsyncClient, operation_id: str) -> None:
        given = {"operationId": operation_id, "givenName": "คำมูล", "familyName": "ศรีสุข"}
        while not await self._once(client, given):  # noqa: ASYNC110 - as clients do
            await asyncio.sleep(AGAIN_AFTER)
        self.acknowledged.append(operation_id)

    async def _once(self, client: httpx.AsyncClient, given: dict[str, Any]) -> bool:
        headers = {"authorization": f"Bearer {self.token}", "accept-language": "en", "accept": JSON}
        body = {"query": REGISTER, "variables": {"input": given}}
        try:
            response = await client.post(f"http://{self.address()}/graphql", json=body, headers=headers)
            answer = response.json()
        except (httpx.TransportError, ValueError):
            self.broken += 1
            return False
        errors = answer.get("errors", ())
        self.answers |= {(response.status_code, error["extensions"]["code"]) for error in errors}
        if errors:
            self.refused += 1
            self.retry_after.add(response.headers.get("retry-after"))
            return False
        assert answer["data"]["registerCitizen"] == {"__typename": "RegisterCitizenPayload"}, answer
        return True

    async def until(self, more: int) -> None:
        """Wait until so many more were acknowledged."""
        wanted = len(self.acknowledged) + more
        await self._until(lambda: len(self.acknowledged) >= wanted)

    async def until_refused(self, more: int) -> None:
        """Wait until so many more answers were none."""
        wanted = self.refused + more
        await self._until(lambda: self.refused >= wanted)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():  # noqa: ASYNC110 - many tasks write
                await asyncio.sleep(0.01)

    async def under_load(self, what: Callable[[], Awaitable[None]], *, writers: int = 6) -> None:
        """Let writers write while `what` happens, and until each has its last answer."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(writers):
                tasks.create_task(self.write())
            await what()
            self.stopping = True
