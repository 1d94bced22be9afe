"""Two who write at once wait for each other, and never both."""

import asyncio

from casework.actions.add_note import add_note
from casework.actions.add_party import Party, add_party
from casework.actions.hand_over_seat import Passing, hand_over_seat
from casework.desk import take_case
from models.post_words import HandoverReason
from models.vocabulary import Audience, PartyKind
from tests.world import COORDINATOR, VOLUNTEER, World

FIRMS = ("บริษัท กอไก่ จำกัด", "บริษัท ขอไข่ จำกัด", "หจก.คอควาย", "ร้านงองู", "หจก.จอจาน")


async def test_a_firm_named_in_two_cases_at_once_is_named_in_both(world: World) -> None:
    async def name(case_id: int, firm: str) -> int:
        async with world.work(VOLUNTEER) as work:
            return await add_party(work, case_id=case_id, party=Party(PartyKind.EMPLOYER, firm))

    for firm in FIRMS:
        first, second = await world.case(), await world.case()
        await name(first, firm)
        await asyncio.gather(name(second, firm), name(first, firm))
    assert await world.value("SELECT count(*) FROM case_party") == 3 * len(FIRMS)
    assert await world.value("SELECT count(*) FROM incident") == len(FIRMS)


async def test_a_post_is_handed_over_while_somebody_works_in_it(world: World) -> None:
    case_id = await world.case()
    seat_id = (await world.actor(VOLUNTEER)).seat_id
    taken, going = asyncio.Event(), asyncio.Event()

    async def hand_over() -> int:
        await taken.wait()
        async with world.work(COORDINATOR) as work:
            going.set()
            return await hand_over_seat(
                work, seat_id=seat_id, expected_version=1, passing=Passing(HandoverReason.RESIGNED)
            )

    async def write() -> int:
        async with world.work(VOLUNTEER) as work:
            await take_case(work, case_id)
            taken.set()
            await going.wait()
            await asyncio.sleep(0.3)  # the other one has the post by then, and waits for nothing but its end
            return await add_note(work, case_id=case_id, text="โทรแล้ว", audience=Audience.CASE)

    await asyncio.gather(hand_over(), write())
    assert await world.value("SELECT count(*) FROM note") == 1
    assert await world.value("SELECT cases FROM handover") == 1
