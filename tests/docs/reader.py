"""Somebody who reads the pages and does what they say, over HTTP and WebSocket."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import httpx
import orjson
from graphql import OperationDefinitionNode, OperationType, parse
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from casework.demo.network import subject_of
from server.auth import Tokens
from tests.docs.pages import FILES, Operation

PATIENCE = 10.0
"""Seconds to wait for an event that is in the journal already."""


class Reader:
    def __init__(self, port: int, tokens: Tokens) -> None:
        self.address = f"127.0.0.1:{port}"
        self._tokens = tokens

    def headers(self, by: str | None) -> dict[str, str]:
        english = {"accept-language": "en"}
        if by is None:
            return english
        token = self._tokens.issue(subject_of(by), now=datetime.now(UTC), lasts=timedelta(hours=1))
        return {**english, "authorization": f"Bearer {token}"}

    async def follow(self, operation: Operation, kept: dict[str, Any]) -> dict[str, Any]:
        """Run an operation of a page, keep what the page says, and give the data of its answer."""
        answer = await self.run(operation.text, operation.by, operation.given(kept))
        assert "errors" not in answer, (operation.place, answer["errors"])
        data: dict[str, Any] = answer["data"]
        for name, path in operation.keeps:
            kept[name] = _at(data, path)
        for name, path in operation.puts:
            await self._put(FILES[name], _at(data, path))
        return data

    async def _put(self, content: bytes, upload: dict[str, Any]) -> None:
        headers = {header["name"]: header["value"] for header in upload["headers"]}
        async with httpx.AsyncClient(base_url=f"http://{self.address}") as client:
            response = await client.put(upload["url"], content=content, headers=headers)
        assert response.status_code == 204, response.text

    async def run(self, text: str, by: str | None, variables: dict[str, Any]) -> dict[str, Any]:
        if kind_of(text) is OperationType.SUBSCRIPTION:
            return await self._first_event(text, by, variables)
        async with httpx.AsyncClient(base_url=f"http://{self.address}") as client:
            body = {"query": text, "variables": variables}
            response = await client.post("/graphql", json=body, headers=self.headers(by))
        answer: dict[str, Any] = response.json()
        return answer

    async def _first_event(self, text: str, by: str | None, variables: dict[str, Any]) -> dict[str, Any]:
        subprotocols = [Subprotocol("graphql-transport-ws")]
        async with connect(f"ws://{self.address}/graphql", subprotocols=subprotocols) as socket:
            payload = {"query": text, "variables": variables}
            for frame in (
                {"type": "connection_init", "payload": self.headers(by)},
                {"id": "1", "type": "subscribe", "payload": payload},
            ):
                await socket.send(orjson.dumps(frame).decode())
            acknowledged = orjson.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
            assert acknowledged["type"] == "connection_ack"
            event = orjson.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
        assert event["type"] == "next", event
        answer: dict[str, Any] = event["payload"]
        return answer


def kind_of(text: str) -> OperationType:
    (operation,) = (node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode))
    return operation.operation


def fields_of(text: str) -> dict[str, str]:
    """Give the root fields of a document: the name of each under the name that the answer uses."""
    (operation,) = (node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode))
    fields: dict[str, str] = {}
    for node in operation.selection_set.selections:
        name: Any = node
        fields[name.alias.value if name.alias else name.name.value] = name.name.value
    return fields


def _at(data: Any, path: str) -> Any:
    """Follow e.g. `cases.nodes.0.id`."""
    return reduce(lambda value, step: value[int(step) if step.isdigit() else step], path.split("."), data)
