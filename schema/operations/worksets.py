"""The query with which a phone keeps its cases current."""

from typing import Annotated, Any

import strawberry

from resolvers.worksets import changes_since
from schema.binding import Info
from schema.cursors import read_workset_cursor
from schema.types.workset import Changes


async def _changes(
    info: Info,
    first: Annotated[int, strawberry.argument(description="How many cases at most: 1 to 50.")],
    since: Annotated[
        str | None,
        strawberry.argument(description="The `cursor` of the page before; without it, everything from the beginning."),
    ] = None,
) -> Any:
    context = info.context
    context.actor()
    return await changes_since(context, None if since is None else read_workset_cursor(context, since), first)


@strawberry.type
class WorksetQueries:
    changes: Changes | None = strawberry.field(
        resolver=_changes,
        description="For phones that work offline: the cases in which your post takes part, without those that ended"
        " more than 30 days ago, and what changed in them since you last asked. Each page is complete in itself: keep"
        " it with its cursor, and a broken connection costs one page.",
    )
