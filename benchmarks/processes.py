"""The processes of a run: the service, the floor and the load, and what they cost as /proc tells."""

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import orjson

PATIENCE = 30
"""Seconds beyond its time after which a load hangs."""
TICKS = os.sysconf("SC_CLK_TCK")
PRASAN = (sys.executable, "-c", "from server.cli import app; app()")
UNRECORDED = (sys.executable, "-m", "benchmarks.unrecorded")


def cpu_seconds(*processes: int) -> float:
    """Give the CPU time that the processes have used so far."""
    used = 0.0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        used += (int(fields[11]) + int(fields[12])) / TICKS
    return used


def memory(process: int) -> int:
    """Give the resident set in bytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def children(process: int) -> list[int]:
    """Give a process and those it started: a PostgreSQL server and its backends."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [process, *map(int, listed.split())]


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], **pipes: Any) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, env={**os.environ, **environment}, **pipes)  # noqa: S603 - our own programs
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def service(environment: Mapping[str, str], program: Sequence[str] = PRASAN) -> Iterator[tuple[int, int]]:
    """Run `prasan serve`; give its process and port."""
    with _running([*program, "serve"], {**environment, "PRASAN_PORT": "0"}, stderr=subprocess.PIPE) as process:
        port = _port_of(process)
        Thread(target=deque, args=(process.stderr, 0), daemon=True).start()  # a full pipe would hold the service up
        yield process.pid, port


def _port_of(process: "subprocess.Popen[bytes]") -> int:
    said = b""
    for line in process.stderr or ():
        said += line
        if found := re.match(rb"Prasan serves http://[^/]+:(\d+)/graphql", line):
            return int(found[1])
    raise RuntimeError(said.decode())


@contextmanager
def floor(dsn: str) -> Iterator[tuple[int, int]]:
    """Run the floor; give its process and port."""
    with _running([sys.executable, "-m", "benchmarks.floor", dsn], {}, stdout=subprocess.PIPE) as process:
        if process.stdout is None:
            raise RuntimeError
        yield process.pid, int(process.stdout.readline())


def load(port: int, targets: list[dict[str, Any]], *, seconds: float) -> dict[str, Any]:
    """Ask for some seconds, one connection for each target; raise when an answer is not the wanted one."""
    job = orjson.dumps({"port": port, "targets": targets, "seconds": seconds})
    command = [sys.executable, "-m", "benchmarks.client"]
    done = subprocess.run(command, input=job, stdout=subprocess.PIPE, check=True, timeout=seconds + PATIENCE)  # noqa: S603 - our own program
    result: dict[str, Any] = orjson.loads(done.stdout)
    if result["wrong"]:
        raise RuntimeError(result["wrong"][0])
    return result
