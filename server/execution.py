"""Run GraphQL operations: one context each, errors as clients may see them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any
from uuid import uuid4

import strawberry
from graphql import ExecutionResult, GraphQLError, OperationType, execute, subscribe
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from resolvers.context import Context, Services
from schema.ids import read_id
from server.auth import Caller
from server.documents import Documents
from server.faults import as_told
from server.settings import Settings

Answer = dict[str, Any]
QUERIES = frozenset({OperationType.QUERY})
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
        self.documents = Documents(self._schema, kept=settings.documents_kept, tokens=settings.document_tokens)

    @asynccontextmanager
    async def _context(self, caller: Caller) -> AsyncIterator[Context]:
        """Give an operation its context, and its connection back to the pool whatever happens."""
        services = self._services
        context = Context(services, caller.thai, services.reference, services.clock())
        try:
            if caller.subject is not None:
                await context.identify(caller.subject, _seat(context, caller))
            yield context
        finally:
            await asyncio.shield(context.close())

    def is_no_query(self, request: Request) -> bool:
        """Is it certain that this is a mutation or a subscription?"""
        kind = self.documents.find(request.query).operation_type(request.operation_name)
        return kind is not None and kind is not OperationType.QUERY

    async def execute(
        self, request: Request, caller: Caller, *, request_id: str, allowed: frozenset[OperationType]
    ) -> Answer:
        """Answer a query or mutation; an answer without `data` was never executed."""
        document = self.documents.find(request.query)
        errors = document.errors or _wrong_operation(document.operation_type(request.operation_name), allowed)
        if errors:
            return {"errors": [as_told(error, thai=caller.thai, request_id=request_id) for error in errors]}
        try:
            async with self._context(caller) as context:
                result = self._run(document.ast, request, context)
                return self._told(await result if isawaitable(result) else result, caller, request_id)
        except Exception as error:  # noqa: BLE001 - no input and no fault may show a client more than a code
            return self._told(ExecutionResult(None, [_wrap(error)]), caller, request_id)

    def _run(self, ast: Any, request: Request, context: Context) -> Any:
        return execute(
            self._schema,
            ast,
            variable_values=dict(request.variables) if request.variables is not None else None,
            operation_name=request.operation_name,
            context_value=context,
            executor_class=StrawberryGraphQLCoreExecutionContext,
        )

    async def stream(self, request: Request, caller: Caller, *, request_id: str) -> AsyncGenerator[Answer, None]:
        """Answer a subscription event by event, anything else once; without `data` it was never begun."""
        document = self.documents.find(request.query)
        kind = document.operation_type(request.operation_name)
        if kind is not OperationType.SUBSCRIPTION:
            yield await self.execute(request, caller, request_id=request_id, allowed=QUERIES_AND_MUTATIONS)
            return
        try:
            async with self._context(caller) as context:
                await context.refresh()
                source = subscribe(
                    self._schema,
                    document.ast,  # type: ignore[arg-type]  # it has an operation, so it was parsed
                    variable_values=dict(request.variables) if request.variables is not None else None,
                    operation_name=request.operation_name,
                    context_value=context,
                    executor_class=StrawberryGraphQLCoreExecutionContext,
                )
                results = await source if isawaitable(source) else source
                if isinstance(results, ExecutionResult):
                    yield self._told(results, caller, request_id)
                    return
                async for result in results:
                    await context.refresh()
                    yield self._told(result, caller, request_id)
        except Exception as error:  # noqa: BLE001 - as above
            yield self._told(ExecutionResult(None, [_wrap(error)]), caller, request_id)

    def _told(self, result: ExecutionResult, caller: Caller, request_id: str) -> Answer:
        """A result with data null and errors without a path failed before execution: it has no `data`."""
        answer: Answer = {}
        if result.errors:
            answer["errors"] = [as_told(error, thai=caller.thai, request_id=request_id) for error in result.errors]
        if result.data is not None or not result.errors or any(error.path for error in result.errors):
            answer["data"] = result.data
        return answer


def _seat(context: Context, caller: Caller) -> int | None:
    """Read the post that the caller chose; one that is no id of a post is no post of the caller's."""
    if caller.seat is None:
        return None
    number = read_id(context, "Seat", caller.seat)
    return -1 if number is None else number


def _wrong_operation(kind: OperationType | None, allowed: frozenset[OperationType]) -> tuple[GraphQLError, ...]:
    if kind is None:
        return (GraphQLError("Name the operation to run: the document has none or several, or not this one."),)
    if kind not in allowed:
        return (GraphQLError(f"A {kind.value} cannot be sent this way; see docs/reference/transport.md."),)
    return ()


def _wrap(error: Exception) -> GraphQLError:
    return error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
