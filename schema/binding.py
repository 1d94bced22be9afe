"""Tie fields to the resolvers that answer them, many parents at a time; turn refusals into data."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform

import strawberry
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from resolvers.context import Context
from schema import vocabulary

assert vocabulary.PUBLISHED  # noqa: S101 - enums must be published before any type names them

Info = strawberry.Info[Context, None]
Resolver = Callable[..., Awaitable[Sequence[Any]]]
"""`async def things(parents, *, context, **arguments)`: one answer for each parent, in their order."""

T = TypeVar("T", bound=type)
DIRECT, LATER = "direct", "later"
READ = "read"
"""In a field's extensions: how to read it off the row and the context at once, without arguments or awaiting."""
PLAIN = frozenset({"Int", "String", "Boolean", "ID"})
"""Types of arguments that graphql-core hands over as resolvers want them."""


class Batch:
    """All who ask one resolver for the same thing in one turn of the event loop: a whole level of the document."""

    def __init__(self, resolver: Resolver, context: Context, arguments: dict[str, Any]) -> None:
        self._ask = partial(resolver, context=context, **arguments)
        self._parents: list[Any] = []
        self._answers: list[asyncio.Future[Any]] = []

    def add(self, parent: Any, loop: asyncio.AbstractEventLoop) -> asyncio.Future[Any]:
        self._parents.append(parent)
        answer: asyncio.Future[Any] = loop.create_future()
        self._answers.append(answer)
        return answer

    async def run(self) -> None:
        waiting = self._answers
        try:
            found = await self._ask(self._parents)
        except Exception as error:  # noqa: BLE001 - whatever went wrong belongs to the fields that asked
            for answer in waiting:
                if not answer.done():
                    answer.set_exception(error)
                    answer.exception()  # nobody may be left to read it: the operation answers without this field
            return
        for answer, value in zip(waiting, found, strict=True):
            if not answer.done():
                answer.set_result(value)


def each(parent: Any, context: Context, resolver: Resolver, **arguments: Any) -> asyncio.Future[Any]:
    """Ask a resolver for one parent, together with all who ask it the same in this turn of the event loop."""
    key = (resolver, *arguments.values())
    loop = asyncio.get_running_loop()
    batch = context.batches.get(key)
    if batch is None:
        batch = context.batches[key] = Batch(resolver, context, arguments)
        loop.call_soon(_dispatch, context, key)
    answer: asyncio.Future[Any] = batch.add(parent, loop)
    return answer


def _dispatch(context: Context, key: Any) -> None:
    context.own(context.batches.pop(key).run())


def plain(description: str) -> Any:
    """A field read straight off the row."""
    return strawberry.field(description=description)


USUAL_SIZE = 10
"""How many items a plain list is taken to have in the limits when its declaration does not say."""
SIZE = "size"


def size_of(field: GraphQLField) -> int:
    """Tell how many items a plain list of the contract may have."""
    declared = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    size: int = declared.metadata.get(SIZE, USUAL_SIZE) if isinstance(declared, StrawberryField) else USUAL_SIZE
    return size


def linked(resolver: Resolver, description: str, *, of: str | None = None) -> Any:
    """A field without arguments, answered by a set-at-a-time resolver.

    The resolver gets the parents' attribute `of` (an absent one answers null unasked), or the parents themselves.
    """

    def ask(parent: Any, context: Context) -> Any:
        key = parent if of is None else getattr(parent, of)
        return None if key is None else each(key, context, resolver)

    return _direct(ask, description, {LATER: True})


def worked_out(answer: Callable[[Any, Context], Any], description: str, *, size: int = USUAL_SIZE) -> Any:
    """A field without arguments that needs only the row and the operation's context; `size` is a long list's."""
    return _direct(answer, description, {SIZE: size})


def _direct(answer: Callable[[Any, Context], Any], description: str, about: dict[str, Any]) -> Any:
    def through_strawberry(parent: strawberry.Parent[Any], info: Info) -> Any:
        return answer(parent, info.context)

    return strawberry.field(resolver=through_strawberry, description=description, metadata={DIRECT: answer, **about})


def answer_directly(schema: GraphQLSchema) -> None:
    """Let graphql-core call fields of rows past Strawberry, which converts nothing there: a fifth of a board's time."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                declared = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
                if isinstance(declared, StrawberryField):
                    _bind(field, declared)


def _bind(field: GraphQLField, declared: StrawberryField) -> None:
    answer = declared.metadata.get(DIRECT)
    if answer is not None:
        field.resolve = lambda parent, info: answer(parent, info.context)
    elif declared.is_basic_field:
        read = attrgetter(declared.python_name)
        answer = lambda parent, _context: read(parent)  # noqa: E731 - the same shape as a worked out one
        field.resolve = lambda parent, _info: read(parent)
    elif _takes_a_row_and_plain_values(field, declared):
        field.resolve = cast("Any", declared.base_resolver).wrapped_func
    if answer is not None and not declared.metadata.get(LATER):
        field.extensions[READ] = answer


def _takes_a_row_and_plain_values(field: GraphQLField, declared: StrawberryField) -> bool:
    """Does graphql-core call it as Strawberry would? Resolvers ask of `info` only the context, which both give."""
    resolver = declared.base_resolver
    if resolver is None or declared.extensions or declared.permission_classes:
        return False
    names = {argument.python_name for argument in resolver.arguments}
    simple = all(get_named_type(argument.type).name in PLAIN for argument in field.args.values())
    return simple and names == set(field.args) and list(resolver.signature.parameters)[:2] == ["parent", "info"]


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, plain, linked, worked_out))
def noun(
    *rows: type, description: str, name: str | None = None, when: Callable[[Any], bool] | None = None
) -> Callable[[T], T]:
    """Make a type of the contract whose values are rows; Strawberry would refuse foreign rows behind interfaces."""

    def declare(cls: T) -> T:
        def is_type_of(value: Any, _info: Any) -> bool:
            return type(value) in rows and (when is None or when(value))

        cls.is_type_of = staticmethod(is_type_of)  # type: ignore[attr-defined]
        declared: T = strawberry.type(cls, name=name, description=description)
        return declared

    return declare


def fields_of(cls: type) -> Sequence[StrawberryField]:
    """Give the declared fields of a type, for the tests that check them against its row."""
    return cls.__strawberry_definition__.fields  # type: ignore[attr-defined,no-any-return]
