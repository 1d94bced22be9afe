"""Pages of cases, and how many are in each state."""

import strawberry

from models.vocabulary import CaseState
from resolvers.case_tallies import StateCountRow, tallies
from resolvers.paging import Page
from schema.binding import Info, each, noun, plain, worked_out
from schema.types.connection import Connection
from schema.types.labour_case import Case


@noun(StateCountRow, description="How many cases of a list are in a state.")
class StateCount:
    state: CaseState = plain("The state.")
    count: int = worked_out(lambda row, _: row.counted, "The number of cases, at most 10000.")
    is_exact: bool = plain("False when there may be more than `count`.")


async def _state_counts(parent: strawberry.Parent[Page], info: Info) -> list[StateCount]:
    counts: list[StateCount] = await each(parent, info.context, tallies)
    return counts


@noun(Page, description="A page of a list of cases.")
class CaseConnection(Connection[Case]):
    state_counts: list[StateCount] = strawberry.field(
        resolver=_state_counts,
        description="How many cases the whole list has in each state, as if `states` were not given: for tabs."
        " Every state is there; counted only when asked.",
    )
