"""What every command does first and last: it reads the settings, and tells a problem as one sentence."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from server.logs import configure_logs
from server.problems import StartupProblem
from server.settings import Settings, read_settings
from server.startup import say

P = ParamSpec("P")


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Tell a startup problem as one sentence, with exit code 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except StartupProblem as problem:
            say(str(problem))
            raise typer.Exit(1) from None

    return run


def settings_of_command() -> Settings:
    settings = read_settings()
    configure_logs(settings)
    return settings
