"""Serve the floor on the database of the first argument and a free port, which it prints; as `prasan serve` does."""

import asyncio
import gc
import socket
import sys

import asyncpg
import uvicorn
import uvloop

from benchmarks.floor.app import Floor

POOL = 10
"""As many connections as the service has by default."""


async def serve(dsn: str) -> None:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen(2048)
    settings = {"jit": "off", "timezone": "UTC"}
    pool = await asyncpg.create_pool(dsn, min_size=POOL, max_size=POOL, server_settings=settings)
    config = uvicorn.Config(Floor(pool), lifespan="off", log_config=None, access_log=False, server_header=False)
    sys.stdout.write(f"{taken.getsockname()[1]}\n")
    sys.stdout.flush()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    await uvicorn.Server(config).serve(sockets=[taken])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(sys.argv[1]))
