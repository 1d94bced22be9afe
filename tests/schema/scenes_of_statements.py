"""Scenes of the mutations about monthly statements."""

from datetime import UTC, date, datetime
from typing import Any

from casework.actions.dispute_statement import dispute_statement
from casework.freezing import freeze_month
from tests.api import Api
from tests.schema.stage import NEIGHBOUR, Given, Scene, seat_id
from tests.world import MENTOR, OTHER_MENTOR, VOLUNTEER

MONTH = date(2026, 11, 1)
AFTERWARDS = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


async def _frozen(api: Api) -> Given:
    world = api.world
    world.now = AFTERWARDS
    await freeze_month(world.worker, world.reference, MONTH, now=world.now)
    return {"seat": await seat_id(api, VOLUNTEER), "month": MONTH.isoformat()}


async def _disputing(api: Api) -> Given:
    return {**await _frozen(api), "reason": "นับการเยี่ยมไม่ครบ"}


async def _disputed(api: Api) -> Given:
    given = await _frozen(api)
    post = (await api.world.actor(VOLUNTEER)).seat_id
    await api.world.act(VOLUNTEER, dispute_statement, seat_id=post, month=MONTH, reason="นับการเยี่ยมไม่ครบ")
    return given


async def _upholding(api: Api) -> Given:
    return {**await _disputed(api), "answer": "นับตามวันที่ระบบได้รับ"}


_ABOUT: dict[str, Any] = {"refusal": "NOT_PERMITTED", "want": "statement { version frozen dispute { state } }"}

SCENES_OF_STATEMENTS = (
    Scene("disputeStatement", _disputing, stranger=NEIGHBOUR, **_ABOUT, events=("STATEMENT_DISPUTED",)),
    Scene("correctStatement", _disputed, by=MENTOR, stranger=OTHER_MENTOR, **_ABOUT, events=("STATEMENT_CORRECTED",)),
    Scene("upholdStatement", _upholding, by=MENTOR, stranger=VOLUNTEER, **_ABOUT, events=("STATEMENT_UPHELD",)),
)
