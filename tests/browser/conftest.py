"""The real service, started as its own process for the browser to visit."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

# The browser's driver is an extra: without it the default run must still be able to collect.
collect_ignore = [] if find_spec("playwright") else ["test_graphiql.py"]

PRASAN = Path(sys.executable).parent / "prasan"
LOADED = os.environ.get("PRASAN_LOADED_FOLDER")
START_SECONDS = 300
STOP_SECONDS = 20


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/graphql/boot.json", trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)  # Another process: there is nothing of it to await.
    pytest.fail(f"The service did not start:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service of its own, on data that are loaded already where PRASAN_LOADED_FOLDER names some."""
    folder = tmp_path_factory.mktemp("prasan")
    port = free_port()
    settings = {"PRASAN_PORT": str(port), "PRASAN_DATA_FOLDER": LOADED or str(folder / "data")}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PRASAN_")}
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PRASAN, "serve"], env={**inherited, **settings}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(process, url, log)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
