"""GraphQL documents, parsed and validated once for each text."""

from collections import OrderedDict
from dataclasses import dataclass

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

MOST_ERRORS = 10
LONGEST_KEPT = 20_000
"""Longer texts are not kept: nobody sends them twice but to fill the memory."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be executed, or the errors why not."""

    ast: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()

    def operation_type(self, name: str | None) -> OperationType | None:
        """Give the type of the operation to run; None when the name does not choose exactly one."""
        operation = None if self.ast is None else get_operation_ast(self.ast, name)
        return None if operation is None else operation.operation


class Documents:
    """Keeps the most recently used documents by their text."""

    def __init__(self, schema: GraphQLSchema, *, kept: int, tokens: int) -> None:
        self._schema = schema
        self._kept = kept
        self._tokens = tokens
        self._by_text: OrderedDict[str, Document] = OrderedDict()

    def __len__(self) -> int:
        return len(self._by_text)

    def find(self, text: str) -> Document:
        known = self._by_text.get(text)
        if known is not None:
            self._by_text.move_to_end(text)
            return known
        document = self._read(text)
        if len(text) <= LONGEST_KEPT and document.ast is not None:
            self._by_text[text] = document
            if len(self._by_text) > self._kept:
                self._by_text.popitem(last=False)
        return document

    def _read(self, text: str) -> Document:
        try:
            ast = parse(text, no_location=False, max_tokens=self._tokens)
        except GraphQLSyntaxError as error:
            return Document(None, (error,))
        except RecursionError:
            return Document(None, (GraphQLError("The document is nested too deeply."),))
        try:
            errors = validate(self._schema, ast, max_errors=MOST_ERRORS)
        except RecursionError:
            errors = [GraphQLError("The document is nested too deeply.")]
        return Document(None, tuple(errors)) if errors else Document(ast)
