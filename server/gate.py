"""What is refused before anything is executed: wrong documents, wrong operations, and who asks too much."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationType

from casework.errors import Refusal, RefusalCode
from schema.limits import Limits
from server.auth import Caller
from server.documents import Document, Documents
from server.faults import as_told, simple_error
from server.rates import Rates
from server.requests import Request
from server.settings import Settings
from server.trusted import read_trusted

Answer = dict[str, Any]


class Gate:
    """Reads the documents of requests and judges them by the settings' limits."""

    def __init__(self, schema: GraphQLSchema, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        limits = Limits(
            settings.document_depth,
            settings.document_aliases,
            settings.document_root_fields,
            settings.document_directives,
            settings.document_nodes,
            settings.document_cost,
        )
        self.documents = Documents(schema, limits, kept=settings.documents_kept, tokens=settings.document_tokens)
        self.admit = read_trusted(settings).admit
        self._rates = Rates(settings, clock)
        self._introspection = settings.who_introspects

    def read(self, request: Request, caller: Caller) -> Document:
        """Give the document of a request, good or not."""
        return self.documents.find(request.query, suggest=self.knows_the_contract(caller))

    def knows_the_contract(self, caller: Caller) -> bool:
        """May the caller introspect, and be told what a misspelt name was meant to be?"""
        if self._introspection == "signed-in":
            return caller.subject is not None
        return self._introspection == "everybody"

    def kind_of(self, request: Request, caller: Caller) -> OperationType | None:
        """Give the kind of the operation to run; None when the document does not say."""
        return self.read(request, caller).operation_type(request.operation_name)

    def enter(
        self, request: Request, caller: Caller, *, request_id: str, allowed: frozenset[OperationType]
    ) -> Document | Answer:
        """Give the document to execute, or refuse what is wrong, not allowed or too much; each request costs 1."""
        too_fast = self._too_fast(caller, 1, request_id)
        if too_fast is not None:
            return too_fast
        document = self.read(request, caller)
        errors = document.errors or _wrong_operation(document.operation_type(request.operation_name), allowed)
        if errors:
            return {"errors": as_told(errors, thai=caller.thai, request_id=request_id)}
        if document.introspects and not self.knows_the_contract(caller):
            error = simple_error("INTROSPECTION_OFF", "Sign in to introspect the contract.", request_id=request_id)
            return {"errors": [error]}
        verdict = self.documents.judge(document, request.variables or {})
        if verdict.too_much is not None:
            return {"errors": [simple_error(*verdict.too_much, request_id=request_id)]}
        cost = verdict.costs.get(request.operation_name, max(verdict.costs.values(), default=0))
        return self._too_fast(caller, cost, request_id) or document

    def _too_fast(self, caller: Caller, cost: int, request_id: str) -> Answer | None:
        wait = self._rates.pour(caller, cost)
        if wait is None:
            return None
        refused = GraphQLError("", original_error=Refusal(RefusalCode.RATE_LIMITED, seconds=wait))
        return {"errors": as_told([refused], thai=caller.thai, request_id=request_id)}


def _wrong_operation(kind: OperationType | None, allowed: frozenset[OperationType]) -> tuple[GraphQLError, ...]:
    if kind is None:
        return (GraphQLError("Name the operation to run: the document has none or several, or not this one."),)
    if kind not in allowed:
        return (GraphQLError(f"A {kind.value} cannot be sent this way; see docs/reference/transport.md."),)
    return ()
