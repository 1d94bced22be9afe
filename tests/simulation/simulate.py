"""From a seed to evidence: play the hours on a database, and read what is left."""

import asyncio

import structlog

from tests.simulation.checks import Evidence
from tests.simulation.clock import Clock
from tests.simulation.ground import Ground
from tests.simulation.province import Province
from tests.simulation.record import Record, read_record
from tests.simulation.run import Simulation
from tests.simulation.service import Service
from tests.world import MONDAY

PATIENCE = 15
"""Seconds for subscribers to hear the last events; who has missed one then has missed it."""


async def simulate(seed: int, hours: float, ground: Ground, *, pace: float = 1) -> Evidence:
    """Let everybody do everything `pace` times as often as on a usual day."""
    clock = Clock(MONDAY)
    service = Service(ground.urls, ground.superuser, ground.world.files, clock)

    async def pending() -> int:
        found: int = await ground.world.value("SELECT count(*) FROM feed_pending")
        return found

    simulation = Simulation(seed, service, clock, pending, pace=pace)
    with structlog.testing.capture_logs() as logs:
        try:
            run = await simulation.play(hours)
            ground.world.now = clock()
            record = await read_record(ground.world, run.province)
            await _until_heard(run.province, record)
        finally:
            await simulation.end()
    return Evidence(run, record, logs)


async def _until_heard(province: Province, record: Record) -> None:
    for _ in range(PATIENCE * 20):
        if all(set(record.listened[each.name].must) <= set(each.heard) for each in province.subscribers):
            return
        for each in province.subscribers:
            each.connect()
        await asyncio.sleep(0.05)
