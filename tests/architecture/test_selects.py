"""A select on a guarded table stands in a module that goes through the door, or in one that is listed with why."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.one_door import GUARDED, GUARDED_MODELS

ROOT = Path(__file__).parents[2]
ROOMS = ("schema", "resolvers", "casework")
DOORS = frozenset(
    {
        "door",
        "citizen_door",
        "check_knows_citizen",
        "take_case",
        "take_case_for",
        "take_case_of",
        "take_referral_for",
        "take_citizen_for",
    }
)
"""Whoever calls one of these has asked who sees the row."""
READS = frozenset({"select", "exists", "get", "get_one", "scalar", "scalars", "execute", "rows", "delete", "update"})

AROUND_THE_WALL = frozenset({"status_card", "status_problems", "status_offices"})
"""Functions of the database that show rows to whoever calls them."""

ITSELF = "is the door"
GIVEN = "is handed a case that the door gave, by the verb that took it"
SYSTEM = "the system's own verb: it acts for nobody and answers nobody"
OFFICER = "verbs and looks of the operator for the rights of citizens (`prasan privacy`), behind no request"
UPKEEP = "upkeep of the installation as its owner, behind no question of anybody"
AROUND: Mapping[str, str] = {
    "casework/policy/visibility.py": ITSELF,
    "casework/policy/citizens.py": ITSELF,
    "casework/policy/window.py": "the citizen's own window: by reference and tracking code, level STATUS alone",
    "casework/citizen_window.py": "the citizen's own window: the one case whose reference and code were right",
    "resolvers/lists_of_cases.py": "makes pages of the select through the door that each list gives it",
    "resolvers/looks.py": "marks what shows a person, and reads nothing",
    "casework/access.py": "writes who looked; what it tells is for the operator who answers the citizen",
    "casework/clocks.py": GIVEN,
    "casework/ending.py": GIVEN,
    "casework/holders.py": GIVEN,
    "casework/participations.py": GIVEN,
    "casework/problems.py": GIVEN,
    "casework/proposals.py": GIVEN,
    "casework/traces.py": "writes traces of the party that a verb names; who shares them it is not told",
    "casework/joining.py": "is handed two citizens that the door gave; what it tells of records is the operator's",
    "casework/journal.py": "verifies the chains, and appends under the subject's lock",
    "casework/tasks.py": GIVEN,
    "casework/search.py": "writes the words of the row that the verb took, or of those that have none; answers nobody",
    "casework/tending.py": SYSTEM,
    "casework/watching.py": SYSTEM,
    "casework/notices.py": SYSTEM,
    "casework/webhook_turns.py": "tells the worker whose turn it is; what is told, office_news.py asks the door",
    "casework/scanning.py": SYSTEM,
    "casework/ended_exports.py": "finds by the looks whom a file names, and ends what has had its time",
    "casework/exports.py": "tells the worker what to write, which asks the door",
    "casework/actions/record_scan.py": SYSTEM,
    "casework/actions/expire_uploads.py": SYSTEM,
    "casework/actions/close_undisputed.py": SYSTEM,
    "casework/actions/lapse_referral.py": SYSTEM,
    "casework/actions/tell_incident.py": SYSTEM,
    "casework/actions/erase_citizen.py": OFFICER,
    "casework/actions/place_legal_hold.py": OFFICER,
    "casework/actions/record_export.py": OFFICER,
    "casework/actions/release_legal_hold.py": OFFICER,
    "casework/disclosures.py": "writes what a verb shows to an office; its list of all of them is the operator's",
    "casework/erasure_plan.py": OFFICER,
    "casework/personal_copy.py": OFFICER,
    "casework/personal_data.py": OFFICER,
    "casework/retention.py": OFFICER,
    "casework/rotation.py": UPKEEP,
    "casework/retracing.py": UPKEEP,
    "casework/demo/loader.py": UPKEEP,
    "casework/demo/steps.py": UPKEEP,
    "casework/demo/country/loader.py": UPKEEP,
}
"""Modules that select from guarded tables without asking the door themselves, and why they may."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def tables_named(tree: ast.Module, known: Mapping[tuple[str, str], str]) -> set[str]:
    """Give the guarded tables that a module can name: models, and tables that it or another module made of them."""
    models = {model.__name__ for model in GUARDED_MODELS}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "models":
            found |= {node.attr} & models
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (node.module or "").split(".")[0] == "models" and alias.name in models:
                    found.add(alias.name)
                found |= {known[node.module or "", alias.name]} if (node.module or "", alias.name) in known else set()
    return found


def tables_made(name: str, tree: ast.Module) -> Iterator[tuple[tuple[str, str], str]]:
    """Give the names to which a module binds guarded tables, such as `the_case`."""
    models = {model.__name__ for model in GUARDED_MODELS}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        made = {inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)} & models
        targets = [inner.id for target in node.targets for inner in ast.walk(target) if isinstance(inner, ast.Name)]
        if made and "table_of" in {inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)}:
            yield from (((name.removesuffix(".py").replace("/", "."), target), min(made)) for target in targets)


def calls(tree: ast.Module) -> set[str]:
    found = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {f.id if isinstance(f, ast.Name) else f.attr for f in found if isinstance(f, ast.Name | ast.Attribute)}


def writes_sql(tree: ast.Module) -> bool:
    """Does it name a guarded table in SQL of its own?"""
    texts = [
        argument.value.split()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return any(word.strip('"(),;') in GUARDED for words in texts for word in words)


def selecting() -> dict[str, bool]:
    """Give the modules that select from guarded tables, and whether they go through the door."""
    parsed = dict(modules())
    known = dict(pair for name, tree in parsed.items() for pair in tables_made(name, tree))
    return {
        name: bool(calls(tree) & DOORS)
        for name, tree in parsed.items()
        if (tables_named(tree, known) and calls(tree) & READS) or writes_sql(tree) or calls(tree) & AROUND_THE_WALL
    }


def test_every_module_that_selects_from_a_guarded_table_goes_through_the_door_or_is_listed() -> None:
    around = {name for name, asks in selecting().items() if not asks}
    assert around - AROUND.keys() == set()


def test_no_module_is_listed_that_need_not_be() -> None:
    found = selecting()
    assert {name for name, why in AROUND.items() if name not in found or (found[name] and why != ITSELF)} == set()


@pytest.mark.parametrize(
    "source",
    [
        "from models import Case\nfrom sqlalchemy import select\nasync def f(s): return await s.scalars(select(Case))",
        "from casework.policy.visibility import the_case\nfrom sqlalchemy import select\nall_ = select(the_case)",
        "from sqlalchemy import text\nall_of_them = text('SELECT id FROM citizen')",
    ],
)
def test_the_check_tells_a_new_module_that_goes_around_the_door(source: str) -> None:
    tree = ast.parse(source)
    known = dict(pair for name, parsed in modules() for pair in tables_made(name, parsed))
    assert tables_named(tree, known) or writes_sql(tree)
    assert not calls(tree) & DOORS
