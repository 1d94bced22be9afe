"""Real `prasan` processes without the wait: one process has imported the program, and each command is a fork of it.

An import takes two seconds and more, a command of these tests a few tenths.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

READY = (sys.executable, "-m", "tests.server.forks")
ROOT = Path(__file__).parents[2]


class Forks:
    """The process that forks, and the way to ask it."""

    def __init__(self, address: str) -> None:
        self._address = address

    def run(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, patience: float
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, as `subprocess.run` does."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            wanted = {"command": list(command), "environment": dict(environment), "folder": str(folder)}
            code = self._asked(json.dumps(wanted), out, err, patience)
            return subprocess.CompletedProcess(list(command), code, _read(out), _read(err))

    def _asked(self, wanted: str, out: IO[str], err: IO[str], patience: float) -> int:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(patience)
            asking.connect(self._address)
            socket.send_fds(asking, [wanted.encode()], [out.fileno(), err.fileno()])
            asking.shutdown(socket.SHUT_WR)
            return int(asking.makefile().read())


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


@cache
def forks() -> Forks:
    """Give those of this process, which end with it."""
    keeping = ExitStack()
    atexit.register(keeping.close)
    return keeping.enter_context(_forking())


@contextmanager
def _forking() -> Iterator[Forks]:
    with tempfile.TemporaryDirectory(prefix="prasan-") as room:
        address = f"{room}/forks"
        process = subprocess.Popen([*READY, address], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin, process.stdout:
            assert process.stdout.readline() == b"ready\n"
            yield Forks(address)
        process.wait()


def fork_until_nobody_asks(address: str) -> None:
    """Fork for everyone who asks, until standard input ends."""
    import server.cli  # noqa: F401, PLC0415 - what all of this is for

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            asked, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _attend(asked)
            asked.close()


def _attend(asked: socket.socket) -> NoReturn:
    """Run one command in a process of its own, and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    written, outputs, _, _ = socket.recv_fds(asked, 1 << 16, 2)
    while more := asked.recv(1 << 16):
        written += more
    running = os.fork()
    if running == 0:
        asked.close()
        _become(json.loads(written), outputs)
    _, status = os.waitpid(running, 0)
    asked.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(wanted: Mapping[str, Any], outputs: Sequence[int]) -> NoReturn:
    from server.cli import app  # noqa: PLC0415 - it is there already

    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for given, standard in zip(outputs, (1, 2), strict=True):
        os.dup2(given, standard)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    code: object = 1
    try:
        app(wanted["command"], prog_name="prasan")
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - it would end the process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    fork_until_nobody_asks(sys.argv[1])
