"""GraphQL documents, parsed and validated once for each text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationType,
    get_operation_ast,
    parse,
    validate,
)

from resolvers.paging import MOST
from schema.limits import Limits, Verdict, introspects, judge, most_repeated

MOST_ERRORS = 10
MOST_REPEATS = 100
"""How often one name may stand in a document; real ones name `id` or `name` some thirty times."""
MOST_WEIGHINGS = 100
"""Kept for each document: one for each set of page sizes it was asked with."""
LONGEST_KEPT = 20_000
"""Longer texts are not kept: nobody sends them twice but to fill the memory."""
MOST_TEXT_KEPT = 500_000
"""Characters of all kept texts: a parsed document takes some hundred times the memory of its text."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be executed, or the errors why not; and how it was judged before."""

    ast: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    introspects: bool = False
    judged: dict[tuple[Any, ...], Verdict] = field(default_factory=dict)

    def operation_type(self, name: str | None) -> OperationType | None:
        """Give the type of the operation to run; None when the name does not choose exactly one."""
        operation = None if self.ast is None else get_operation_ast(self.ast, name)
        return None if operation is None else operation.operation


class Documents:
    """Keeps the most recently used documents by their text."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, *, kept: int, tokens: int) -> None:
        self._schema = schema
        self._limits = limits
        self._kept = kept
        self._tokens = tokens
        self._by_text: OrderedDict[str, Document] = OrderedDict()
        self._text_kept = 0

    def __len__(self) -> int:
        return len(self._by_text)

    def find(self, text: str, *, suggest: bool = True) -> Document:
        """Read a document; with `suggest`, errors say what a misspelt name may have meant."""
        known = self._by_text.get(text)
        if known is not None:
            self._by_text.move_to_end(text)
            return known
        document = self._read(text, suggest=suggest)
        if len(text) <= LONGEST_KEPT and document.ast is not None:
            self._by_text[text] = document
            self._text_kept += len(text)
            while len(self._by_text) > self._kept or self._text_kept > MOST_TEXT_KEPT:
                oldest, _ = self._by_text.popitem(last=False)
                self._text_kept -= len(oldest)
        return document

    def judge(self, document: Document, variables: Mapping[str, Any]) -> Verdict:
        """Judge a valid document with these variables; small whole numbers may be page sizes."""
        sizes = {name: value for name, value in variables.items() if type(value) is int and 0 <= value <= MOST}
        key = tuple(sorted(sizes.items()))
        if key not in document.judged:
            if len(document.judged) >= MOST_WEIGHINGS:
                document.judged.clear()
            document.judged[key] = judge(self._schema, cast("DocumentNode", document.ast), self._limits, sizes)
        return document.judged[key]

    def _read(self, text: str, *, suggest: bool) -> Document:
        try:
            ast = parse(text, no_location=False, max_tokens=self._tokens)
        except GraphQLSyntaxError as error:
            return Document(None, (error,))
        except RecursionError:
            return Document(None, (GraphQLError("The document is nested too deeply."),))
        repeated = most_repeated(ast)
        if repeated > MOST_REPEATS:
            # Validation compares all fields of one name with each other: that many of them cost seconds.
            return Document(None, (GraphQLError(f"Ask for no field more than {MOST_REPEATS} times."),))
        try:
            errors = validate(self._schema, ast, max_errors=MOST_ERRORS, hide_suggestions=not suggest)
        except RecursionError:
            errors = [GraphQLError("The document is nested too deeply.")]
        return Document(None, tuple(errors)) if errors else Document(ast, introspects=introspects(ast))
