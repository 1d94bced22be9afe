"""Whoever listens: breaks off, comes back with the last cursor, and writes down all that was heard."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.simulation.asgi import Socket, SocketClosed
from tests.simulation.intents import Book
from tests.simulation.service import Service

INBOX = """subscription ($after: String) { inboxEvents(after: $after) {
  __typename
  ... on InboxEvent { cursor event { id } }
  ... on CursorMoved { cursor }
  ... on ResyncRequired { reason }
  ... on Refusal { code }
} }"""
CASE = """subscription ($case: ID!, $after: String) { caseEvents(caseId: $case, after: $after) {
  __typename
  ... on CaseEvent { cursor event { id } }
  ... on AccessEnded { why }
  ... on ResyncRequired { reason }
  ... on Refusal { code }
} }"""


@dataclass
class Subscriber:
    """`heard` and `cursor` are kept in one step, as the pages say a client does."""

    name: str
    handle: str
    """Of the demo network: whose post it is."""
    subject: UUID
    service: Service
    book: Book
    case: str | None = None
    """Id of the case whose events are heard; None: the post's inbox."""
    cursor: str | None = None
    began: str | None = None
    """The first cursor: nothing before it is heard."""
    heard: list[str] = field(default_factory=list)
    ended: str | None = None
    """What the stream said last, if it is over."""
    sockets: int = 0
    """How often it has connected."""
    _socket: Socket | None = None
    _listening: "asyncio.Task[None] | None" = None

    @property
    def listens(self) -> bool:
        return self._listening is not None and not self._listening.done()

    def connect(self) -> None:
        """Begin to listen, if the service is there and the stream is not over."""
        if self.listens or self.ended is not None:
            return
        self._socket = self.service.socket()
        if self._socket is not None:
            self.sockets += 1
            self._listening = asyncio.create_task(self._listen(self._socket))

    async def disconnect(self) -> None:
        """Lose the network: what was under way is not heard."""
        listening, self._listening = self._listening, None
        if listening is None:
            return
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        if self._socket is not None:
            await self.service.close(self._socket)

    async def _listen(self, socket: Socket) -> None:
        query = INBOX if self.case is None else CASE
        variables = {"after": self.cursor} if self.case is None else {"after": self.cursor, "case": self.case}
        try:
            async for answer in socket.subscribe(self.service.token(self.subject), query, variables):
                self._note(answer)
        except SocketClosed:
            return

    def _note(self, answer: Any) -> None:
        codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
        if codes - {"UNAVAILABLE"}:
            self.book.fault(f"{self.name} was answered {sorted(codes)}", answer["errors"])
        if codes:
            return
        (news,) = answer["data"].values()
        match news["__typename"]:
            case "InboxEvent" | "CaseEvent":
                self.heard.append(news["event"]["id"])
                self.cursor = news["cursor"]
            case "CursorMoved":
                self.cursor = news["cursor"]
                self.began = self.began or self.cursor
            case _:
                self.ended = str(news)
