"""An operation id of an account succeeds once, and a replay gets the first answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from casework import operations
from casework.actions.register_citizen import Person, register_citizen
from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from casework.work import Work
from resolvers.changes import change
from tests.casework.policy.eyes import eyes_of
from tests.casework.refusals import nothing_changes, refused, refused_unchanged
from tests.world import MENTOR, VOLUNTEER, World

Code = RefusalCode
GIVEN = {"givenName": "สมหญิง", "familyName": "ใจดี", "phones": ["0812345678"]}
Act = Callable[[Work], Awaitable[int]]


async def register(work: Work) -> int:
    return await register_citizen(work, person=Person("สมหญิง", "ใจดี"))


async def carry_out(
    world: World,
    operation_id: UUID,
    *,
    by: str = VOLUNTEER,
    name: str = "registerCitizen",
    given: Any = None,
    act: Act = register,
) -> int:
    async with eyes_of(world, by) as context:
        return await change(context, name, operation_id=operation_id, given=given or GIVEN, act=act)


async def citizens(world: World) -> int:
    count: int = await world.value("SELECT count(*) FROM citizen")
    return count


async def test_a_replay_answers_the_same_and_writes_nothing(world: World) -> None:
    operation_id = uuid4()
    first = await carry_out(world, operation_id)
    reordered = dict(reversed(GIVEN.items()))
    async with nothing_changes(world):
        assert await carry_out(world, operation_id) == first
        assert await carry_out(world, operation_id, given=reordered) == first
    (row,) = await world.rows("SELECT * FROM operation")
    by = await world.actor(VOLUNTEER)
    assert (row.account_id, row.operation_id, row.name) == (by.account_id, operation_id, "registerCitizen")
    assert (row.result_id, row.at, len(row.fingerprint)) == (first, world.now, 32)


@pytest.mark.parametrize(
    "other",
    [
        {"given": {**GIVEN, "phones": []}},
        {"given": {**GIVEN, "familyName": "ใจดี "}},
        {"name": "openCase"},
    ],
)
async def test_the_same_id_with_other_input_is_refused(world: World, other: dict[str, Any]) -> None:
    operation_id = uuid4()
    await carry_out(world, operation_id)
    async with refused_unchanged(world, Code.OPERATION_REUSED, "input", "operationId"):
        await carry_out(world, operation_id, **other)


async def test_a_replay_is_known_after_the_secret_has_changed(world: World) -> None:
    operation_id = uuid4()
    first = await carry_out(world, operation_id)
    world.keys = Keys(b"the secret that comes after it...", b"the secret of the tests, 32 bytes")
    async with nothing_changes(world):
        assert await carry_out(world, operation_id) == first
    async with refused_unchanged(world, Code.OPERATION_REUSED, "input", "operationId"):
        await carry_out(world, operation_id, given={**GIVEN, "phones": []})


async def test_ids_of_two_accounts_and_two_ids_of_one_account_have_nothing_to_do_with_each_other(world: World) -> None:
    operation_id = uuid4()
    results = [
        await carry_out(world, operation_id),
        await carry_out(world, operation_id, by=MENTOR),
        await carry_out(world, uuid4()),
    ]
    assert len(set(results)) == 3
    assert await citizens(world) == 3


async def test_a_refused_attempt_may_be_retried_with_the_same_id_and_even_other_input(world: World) -> None:
    async def refuse(work: Work) -> int:
        await register(work)
        raise Refusal(Code.PHONE_INVALID, "input", "phones", "0")

    operation_id = uuid4()
    async with refused_unchanged(world, Code.PHONE_INVALID, "input", "phones", "0"):
        await carry_out(world, operation_id, given={"phones": ["12"]}, act=refuse)
    await carry_out(world, operation_id)
    assert await citizens(world) == 1


async def test_of_two_identical_operations_at_once_one_has_an_effect_and_both_the_same_answer(world: World) -> None:
    operation_id = uuid4()
    await world.actor(VOLUNTEER)
    results = await asyncio.gather(*(carry_out(world, operation_id) for _ in range(4)))
    assert len(set(results)) == 1
    assert await citizens(world) == 1
    assert await world.value("SELECT count(*) FROM operation") == 1


async def test_of_two_different_operations_under_one_id_at_once_one_is_refused(world: World) -> None:
    operation_id = uuid4()
    await world.actor(VOLUNTEER)
    results = await asyncio.gather(
        *(carry_out(world, operation_id, given={"n": n}) for n in range(2)), return_exceptions=True
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.OPERATION_REUSED
    assert await citizens(world) == 1


async def test_a_twin_that_waits_goes_on_when_the_first_is_refused(world: World) -> None:
    operation_id, claimed, go_on = uuid4(), asyncio.Event(), asyncio.Event()

    async def refuse_later(_: Work) -> int:
        claimed.set()
        await go_on.wait()
        raise Refusal(Code.PHONE_INVALID)

    first = asyncio.create_task(carry_out(world, operation_id, act=refuse_later))
    await claimed.wait()
    second = asyncio.create_task(carry_out(world, operation_id))
    go_on.set()
    with refused(Code.PHONE_INVALID):
        await first
    result = await second
    assert await world.rows("SELECT id FROM citizen") == [(result,)]


async def test_what_is_kept_of_the_input_tells_nothing(world: World) -> None:
    await carry_out(world, uuid4())
    row = await world.value("SELECT o::text FROM operation o")
    for secret in (*GIVEN, "สมหญิง", "0812345678", b"0812345678".hex(), "สมหญิง".encode().hex()):
        assert secret not in row


async def test_what_one_made_is_found_by_the_operations_id_and_by_nobody_else(world: World) -> None:
    operation_id = uuid4()
    result = await carry_out(world, operation_id)
    async with world.work(VOLUNTEER) as work:
        assert await operations.result_of(work, "registerCitizen", operation_id) == result
        for name, wanted in (("openCase", operation_id), ("registerCitizen", uuid4())):
            with refused(Code.NOT_FOUND, "input", "citizen"):
                await operations.result_of(work, name, wanted, "input", "citizen")
    async with world.work(MENTOR) as work:
        with refused(Code.NOT_FOUND, "input", "citizen"):
            await operations.result_of(work, "registerCitizen", operation_id, "input", "citizen")
