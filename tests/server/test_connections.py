"""Connections go back to the pool, however an operation ends."""

from tests.api import Api
from tests.world import COORDINATOR, World

FAILS_IN_THE_MIDDLE = """
{
  cases(first: 5) {
    nodes {
      narrative citizen { name phones } departments { level }
      timeline(first: 2) { nodes { summary note { text } } } notes(first: 2) { nodes { text } }
      referrals { nodes { reason } }
    }
  }
  areas { nodes { code } }
}
"""


async def test_an_error_in_one_field_leaves_no_connection_behind(world: World, api: Api) -> None:
    for _ in range(3):
        await world.case()
    for _ in range(12):  # more often than the pool has connections
        answer = await api.answer(FAILS_IN_THE_MIDDLE, COORDINATOR)
        assert {error["extensions"]["code"] for error in answer["errors"]} == {"PAGE_SIZE_INVALID"}
    assert world.reader.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert (await api.ask("{ cases(first: 1) { totalCount { count } } }", COORDINATOR))["cases"] == {
        "totalCount": {"count": 3}
    }
