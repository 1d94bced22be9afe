"""Queries for citizens."""

from typing import Annotated, Any

import strawberry

from casework.rules.words import words_wanted
from resolvers.citizens import CitizenFilter as WantedCitizens
from resolvers.citizens import list_citizens
from schema.binding import Info
from schema.codes import known_area
from schema.types.citizen import CitizenConnection
from schema.types.connection import After, Before, First, Last, asked_page


@strawberry.input(description="Which of the citizens you may see; everything given must hold.")
class CitizenFilter:
    search: str | None = strawberry.field(
        default=None,
        description="Only citizens with these words in their given and family names: whole words of a name, together"
        " or parted by spaces; at most 200 characters.",
    )
    area: str | None = strawberry.field(
        default=None, description="Only citizens who live inside this province, amphoe or tambon, by its code."
    )


async def _citizens(
    info: Info,
    filter: Annotated[CitizenFilter | None, strawberry.argument(description="Which citizens.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, "citizens", first, last, after, before)
    wanted = filter or CitizenFilter()
    words = None if wanted.search is None else words_wanted(wanted.search, "filter", "search")
    area = known_area(info.context, wanted.area, "filter", "area")
    return await list_citizens(info.context, WantedCitizens(area, words), page)


@strawberry.type
class CitizenQueries:
    citizens: CitizenConnection | None = strawberry.field(
        resolver=_citizens,
        description="The citizens whose cases you see at level WORK or above, and those you registered who have no case"
        " yet; the latest registered first.",
    )
