"""`prasan demo load --scale country`: a real process on a database of its own."""

from pathlib import Path

from tests.server.installation import Installation


def test_it_is_refused_where_cases_are_and_outside_demo_mode(installation: Installation) -> None:
    done = installation.run("demo", "load", "--scale", "country", "--cases", "100")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "Load the country into a database without cases: this one has some."
    done = installation.run("demo", "load", "--scale", "country", PRASAN_DEMO="false")
    assert done.returncode == 1
    assert done.stderr == "Set PRASAN_DEMO=true to load invented cases; never do it on a database of real ones.\n"


async def test_it_says_what_it_loads_and_every_post_gets_a_token(superuser_url: str, tmp_path: Path) -> None:
    fresh = await Installation.make(superuser_url, tmp_path)
    for command in ("migrate", "reference load"):
        assert fresh.run(*command.split()).returncode == 0
    done = fresh.run("demo", "load", "--scale", "country", "--cases", "100")
    assert (done.returncode, done.stdout) == (0, "")
    said = done.stderr.splitlines()
    assert (said[0], said[1], said[-1]) == (
        "Loading a country of 100 cases: about a minute for each 50,000 …",
        "  cases: 100",
        "Loaded 100 cases.",
    )
    token = fresh.run("token", "volunteer 100101")
    assert (token.returncode, token.stdout.count(".")) == (0, 2)
    assert fresh.run("verify-journal").returncode == 0
    again = fresh.run("demo", "load")
    assert again.stderr.splitlines() == ["The demo is a whole country.", "Nothing to do: the demo is there."]
    await fresh.drop()
