"""The tables and diagrams of docs/reference agree with the code."""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
import typer
from graphql import GraphQLObjectType

import models
from casework.errors import RefusalCode
from casework.policy import permissions
from casework.policy.activities import LEADERS
from casework.policy.levels import FIELD_LEVELS
from casework.policy.relations import Relation
from casework.reference import files
from casework.refusal_kinds import kind_of
from casework.rules import closing, deadlines, states
from models import vocabulary
from models.action_words import CaseAction, CitizenAction, ReferralAction, SeatAction
from models.vocabulary import AccessLevel, CaseState, Level, ReferralKind, ReferralState, SeatKind, Word
from schema.contract import contract
from schema.rules_in_words import ways_from_case, ways_from_referral
from server.cli import app
from server.settings import Settings
from tests.docs.pages import read, rows, section, table_of
from tests.docs.reader import Reader
from tests.docs.tables import compared, writing

REFERENCE = "docs/reference"
OF_WORDS = [found.name for found in iter_modules(models.__path__) if found.name.endswith("_words")]
WORDS = [
    each
    for module in (vocabulary, *(import_module(f"models.{name}") for name in OF_WORDS))
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Word)
]


@pytest.fixture(scope="module", autouse=True)
def written_anew(request: pytest.FixtureRequest) -> Iterator[None]:
    """With `--write-tables`, write each compared table as it should be."""
    with writing(on=request.config.getoption("--write-tables")):
        yield


def as_rows(words: Any) -> list[tuple[str, ...]]:
    return [(word.value, word.th, word.description) for word in words]


def in_order(chosen: Iterable[Word], words: Iterable[Word]) -> str:
    wanted = set(chosen)
    return ", ".join(word.value for word in words if word in wanted)


def check_table(page: str, heading: str, wanted: Sequence[tuple[str, ...]]) -> None:
    """Compare every cell; `pytest tests/docs/test_reference.py --write-tables` writes them."""
    compared(f"{REFERENCE}/{page}", heading, wanted)
    assert rows(section(f"{REFERENCE}/{page}", heading))[2:] == wanted, table_of(wanted)


def test_settings_are_all_documented_with_their_defaults() -> None:
    written = {row[0]: row[1:] for row in rows(read(f"{REFERENCE}/settings.md")) if row[0].startswith("`PRASAN_")}
    wanted = {}
    for name, field in Settings.model_fields.items():
        shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        default = "unset" if field.default is None else f"`{shown}`"
        wanted[f"`PRASAN_{name.upper()}`"] = (default, str(field.description))
    assert written == wanted, table_of((name, *rest) for name, rest in wanted.items())


@pytest.mark.parametrize(
    "words", dict.fromkeys(each for each in WORDS if each is not Word), ids=lambda words: words.__name__
)
def test_the_glossary_has_every_word_with_its_thai(words: type[Word]) -> None:
    check_table("glossary.md", f"## {words.__name__}", as_rows(words))
    assert str(words.__doc__) in section(f"{REFERENCE}/glossary.md", f"## {words.__name__}")


def test_the_levels_are_described_as_the_vocabulary_says() -> None:
    table = rows(read(f"{REFERENCE}/visibility.md"))
    assert table[2:6] == as_rows(AccessLevel)


def test_every_model_with_levels_has_its_table() -> None:
    columns = section(f"{REFERENCE}/visibility.md", "## Columns and their levels")
    assert re.findall(r"^\*\*(\w+)\*\*$", columns, re.MULTILINE) == [model.__name__ for model in FIELD_LEVELS]


@pytest.mark.parametrize("model", FIELD_LEVELS, ids=lambda model: model.__name__)
def test_the_columns_stand_at_the_level_that_decides(model: Any) -> None:
    page = read(f"{REFERENCE}/visibility.md")
    table = page.partition(f"**{model.__name__}**\n")[2].partition("**")[0]
    of_level: dict[Level, list[str]] = {}
    for column, level in FIELD_LEVELS[model].items():
        of_level.setdefault(level, []).append(f"`{column}`")
    wanted = [(level.name, ", ".join(of_level[level])) for level in sorted(of_level)]
    assert rows(table)[2:] == wanted, table_of(wanted)


def test_the_fields_of_the_contract_stand_at_the_level_that_their_descriptions_name() -> None:
    table = rows(section(f"{REFERENCE}/visibility.md", "## Fields of the contract and their levels"))
    wanted = {}
    for name, kind in contract()._schema.type_map.items():
        if not isinstance(kind, GraphQLObjectType) or name in {"Mutation", "Query", "Subscription"}:
            continue
        for field, declared in kind.fields.items():
            description = str(declared.description)
            level = re.search(r"From (?:level )?([A-Z]+) on", description) or re.search(
                r"from level (\w+) on$", description
            )
            disclosed = re.search(r"Needs level FULL or a referral that discloses (\w+)", description)
            if level:
                wanted[f"`{name}.{field}`"] = level[1]
            if disclosed:
                wanted[f"`{name}.{field}`"] = f"FULL, or disclosure of {disclosed[1]}"
    assert {row[0]: row[1] for row in table[2:]} == wanted, table_of(wanted.items())


def mutations_of(action: Word) -> str:
    return ", ".join(re.findall(r"`[a-z]\w+`", action.description))


def name_of_action(action: Word) -> str:
    return f"{action.value} {action.th}"


def test_the_permissions_on_a_case_are_those_of_the_policy() -> None:
    table = []
    for action in CaseAction:
        level, relations = permissions.CASE_PERMISSIONS[action]
        who, possible = in_order(relations, Relation), in_order(states.CASE_STATES[action], CaseState)
        table.append((name_of_action(action), mutations_of(action), level.name, who, possible))
    check_table("permissions.md", "## A case", table)


def test_the_permissions_on_a_referral_are_those_of_the_policy() -> None:
    table = []
    for action in ReferralAction:
        level, relations = permissions.REFERRAL_PERMISSIONS[action]
        who, possible = in_order(relations, Relation), in_order(states.REFERRAL_STATES[action], ReferralState)
        kinds = in_order(states.REFERRAL_KINDS[action], ReferralKind)
        table.append((name_of_action(action), mutations_of(action), level.name, who, possible, kinds))
    check_table("permissions.md", "## A referral", table)


def test_the_permissions_on_citizens_and_posts_are_those_of_the_policy() -> None:
    openers = [(kind.value, kind.th) for kind in SeatKind if kind in permissions.OPENERS]
    check_table("permissions.md", "## Registering citizens and opening cases", openers)
    citizens = []
    for action in CitizenAction:
        level, kinds = permissions.CITIZEN_PERMISSIONS[action]
        citizens.append((name_of_action(action), mutations_of(action), level.name, in_order(kinds, SeatKind)))
    check_table("permissions.md", "## A citizen's record", citizens)
    posts = [
        (name_of_action(action), mutations_of(action), in_order(permissions.SEAT_PERMISSIONS[action], Relation))
        for action in SeatAction
    ]
    check_table("permissions.md", "## A post", posts)


def test_those_who_hold_activities_are_those_of_the_policy() -> None:
    check_table("permissions.md", "## Activities", [(kind.value, kind.th) for kind in SeatKind if kind in LEADERS])


def test_the_relations_are_described_as_the_policy_says() -> None:
    check_table("permissions.md", "## How an actor may stand to it", as_rows(Relation))


def test_every_mutation_stands_on_the_page_of_permissions() -> None:
    mutation = contract()._schema.mutation_type
    assert mutation is not None
    assert set(mutation.fields) <= set(re.findall(r"`(\w+)`", read(f"{REFERENCE}/permissions.md")))


def drawn(heading: str) -> set[tuple[str, str, str]]:
    """Give a diagram's edges with what stands on them; the beginning and the ends are `[*]`."""
    diagram = section(f"{REFERENCE}/states.md", heading).partition("```mermaid")[2].partition("```")[0]
    found = re.findall(r"^    (\S+) --> (\S+)(?: : (.+))?$", diagram, re.MULTILINE)
    assert len(found) == len(set(found)) == diagram.count("-->")
    return set(found)


def edges(ways: dict[Any, list[tuple[Word, str]]], *, unsaid: str = "") -> set[tuple[str, str, str]]:
    """Put the ways between two states on one edge; the verb that is `unsaid` does not stand on it."""
    found: dict[tuple[str, str], list[str]] = {}
    for before, leading in ways.items():
        for after, verb in leading:
            found.setdefault((before.value, after.value), []).append(verb)
    return {(*pair, "" if verbs == [unsaid] else ", ".join(verbs)) for pair, verbs in found.items()}


def test_the_diagram_of_a_case_is_its_state_machine_with_all_its_verbs() -> None:
    steps = edges({state: list(ways_from_case(state)) for state in CaseState}, unsaid="updateCaseStatus")
    assert drawn("## A case") == {
        ("[*]", "NEW", "openCase"),
        *steps,
        *((state.value, "[*]", "") for state in states.ENDED),
    }


def test_the_diagram_of_a_referral_is_its_state_machine_with_all_its_verbs() -> None:
    steps = edges({state: list(ways_from_referral(state)) for state in ReferralState})
    ended = frozenset(ReferralState) - states.REFERRAL_OPEN
    assert drawn("## A referral") == {
        ("[*]", "SENT", "referCase"),
        *steps,
        *((state.value, "[*]", "") for state in ended),
    }


def test_the_ways_told_are_the_steps_of_the_tables() -> None:
    """The diagrams and the contract tell `ways_from_…`; here those are compared with the machines themselves."""
    told = {(before, after) for before in CaseState for after, _ in ways_from_case(before)}
    machines = [states.CASE_STEPS, *({b: {a} for b, a in steps.items()} for steps in states.CASE_VERBS.values())]
    machines += [{b: {a} for b, a in states.CLOSES_BY_ITSELF.items()}, {CaseState.MERGED: states.UNMERGES_TO}]
    assert told == {(before, after) for machine in machines for before, steps in machine.items() for after in steps}
    of_referral = {(before, after) for before in ReferralState for after, _ in ways_from_referral(before)}
    open_ones = states.REFERRAL_OPEN - {ReferralState.NEEDS_INFO}
    asked_from = states.REFERRAL_STEPS[ReferralAction.ANSWER_INFO][ReferralState.NEEDS_INFO]
    assert of_referral == {
        *((before, after) for steps in states.REFERRAL_STEPS.values() for before in steps for after in steps[before]),
        *((b, states.next_referral_state(b, a, k)) for b, a, k in possible_steps()),
        *states.LAPSES.items(),
        *((before, states.state_when_case_ends(before)) for before in open_ones),
        *((ReferralState.NEEDS_INFO, states.state_when_case_ends(ReferralState.NEEDS_INFO, a)) for a in asked_from),
    }


def possible_steps() -> list[tuple[ReferralState, ReferralAction, ReferralKind]]:
    """Give every step of every kind but the answers, which lead to where the office asked."""
    return [
        (before, action, kind)
        for action, steps in states.REFERRAL_STEPS.items()
        for before in steps
        for kind in ReferralKind
        if states.can_step(action, before, kind) and action is not ReferralAction.ANSWER_INFO
    ]


def test_the_states_are_described_as_the_vocabulary_says() -> None:
    check_table("states.md", "## A case", as_rows(CaseState))
    check_table("states.md", "## A referral", as_rows(ReferralState))
    referable = re.search(r"can be referred while (.+)\.", read(f"{REFERENCE}/states.md"))
    assert referable is not None
    assert set(re.findall(r"\w+", referable[1])) == set(states.CASE_STATES[CaseAction.REFER])


def test_the_page_and_the_contract_name_the_days_that_the_rules_count() -> None:
    page = read(f"{REFERENCE}/states.md")
    to_dispute = f"{closing.TO_DISPUTE.days} days"
    mutation = contract()._schema.mutation_type
    assert mutation is not None
    assert f"disputed it for {to_dispute}." in page
    assert to_dispute in str(mutation.fields["confirmClosing"].description)
    lapse = {row["working_days"] for row in files.service_standards() if row["code"] == deadlines.LAPSE}
    assert [f"{days} working days after `respondBy`" in page for days in lapse] == [True]


def test_the_refusal_codes_are_all_listed() -> None:
    kinds = {code: kind_of(code).value.title().replace("_", "") for code in RefusalCode}
    wanted = [(f"`{code.value}`", kinds[code], code.th, code.description) for code in RefusalCode]
    check_table("transport.md", "## Refusal codes", wanted)


def test_every_command_has_its_section() -> None:
    commands = typer.main.get_command(app)
    found = set()
    for name, command in commands.commands.items():  # type: ignore[attr-defined]  # a group, whose class typer chooses
        below = getattr(command, "commands", {})
        found |= {f"prasan {name} {inner}" for inner in below} or {f"prasan {name}"}
    written = re.findall(r"^## (prasan .+)$", read(f"{REFERENCE}/cli.md"), re.MULTILINE)
    assert set(written) == found


async def test_everybody_sees_the_showcase_case_at_the_level_that_the_page_says(reader: Reader) -> None:
    table = rows(section(f"{REFERENCE}/visibility.md", "### The showcase case of the demo"))[2:]
    query = '{ caseByReference(reference: "43-2569-00174-2") { viewerAccess { level reason } } }'
    for who, level, reason in table:
        found = (await reader.run(query, who, {}))["data"]["caseByReference"]
        seen = (found["viewerAccess"]["level"], found["viewerAccess"]["reason"]) if found else ("–", "–")
        assert (who, *seen) == (who, level, reason)
