"""The leaky bucket: so much at once, so much in the long run, for each account and each address by itself."""

from uuid import UUID, uuid4

import pytest

from server import rates
from server.auth import Caller
from server.rates import Rates, principal_of
from server.settings import Settings
from tests.api import Api
from tests.world import COORDINATOR, VOLUNTEER, World

ANNA = Caller(subject=UUID(int=1))
SMALL = Settings(rate_burst=1000, rate_cost_per_second=0.001)
"""A bucket that does not empty within a test."""
BOARD = "{ cases(first: 100) { nodes { id citizen { name } volunteer { name } } } }"
"""Costs 302: the connection, and a hundred times a case, a citizen and a volunteer, with one for the request."""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def bucket(clock: Clock, *, burst: int = 1000, per_second: float = 100) -> Rates:
    return Rates(Settings(rate_burst=burst, rate_cost_per_second=per_second), clock)


def test_a_bucket_takes_its_burst_and_then_what_has_leaked_out() -> None:
    clock = Clock()
    buckets = bucket(clock)
    assert [buckets.pour(ANNA, 400) for _ in range(3)] == [None, None, 2]
    clock.at += 1.9
    assert buckets.pour(ANNA, 400) == 1
    clock.at += 0.1
    assert [buckets.pour(ANNA, 400), buckets.pour(ANNA, 1)] == [None, 1]


def test_what_was_refused_costs_nothing() -> None:
    buckets = bucket(Clock())
    assert [buckets.pour(ANNA, cost) for cost in (900, 101, 101, 100, 1)] == [None, 1, 1, None, 1]


def test_a_silent_caller_saves_no_more_than_one_burst() -> None:
    clock = Clock()
    buckets = bucket(clock)
    buckets.pour(ANNA, 1)
    clock.at += 1_000_000
    assert [buckets.pour(ANNA, 1000), buckets.pour(ANNA, 1)] == [None, 1]


def test_a_cost_above_the_burst_waits_for_an_empty_bucket_and_not_for_ever() -> None:
    clock = Clock()
    buckets = bucket(clock)
    assert [buckets.pour(ANNA, 5000), buckets.pour(ANNA, 5000)] == [None, 10]
    clock.at += 10
    assert buckets.pour(ANNA, 5000) is None


def test_without_a_rate_nothing_is_counted() -> None:
    buckets = bucket(Clock(), per_second=0)
    assert [buckets.pour(ANNA, 10**9) for _ in range(3)] == [None] * 3
    assert len(buckets) == 0


def test_the_bucket_used_longest_ago_is_given_up_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MOST_PRINCIPALS", 3)
    buckets = bucket(Clock())
    callers = [Caller(subject=uuid4()) for _ in range(4)]
    for caller in (*callers[:3], callers[0], callers[3]):
        assert buckets.pour(caller, 500) is None
    assert len(buckets) == 3
    assert [buckets.pour(callers[at], 501) for at in (0, 1, 3)] == [6, None, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Caller(ANNA.subject, address="10.0.0.1"), Caller(ANNA.subject, address="10.0.0.2"), True),
        (Caller(address="10.0.0.1"), Caller(address="10.0.0.2"), False),
        (ANNA, Caller(), False),
    ],
    ids=range(3),
)
def test_a_bucket_belongs_to_an_account_or_to_an_address(one: Caller, other: Caller, *, same: bool) -> None:
    assert (principal_of(one) == principal_of(other)) is same


async def test_who_asks_too_much_is_told_when_to_come_back_and_nothing_is_run(world: World) -> None:
    await world.case()
    async with Api.around(world, SMALL) as api:
        for _ in range(3):
            assert "errors" not in await api.answer(BOARD, VOLUNTEER)
        with api.statements() as seen:
            (error,) = (await api.answer(BOARD, VOLUNTEER))["errors"]
        assert seen == []
        wait = error["extensions"].pop("retryAfter")
        assert error["extensions"].pop("requestId") != ""
        assert error["message"] == "Too many questions: ask again after 208000 seconds."
        assert (error["extensions"], wait) == ({"code": "RATE_LIMITED", "path": []}, 208_000)
        assert "errors" not in await api.answer(BOARD, COORDINATOR)
        assert "errors" not in await api.answer("{ agencies { code } }")


async def test_the_answer_of_too_many_requests_is_429_with_retry_after(world: World) -> None:
    async with Api.around(world, SMALL) as api:
        headers = {"accept": "application/graphql-response+json", **api.headers(None)}
        for _ in range(9):
            await api.client.post(
                "/graphql", json={"query": "{ areas(first: 100) { nodes { code } } }"}, headers=headers
            )
        response = await api.client.post(
            "/graphql", json={"query": "{ areas(first: 100) { nodes { code } } }"}, headers=headers
        )
        told = response.json()["errors"][0]["extensions"]
        assert (response.status_code, "data" in response.json()) == (429, False)
        assert response.headers["retry-after"] == str(told["retryAfter"]) == "20000"


async def test_a_mutation_beyond_the_rate_changes_nothing(world: World) -> None:
    async with Api.around(world, SMALL) as api:
        while "errors" not in await api.answer(BOARD, VOLUNTEER):
            pass
        for _ in range(97):
            await api.answer("{", VOLUNTEER)
        before = await world.fingerprint()
        query = "mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"
        given = {"operationId": str(uuid4()), "givenName": "สมหญิง", "familyName": "ใจดี"}
        answer = await api.answer(query, VOLUNTEER, input=given)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["RATE_LIMITED"]
        assert await world.fingerprint() == before
