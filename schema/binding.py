"""Tie fields to the resolvers that answer them, many parents at a time; turn refusals into data."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

import strawberry
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from resolvers.context import Context
from schema import vocabulary

assert vocabulary.PUBLISHED  # noqa: S101 - enums must be published before any type names them

Info = strawberry.Info[Context, None]
Resolver = Callable[..., Awaitable[Sequence[Any]]]
"""`async def things(parents, *, context, **arguments)`: one answer for each parent, in their order."""

T = TypeVar("T", bound=type)
DIRECT = "direct"


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

    return worked_out(ask, description)


def worked_out(answer: Callable[[Any, Context], Any], description: str, *, size: int = USUAL_SIZE) -> Any:
    """A field without arguments that needs only the row and the operation's context; `size` is a long list's."""

    def through_strawberry(parent: strawberry.Parent[Any], info: Info) -> Any:
        return answer(parent, info.context)

    return strawberry.field(resolver=through_strawberry, description=description, metadata={DIRECT: answer, SIZE: size})


def answer_directly(schema: GraphQLSchema) -> None:
    """Let graphql-core call fields without arguments past Strawberry: measured, a sixth of a board's CPU time."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                declared = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
                if isinstance(declared, StrawberryField):
                    field.resolve = _resolver_of(declared) or field.resolve


def _resolver_of(declared: StrawberryField) -> Callable[[Any, Any], Any] | None:
    answer = declared.metadata.get(DIRECT)
    if answer is not None:
        return lambda parent, info: answer(parent, info.context)
    if declared.is_basic_field:
        read = attrgetter(declared.python_name)
        return lambda parent, _info: read(parent)
    return None


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
