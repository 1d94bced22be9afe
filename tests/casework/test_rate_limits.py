"""Rate limits that all processes share: so many questions at once, then evenly over the hour."""

import asyncio
from datetime import timedelta

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from casework.rate_limits import check_may_ask
from tests.casework.refusals import nothing_changes, refused
from tests.world import World

WHO = "address 192.0.2.7"


async def ask(world: World, who: str = WHO, *, most: int = 3) -> None:
    await check_may_ask(world.writer, world.keys, who=who, most=most, now=world.now)


async def test_as_many_questions_as_the_limit_says_are_answered_at_once_and_not_one_more(world: World) -> None:
    for _ in range(3):
        await ask(world)
    async with nothing_changes(world):
        with refused(RefusalCode.RATE_LIMITED):
            await ask(world)


async def test_the_refusal_says_when_the_next_question_is_answered_and_it_is(world: World) -> None:
    for _ in range(3):
        await ask(world)
    world.now += timedelta(seconds=0.5)
    try:
        await ask(world)
    except Refusal as refusal:
        seconds = refusal.facts["seconds"]
    assert seconds == 1200
    world.now += timedelta(seconds=seconds - 1)
    with refused(RefusalCode.RATE_LIMITED):
        await ask(world)
    world.now += timedelta(seconds=1)
    await ask(world)
    with refused(RefusalCode.RATE_LIMITED):
        await ask(world)


async def test_after_an_hour_everything_is_as_at_first(world: World) -> None:
    for _ in range(3):
        await ask(world)
    world.now += timedelta(hours=1)
    for _ in range(3):
        await ask(world)
    with refused(RefusalCode.RATE_LIMITED):
        await ask(world)


async def test_one_who_asks_too_often_is_in_nobody_elses_way(world: World) -> None:
    for _ in range(3):
        await ask(world)
    await ask(world, "address 192.0.2.8")
    with refused(RefusalCode.RATE_LIMITED):
        await ask(world)


async def test_of_questions_at_once_from_several_connections_exactly_the_limit_is_answered(world: World) -> None:
    answers = await asyncio.gather(*(ask(world, most=5) for _ in range(9)), return_exceptions=True)
    assert sum(answer is None for answer in answers) == 5
    assert {answer.code for answer in answers if isinstance(answer, Refusal)} == {RefusalCode.RATE_LIMITED}


async def test_the_table_tells_nobody_who_asked(world: World) -> None:
    await ask(world)
    ((key,),) = await world.rows("SELECT key FROM rate_limit")
    assert len(key) == 32
    assert key == world.keys.fingerprint(f"rate limit {WHO}".encode())
    assert key != Keys(b"another secret of 32 bytes......").fingerprint(f"rate limit {WHO}".encode())


async def test_a_row_that_says_nothing_any_more_is_swept_by_a_later_question(world: World) -> None:
    for number in range(4):
        await ask(world, f"address 192.0.2.{number}")
    world.now += timedelta(minutes=19)
    await ask(world)
    assert await world.value("SELECT count(*) FROM rate_limit") == 5
    world.now += timedelta(minutes=1)
    await ask(world)
    assert await world.value("SELECT count(*) FROM rate_limit") == 1


async def test_the_counts_are_not_written_to_the_log_of_the_database(world: World) -> None:
    assert await world.value("SELECT relpersistence FROM pg_class WHERE relname = 'rate_limit'") == b"u"
