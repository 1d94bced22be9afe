"""Webhooks: told at least once what is news for their office, under one id, and nothing that it may not know."""

import asyncio
from datetime import timedelta
from ipaddress import ip_network
from random import Random
from typing import Any

from casework.actions.recall_referral import recall_referral
from casework.actions.redeliver import redeliver
from casework.actions.remove_webhook import remove_webhook
from casework.actions.rotate_webhook_secret import rotate_webhook_secret
from casework.actions.update_webhook import WebhookChange, update_webhook
from casework.deliveries import forget_old_deliveries
from casework.webhook_secrets import secret_of
from casework.webhook_turns import webhooks_with_work
from models.vocabulary import EventKind, ReasonCategory
from server.courier import LEASE, Courier
from server.database import DatabaseUrls
from server.endpoints import Endpoints
from tests.api import Api
from tests.casework import situations
from tests.schema.following import stamped
from tests.schema.scenes_of_webhooks import registered
from tests.server.receiver import Receiver, is_signed, receiving
from tests.world import VOLUNTEER, World

HEAD = "head DLPW-43"
LOOPBACK = ip_network("127.0.0.0/8")
NODE = "query ($id: ID!) { node(id: $id) { __typename } }"
STATES = "SELECT state FROM webhook_delivery ORDER BY position, webhook_id"
WEBHOOK = "SELECT state, failures, failing_since, version FROM webhook"


def courier_of(world: World) -> Courier:
    return Courier(world.services(), world.worker, Endpoints([LOOPBACK], seconds=5), chance=Random(20261129))  # noqa: S311 - how long to wait is no secret


async def bring(world: World, urls: DatabaseUrls, *, after: timedelta = timedelta(0)) -> None:
    """Let a courier bring all that is to be brought now."""
    world.now += after
    await stamped(urls)
    courier = courier_of(world)
    await courier.look()
    await courier.settled()


async def webhook_at(world: World, receiver: Receiver, *events: EventKind, by: str = HEAD) -> int:
    return await registered(world, *events, by=by, url=receiver.url)


async def secret(world: World, webhook_id: int, column: str = "secret") -> str:
    sealed = await world.value(f"SELECT {column} FROM webhook WHERE id = :id", id=webhook_id)
    return secret_of(world.keys, webhook_id, sealed)


async def referred(world: World, *problems: str, **more: Any) -> tuple[int, int]:
    """Refer a new case to the office; give the case and the referral."""
    case_id = await situations.screened(world, *problems)
    return case_id, await world.referral(case_id, **more)


async def states(world: World) -> list[str]:
    return [state for (state,) in await world.rows(STATES)]


async def test_what_is_news_for_the_office_is_sent_signed_and_names_nobody(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    async with receiving() as receiver:
        webhook_id = await webhook_at(world, receiver)
        await world.case()  # nothing to do with the office
        case_id, _ = await referred(world)
        await bring(world, urls)
        (received,) = receiver.received
        assert is_signed(received, await secret(world, webhook_id))
        assert received.headers["content-type"] == "application/json"
        event_id = await world.value("SELECT id FROM event WHERE kind = 'REFERRAL_SENT'")
        reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
        said = received.said
        cursor = said["data"].pop("cursor")
        at = await world.value("SELECT recorded_at FROM event WHERE id = :id", id=event_id)
        assert said == {
            "type": "REFERRAL_SENT",
            "timestamp": at.isoformat(),
            "data": {
                "event": api.id("TimelineEvent", event_id),
                "case": api.id("Case", case_id),
                "reference": reference,
                "level": "ANONYMOUS",
                "redelivered": False,
            },
        }
        found = await api.ask(NODE, HEAD, id=said["data"]["event"])
        assert found["node"] == {"__typename": "TimelineEvent"}
        assert len(cursor) > 20
        await bring(world, urls)
        assert len(receiver.received) == 1
        assert await states(world) == ["DELIVERED"]


async def test_a_webhook_whose_office_has_no_part_in_what_happened_is_left_alone(
    world: World, urls: DatabaseUrls
) -> None:
    async with receiving() as receiver:
        concerned = await webhook_at(world, receiver)
        await webhook_at(world, receiver, by="head SSO-43")
        await referred(world)
        await stamped(urls)
        assert await webhooks_with_work(world.worker, now=world.now) == [concerned]


async def test_only_the_kinds_that_were_chosen_are_sent(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        await webhook_at(world, receiver, EventKind.REFERRAL_RECALLED)
        _, referral_id = await referred(world)
        await bring(world, urls)
        assert receiver.received == []
        assert await world.value("SELECT position FROM webhook") == await world.value("SELECT max(position) FROM feed")
        assert referral_id


async def test_what_was_not_taken_is_sent_again_under_the_same_id(world: World, urls: DatabaseUrls) -> None:
    async with receiving("500 Broken", "204 No Content") as receiver:
        await webhook_at(world, receiver)
        await referred(world)
        await bring(world, urls)
        assert await world.rows("SELECT state, attempts, status, fault FROM webhook_delivery") == [
            ("PENDING", 1, 500, "STATUS")
        ]
        since = world.now
        assert await world.rows(WEBHOOK) == [("ACTIVE", 1, since, 1)]
        await bring(world, urls)
        assert len(receiver.received) == 1
        await bring(world, urls, after=timedelta(seconds=6))
        first, second = receiver.received
        assert (first.id, first.body) == (second.id, second.body)
        assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
        assert await states(world) == ["DELIVERED"]
        assert await world.rows(WEBHOOK) == [("ACTIVE", 0, None, 1)]


async def test_what_a_worker_had_sent_when_it_died_is_sent_again_under_the_same_id(
    world: World, urls: DatabaseUrls
) -> None:
    async with receiving() as receiver:
        receiver.slow = asyncio.Event()
        await webhook_at(world, receiver)
        await referred(world)
        await stamped(urls)
        dying = courier_of(world)
        await dying.look()
        await receiver.came.wait()
        await dying.drop()
        receiver.slow.set()
        await bring(world, urls, after=LEASE - timedelta(seconds=1))
        assert len(receiver.received) == 1  # the dead one's turn is not over
        await bring(world, urls, after=timedelta(seconds=2))
        first, second = receiver.received
        assert (first.id, first.body) == (second.id, second.body)
        assert await states(world) == ["DELIVERED"]


async def test_however_many_workers_there_are_each_event_is_sent_once_and_in_order(
    world: World, urls: DatabaseUrls
) -> None:
    async with receiving() as receiver:
        await webhook_at(world, receiver)
        for _ in range(3):
            await referred(world)
        await stamped(urls)
        couriers = [courier_of(world) for _ in range(4)]
        await asyncio.gather(*(each.look() for each in couriers))
        await asyncio.gather(*(each.settled() for each in couriers))
        assert len(receiver.received) == len({received.id for received in receiver.received}) == 3
        told = [received.said["timestamp"] for received in receiver.received]
        assert told == sorted(told)


async def test_a_slow_endpoint_holds_up_no_other(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as slow, receiving() as quick:
        slow.slow = asyncio.Event()
        await webhook_at(world, slow)
        await webhook_at(world, quick)
        await referred(world)
        await stamped(urls)
        courier = courier_of(world)
        await courier.look()
        await slow.came.wait()
        await quick.came.wait()
        slow.slow.set()
        await courier.settled()
        assert await states(world) == ["DELIVERED", "DELIVERED"]


async def test_what_the_office_may_no_longer_know_is_withheld(world: World, urls: DatabaseUrls) -> None:
    """It was to be told while it took part; when its turn comes again, it sees the status alone."""
    async with receiving("503 Later", "204 No Content") as receiver:
        await webhook_at(world, receiver, EventKind.REFERRAL_SENT)
        _, referral_id = await referred(world)
        await bring(world, urls)
        why = {"reason": "ส่งผิด", "category": ReasonCategory.SENT_IN_ERROR}
        await world.on_referral(VOLUNTEER, recall_referral, referral_id, **why)
        await bring(world, urls, after=timedelta(hours=1))
        assert len(receiver.received) == 1
        assert await states(world) == ["WITHHELD"]


async def test_a_sensitive_case_is_not_told_though_the_head_sees_it(world: World, api: Api, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        await webhook_at(world, receiver)
        case_id, _ = await referred(world, "CHILD_LABOUR", problem_type_code="CHILD_LABOUR")
        await bring(world, urls)
        assert await world.value('SELECT sensitive FROM "case" WHERE id = :id', id=case_id)
        seen = await api.ask(NODE, HEAD, id=api.id("Case", case_id))
        assert seen["node"] is not None
        assert receiver.received == []
        assert await states(world) == []


async def test_a_webhook_that_answers_gone_is_disabled_at_once(world: World, urls: DatabaseUrls) -> None:
    async with receiving("410 Gone") as receiver:
        await webhook_at(world, receiver)
        await referred(world)
        await bring(world, urls)
        assert await world.rows("SELECT state, version FROM webhook") == [("DISABLED", 2)]
        told = await world.rows("SELECT payload, actor_seat_id FROM event WHERE kind = 'WEBHOOK_DISABLED'")
        assert told == [({"status": 410, "failures": 1}, None)]
        await bring(world, urls, after=timedelta(days=1))
        assert len(receiver.received) == 1


async def test_a_webhook_that_fails_for_days_is_disabled_and_goes_on_where_it_stopped(
    world: World, urls: DatabaseUrls
) -> None:
    async with receiving("500 Broken") as receiver:
        webhook_id = await webhook_at(world, receiver)
        await referred(world)
        tried = 0
        while await world.value("SELECT state FROM webhook") == "ACTIVE":
            await bring(world, urls, after=timedelta(hours=6))
            tried += 1
        began, ended = receiver.received[0], receiver.received[-1]
        assert (tried, len(receiver.received)) == (21, 21)
        assert int(ended.headers["webhook-timestamp"]) - int(began.headers["webhook-timestamp"]) == 5 * 24 * 3600
        assert await states(world) == ["FAILED"]
        await referred(world)
        await bring(world, urls, after=timedelta(days=1))
        assert len(receiver.received) == 21
        receiver.answers = ["200 OK"]
        version = await world.value("SELECT version FROM webhook")
        change = WebhookChange(active=True)
        given = {"webhook_id": webhook_id, "expected_version": version, "change": change, "plain_http": True}
        await world.act(HEAD, update_webhook, **given)
        await bring(world, urls)
        assert await states(world) == ["FAILED", "DELIVERED"]
        assert await world.rows("SELECT state, failures, failing_since FROM webhook") == [("ACTIVE", 0, None)]


async def test_a_paused_webhook_is_told_later_what_happened_meanwhile(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        webhook_id = await webhook_at(world, receiver)
        for version, active in ((1, False), (2, True)):
            given = {"webhook_id": webhook_id, "expected_version": version, "plain_http": True}
            await world.act(HEAD, update_webhook, change=WebhookChange(active=active), **given)
            await referred(world)
            await bring(world, urls)
            assert len(receiver.received) == (2 if active else 0)


async def test_a_removed_webhook_is_sent_nothing_and_keeps_no_secret(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        webhook_id = await webhook_at(world, receiver)
        await world.act(HEAD, remove_webhook, webhook_id=webhook_id, expected_version=1)
        await referred(world)
        await bring(world, urls)
        assert receiver.received == []
        assert await world.rows("SELECT state, secret, previous_secret FROM webhook") == [("REMOVED", "", None)]


async def test_a_delivery_that_is_asked_for_again_keeps_its_id_and_says_so(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        await webhook_at(world, receiver)
        await referred(world)
        await bring(world, urls)
        delivery_id = await world.value("SELECT id FROM webhook_delivery")
        await world.act(HEAD, redeliver, delivery_id=delivery_id)
        await bring(world, urls)
        first, second = receiver.received
        assert (first.id, first.said["data"]["redelivered"]) == (second.id, False)
        assert second.said["data"]["redelivered"] is True
        assert await states(world) == ["DELIVERED"]


async def test_while_a_secret_fades_out_both_sign_and_then_the_new_one_alone(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        webhook_id = await webhook_at(world, receiver)
        old = await secret(world, webhook_id)
        await world.act(HEAD, rotate_webhook_secret, webhook_id=webhook_id, expected_version=1)
        new = await secret(world, webhook_id)
        assert await secret(world, webhook_id, "previous_secret") == old != new
        for wait, by_old in ((timedelta(0), True), (timedelta(days=1), False)):
            await referred(world)
            await bring(world, urls, after=wait)
            received = receiver.received[-1]
            assert (is_signed(received, new), is_signed(received, old)) == (True, by_old)


async def test_what_is_long_over_is_forgotten(world: World, urls: DatabaseUrls) -> None:
    async with receiving() as receiver:
        await webhook_at(world, receiver)
        await referred(world)
        await bring(world, urls)
        counted = [
            await forget_old_deliveries(world.worker, now=world.now + timedelta(days=days)) for days in (30, 31, 31)
        ]
        assert counted == [0, 1, 0]
