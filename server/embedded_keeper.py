"""Keeps the embedded PostgreSQL running: started again when it dies, as an init system does for one of your own."""

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.embedded_folder import Say, patience

Launch = Callable[[], "subprocess.Popen[bytes]"]

_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 0.1, 5.0


class Keeper:
    """Watches one PostgreSQL from a thread; whoever stops it says so first."""

    def __init__(self, launch: Launch, say: Say) -> None:
        self._launch = launch
        self._say = say
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self.process = launch()

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Start it again whenever it ends, until the end of the block."""
        thread = threading.Thread(target=self._keep, name="keeper of PostgreSQL", daemon=True)
        thread.start()
        try:
            yield
        finally:
            with self._turn:
                self._stopping.set()
            self.end()
            thread.join()

    def end(self) -> None:
        """Shut the present one down and wait for it."""
        self.process.send_signal(signal.SIGINT)
        for _ in patience(self._say, "PostgreSQL is still shutting down"):
            if self.process.poll() is not None:
                return

    def _keep(self) -> None:
        wait = _FIRST_WAIT_SECONDS
        while True:
            # With exit code 1 it did not come up: the one before still holds its memory, or the disk is full.
            came_up = self.process.wait() != 1
            if self._stopping.is_set():
                return
            if came_up:
                self._say("PostgreSQL has died; starting it again.")
                wait = _FIRST_WAIT_SECONDS
            self._stopping.wait(wait)
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS)
            with self._turn:
                if self._stopping.is_set():
                    return
                self.process = self._launch()
