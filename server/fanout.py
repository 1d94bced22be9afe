"""Fan-out: whoever asks the same and may see the same hears one stream, executed and written once for all."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial
from typing import Any, NamedTuple

from graphql import OperationType

from models.stream_words import ResyncReason
from resolvers.context import Context
from resolvers.feeds import CaughtUp
from schema.cursors import unsealed_cursor
from schema.types.stream import CursorMoved, ResyncRequired
from server.auth import Caller
from server.company import Company, FellBehindError, Said, Stream, written
from server.documents import Document
from server.execution import QUERIES_AND_MUTATIONS, SUBSCRIPTIONS, Delivery, Executor
from server.questions import Place, Question, asked
from server.requests import Request
from server.settings import Settings

BEGINS_WITH_A_PLACE = "inboxEvents"
"""The stream that tells its place first when it was given none."""


class Follower(NamedTuple):
    """A subscription that may be carried out."""

    document: Document
    request: Request
    caller: Caller
    question: Question
    place: Place | None


class Fanout:
    """The companies of this process; whose place a company does not know catches up alone, and joins then."""

    def __init__(self, executor: Executor, settings: Settings) -> None:
        self._executor = executor
        self._kept = settings.follower_behind
        self._companies: dict[Question, Company] = {}

    async def answers(self, request: Request, caller: Caller, *, request_id: str) -> AsyncGenerator[Said, None]:
        """Answer a subscription event by event, anything else once, as it is written."""
        gate = self._executor.gate
        if gate.kind_of(request, caller) is not OperationType.SUBSCRIPTION:
            allowed = QUERIES_AND_MUTATIONS
            answer = await self._executor.execute(request, caller, request_id=request_id, allowed=allowed)
            yield written(Delivery(answer))
            return
        document = gate.enter(request, caller, request_id=request_id, allowed=SUBSCRIPTIONS)
        if not isinstance(document, Document):
            yield written(Delivery(document))
            return
        who = Follower(document, request, caller, *asked(document, request, caller))
        async with aclosing(self._follow(who, request_id)) as heard:
            async for said in heard:
                yield said

    async def _follow(self, who: Follower, request_id: str) -> AsyncGenerator[Said, None]:
        company = self._companies.get(who.question)
        since = None if company is None else self._known_to(company, who.place)
        if company is not None and since is not None:
            tells = who.place == (BEGINS_WITH_A_PLACE, None)
            async with aclosing(self._in_company(company, since, who, tells_place=tells)) as heard:
                async for said in heard:
                    yield said
            return
        stream = self._executor.stream(who.document, who.request, who.caller, request_id=request_id)
        own: Stream | None = stream
        try:
            async for told in stream:
                if isinstance(told, Delivery):
                    yield written(told)
                    continue
                company = self._companies.get(who.question)
                if company is None or company.is_over:
                    company, own = Company(stream, told, kept=self._kept), None
                    self._companies[who.question] = company
                if company.takes(told):
                    async with aclosing(self._in_company(company, told, who, leaving=own)) as heard:
                        async for said in heard:
                            yield said
                    return
        finally:
            if own is not None:
                await own.aclose()

    def _known_to(self, company: Company, place: Place | None) -> CaughtUp | None:
        """Tell where somebody may begin at once: everybody was told all until there, or nothing is asked of before."""
        if place is None or not isinstance(place.cursor, str | None):
            return None
        cursor = place.cursor
        point = company.reached if cursor is None else unsealed_cursor(self._executor.keys, cursor)
        if point is None or not company.knows(point):
            return None
        since = CaughtUp(point, point)
        return since if company.takes(since) else None

    async def _in_company(
        self,
        company: Company,
        since: CaughtUp,
        who: Follower,
        *,
        leaving: Stream | None = None,
        tells_place: bool = False,
    ) -> AsyncGenerator[Said, None]:
        """Listen from a place on; there is no waiting between `takes` or `knows` and the joining."""
        try:
            async with company.joined():
                if leaving is not None:
                    await leaving.aclose()
                if tells_place:
                    yield await self._own_word(partial(CursorMoved.to, since.point), who)
                async with aclosing(company.listen(since)) as heard:
                    async for said in heard:
                        yield said
        except FellBehindError as behind:
            yield await self._own_word(partial(ResyncRequired.because, ResyncReason.FELL_BEHIND, behind.point), who)
        finally:
            if company.is_over and self._companies.get(who.question) is company:
                del self._companies[who.question]

    async def _own_word(self, word: Callable[[Context], Any], who: Follower) -> Said:
        return written(Delivery(await self._executor.say(word, who.document, who.request, who.caller)))
