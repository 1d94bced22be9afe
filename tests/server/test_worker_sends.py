"""A worker as a process of its own brings webhooks their news, and another goes on where it was killed."""

import asyncio
import signal
from pathlib import Path

from standardwebhooks import Webhook

from casework.webhook_secrets import secret_of
from models.vocabulary import EventKind, ReferralState
from server.database import DatabaseUrls
from tests.casework import situations
from tests.schema.scenes_of_webhooks import registered
from tests.server.installation import PATIENCE
from tests.server.receiver import receiving
from tests.server.test_worker import until, worker
from tests.world import World

SETTINGS = {"PRASAN_SECRET": "the secret of the tests, 32 bytes", "PRASAN_WEBHOOK_ALLOW": '["127.0.0.0/8"]'}
DELIVERED = "SELECT count(*) FROM webhook_delivery WHERE state = 'DELIVERED'"


async def test_what_a_killed_worker_had_sent_is_sent_again_under_the_same_id_by_the_next(
    world: World, urls: DatabaseUrls, tmp_path: Path
) -> None:
    async with receiving() as receiver:
        receiver.slow = asyncio.Event()
        webhook_id = await registered(world, EventKind.REFERRAL_SENT, by="head DLPW-43", url=receiver.url)
        await situations.referral_in(world, ReferralState.SENT)
        with worker(urls, tmp_path, **SETTINGS) as first:
            async with asyncio.timeout(PATIENCE):
                await receiver.came.wait()
            first.send_signal(signal.SIGKILL)
            first.wait(timeout=PATIENCE)
        assert await world.value(DELIVERED) == 0
        receiver.slow.set()
        async with world.owner.begin() as connection:  # its turn would be over in a minute and a half
            await connection.exec_driver_sql("UPDATE webhook SET leased_until = now() WHERE leased_until > now()")
        with worker(urls, tmp_path, **SETTINGS) as second:
            await until(world, DELIVERED, 1)
            second.send_signal(signal.SIGTERM)
            assert second.wait(timeout=PATIENCE) == 0
        before, after = receiver.received
        assert (before.id, before.body) == (after.id, after.body)
        sealed = await world.value("SELECT secret FROM webhook")
        told = Webhook(secret_of(world.keys, webhook_id, sealed)).verify(after.body, after.headers)
        assert told["type"] == "REFERRAL_SENT"
