"""Run GraphQL operations: one context each, errors as clients may see them."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from inspect import isawaitable
from typing import Any, NamedTuple, cast
from uuid import uuid4

import strawberry
from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, create_source_event_stream, execute

from models.privacy_words import AccessPurpose
from resolvers.context import Context, Services
from resolvers.feed_points import FeedPoint
from resolvers.feeds import CaughtUp
from server.auth import Caller
from server.callers import context_of, in_its_post
from server.documents import MOST_ERRORS, Document
from server.faults import as_told
from server.gate import Answer, Gate
from server.leaves import Execution
from server.requests import Request
from server.settings import Settings

QUERIES = frozenset({OperationType.QUERY})
SUBSCRIPTIONS = frozenset({OperationType.SUBSCRIPTION})
QUERIES_AND_MUTATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})


class Delivery(NamedTuple):
    """An answer, and the place behind the event that it tells; None where it tells none."""

    answer: Answer
    point: FeedPoint | None = None


def new_request_id() -> str:
    return uuid4().hex


class Executor:
    """Executes requests against the contract; knows nothing of HTTP or WebSockets."""

    def __init__(self, schema: strawberry.Schema, services: Services, settings: Settings) -> None:
        self._schema = schema._schema  # noqa: SLF001 - Strawberry has no public way to graphql-core's schema
        self._services = services
        self._seconds = settings.request_seconds
        self.keys = services.keys
        self.gate = Gate(self._schema, settings)

    async def holding_post(self, caller: Caller) -> Caller:
        return await in_its_post(self._services, caller)

    async def execute(
        self,
        request: Request,
        caller: Caller,
        *,
        request_id: str,
        allowed: frozenset[OperationType],
        listening: AbstractAsyncContextManager[None] | None = None,
    ) -> Answer:
        """Answer a query or mutation; an answer without `data` was never executed.

        A query runs inside `listening`; a mutation ends as it will: who lost the network asks for its result later.
        """
        document = self.gate.enter(request, caller, request_id=request_id, allowed=allowed)
        if not isinstance(document, Document):
            return document
        reads = document.operation_type(request.operation_name) is OperationType.QUERY
        async with listening if listening and reads else nullcontext():
            return await self._carried_out(document, request, caller, request_id)

    async def _carried_out(self, document: Document, request: Request, caller: Caller, request_id: str) -> Answer:
        try:
            async with asyncio.timeout(self._seconds), context_of(self._services, caller, request_id) as context:
                return self._told(await self._run(document, request, caller, context), caller, request_id)
        except Exception as error:  # noqa: BLE001 - no input and no fault may show a client more than a code
            return self._told(ExecutionResult(None, [_wrap(error)]), caller, request_id)

    async def _run(
        self, document: Document, request: Request, caller: Caller, context: Context, event: Any = None
    ) -> ExecutionResult:
        """Execute once; no answer leaves before the recorder knows whom it shows."""
        result = execute(
            self._schema,
            cast("DocumentNode", document.ast),
            event,
            context,
            _variables(request),
            request.operation_name,
            executor_class=Execution,
            hide_suggestions=not self.gate.knows_the_contract(caller),
        )
        answered = await result if isawaitable(result) else result
        await context.record()
        return answered

    async def stream(
        self, document: Document, request: Request, caller: Caller, *, request_id: str
    ) -> AsyncGenerator[Delivery | CaughtUp, None]:
        """Answer a subscription that was let in, event by event; without `data` it was never begun.

        `CaughtUp` comes before each wait for news. Whoever has the stream may hand it to another task then.
        """
        try:
            async with context_of(self._services, caller) as context:
                await context.refresh()
                events = await self._events(document, request, caller, context)
                if isinstance(events, ExecutionResult):
                    yield Delivery(self._told(events, caller, request_id))
                    return
                async with aclosing(events):
                    async for event in events:
                        yield (
                            event
                            if isinstance(event, CaughtUp)
                            else await self._delivered(event, document, request, caller, request_id)
                        )
        except Exception as error:  # noqa: BLE001 - as above
            yield Delivery(self._told(ExecutionResult(None, [_wrap(error)]), caller, request_id))

    async def _events(
        self, document: Document, request: Request, caller: Caller, context: Context
    ) -> AsyncGenerator[Any, None] | ExecutionResult:
        """Open the stream of a subscription's source, or say why it cannot be opened."""
        built = Execution.build(
            self._schema,
            cast("DocumentNode", document.ast),
            None,
            context,
            _variables(request),
            request.operation_name,
            hide_suggestions=not self.gate.knows_the_contract(caller),
        )
        if isinstance(built, list):
            return ExecutionResult(None, errors=built)
        source = create_source_event_stream(built)
        return cast("AsyncGenerator[Any, None]", await source if isawaitable(source) else source)

    async def _delivered(
        self, event: Any, document: Document, request: Request, caller: Caller, request_id: str
    ) -> Delivery:
        """Answer one event of a subscription as an operation of its own: its own snapshot, caller and time."""
        async with context_of(self._services, caller, request_id) as context:
            context.looks.purpose = AccessPurpose.LIVE
            result = await self._run(document, request, caller, context, event)
            return Delivery(self._told(result, caller, request_id), getattr(event, "point", None))

    async def say(self, word: Callable[[Context], Any], document: Document, request: Request, caller: Caller) -> Answer:
        """Say something of the service's own in the words of a subscription; asks the database nothing."""
        services, request_id = self._services, new_request_id()
        context = Context(services, caller.thai, services.reference, services.clock())
        return self._told(await self._run(document, request, caller, context, word(context)), caller, request_id)

    def _told(self, result: ExecutionResult, caller: Caller, request_id: str) -> Answer:
        """A result with data null and errors without a path failed before execution: it has no `data`."""
        answer: Answer = {}
        errors = result.errors or []
        executed = result.data is not None or not errors or any(error.path for error in errors)
        if errors:
            told = errors if executed else errors[:MOST_ERRORS]
            answer["errors"] = as_told(told, thai=caller.thai, request_id=request_id)
        if executed:
            answer["data"] = result.data
        return answer


def _variables(request: Request) -> dict[str, Any] | None:
    return None if request.variables is None else dict(request.variables)


def _wrap(error: Exception) -> GraphQLError:
    return error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
