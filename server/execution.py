"""Run GraphQL operations: one context each, errors as clients may see them."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, cast
from uuid import uuid4

import strawberry
from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, create_source_event_stream, execute

from resolvers.context import Context, Services
from schema.limits import Limits
from server.auth import Caller
from server.callers import context_of, in_its_post
from server.documents import Document, Documents
from server.faults import as_told, simple_error
from server.leaves import Execution
from server.settings import Settings

Answer = dict[str, Any]
QUERIES = frozenset({OperationType.QUERY})
SUBSCRIPTIONS = frozenset({OperationType.SUBSCRIPTION})
QUERIES_AND_MUTATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})


def new_request_id() -> str:
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class Request:
    """What a client wants executed."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None


class Executor:
    """Executes requests against the contract; knows nothing of HTTP or WebSockets."""

    def __init__(self, schema: strawberry.Schema, services: Services, settings: Settings) -> None:
        self._schema = schema._schema  # noqa: SLF001 - Strawberry has no public way to graphql-core's schema
        self._services = services
        self._seconds = settings.request_seconds
        limits = Limits(
            settings.document_depth,
            settings.document_aliases,
            settings.document_root_fields,
            settings.document_directives,
            settings.document_objects,
        )
        self.documents = Documents(self._schema, limits, kept=settings.documents_kept, tokens=settings.document_tokens)

    async def holding_post(self, caller: Caller) -> Caller:
        return await in_its_post(self._services, caller)

    def is_no_query(self, request: Request) -> bool:
        """Is it certain that this is a mutation or a subscription?"""
        kind = self.documents.find(request.query).operation_type(request.operation_name)
        return kind is not None and kind is not OperationType.QUERY

    async def execute(
        self, request: Request, caller: Caller, *, request_id: str, allowed: frozenset[OperationType]
    ) -> Answer:
        """Answer a query or mutation; an answer without `data` was never executed."""
        document = self.documents.find(request.query)
        refused = self._refused(document, request, caller, request_id, allowed)
        if refused is not None:
            return refused
        try:
            async with asyncio.timeout(self._seconds), context_of(self._services, caller) as context:
                return self._told(await self._run(document, request, context), caller, request_id)
        except Exception as error:  # noqa: BLE001 - no input and no fault may show a client more than a code
            return self._told(ExecutionResult(None, [_wrap(error)]), caller, request_id)

    def _refused(
        self,
        document: Document,
        request: Request,
        caller: Caller,
        request_id: str,
        allowed: frozenset[OperationType],
    ) -> Answer | None:
        """Refuse what is no valid document, not of an allowed kind, or asks too much."""
        errors = document.errors or _wrong_operation(document.operation_type(request.operation_name), allowed)
        if errors:
            return {"errors": [as_told(error, thai=caller.thai, request_id=request_id) for error in errors]}
        too_much = self.documents.passed_limit(document, request.variables or {})
        if too_much is not None:
            return {"errors": [simple_error(too_much.code, too_much.message, request_id=request_id)]}
        return None

    async def _run(self, document: Document, request: Request, context: Context, event: Any = None) -> ExecutionResult:
        result = execute(
            self._schema,
            cast("DocumentNode", document.ast),
            event,
            context,
            _variables(request),
            request.operation_name,
            executor_class=Execution,
        )
        return await result if isawaitable(result) else result

    async def stream(self, request: Request, caller: Caller, *, request_id: str) -> AsyncGenerator[Answer, None]:
        """Answer a subscription event by event, anything else once; without `data` it was never begun."""
        document = self.documents.find(request.query)
        if document.operation_type(request.operation_name) is not OperationType.SUBSCRIPTION:
            yield await self.execute(request, caller, request_id=request_id, allowed=QUERIES_AND_MUTATIONS)
            return
        refused = self._refused(document, request, caller, request_id, SUBSCRIPTIONS)
        if refused is not None:
            yield refused
            return
        try:
            async with context_of(self._services, caller) as context:
                await context.refresh()
                events = await self._events(document, request, context)
                if isinstance(events, ExecutionResult):
                    yield self._told(events, caller, request_id)
                    return
                async with aclosing(events):
                    async for event in events:
                        yield await self._delivered(event, document, request, caller, request_id)
        except Exception as error:  # noqa: BLE001 - as above
            yield self._told(ExecutionResult(None, [_wrap(error)]), caller, request_id)

    async def _events(
        self, document: Document, request: Request, context: Context
    ) -> AsyncGenerator[Any, None] | ExecutionResult:
        """Open the stream of a subscription's source, or say why it cannot be opened."""
        built = Execution.build(
            self._schema,
            cast("DocumentNode", document.ast),
            None,
            context,
            _variables(request),
            request.operation_name,
        )
        if isinstance(built, list):
            return ExecutionResult(None, errors=built)
        source = create_source_event_stream(built)
        return cast("AsyncGenerator[Any, None]", await source if isawaitable(source) else source)

    async def _delivered(
        self, event: Any, document: Document, request: Request, caller: Caller, request_id: str
    ) -> Answer:
        """Answer one event of a subscription as an operation of its own: its own snapshot, caller and time."""
        async with context_of(self._services, caller) as context:
            return self._told(await self._run(document, request, context, event), caller, request_id)

    def _told(self, result: ExecutionResult, caller: Caller, request_id: str) -> Answer:
        """A result with data null and errors without a path failed before execution: it has no `data`."""
        answer: Answer = {}
        if result.errors:
            answer["errors"] = [as_told(error, thai=caller.thai, request_id=request_id) for error in result.errors]
        if result.data is not None or not result.errors or any(error.path for error in result.errors):
            answer["data"] = result.data
        return answer


def _variables(request: Request) -> dict[str, Any] | None:
    return None if request.variables is None else dict(request.variables)


def _wrong_operation(kind: OperationType | None, allowed: frozenset[OperationType]) -> tuple[GraphQLError, ...]:
    if kind is None:
        return (GraphQLError("Name the operation to run: the document has none or several, or not this one."),)
    if kind not in allowed:
        return (GraphQLError(f"A {kind.value} cannot be sent this way; see docs/reference/transport.md."),)
    return ()


def _wrap(error: Exception) -> GraphQLError:
    return error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
