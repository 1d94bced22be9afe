"""The tables and diagrams of docs/reference agree with the code."""

import re
from typing import Any

import pytest
import typer
from graphql import GraphQLObjectType

from casework.errors import Refusal, RefusalCode
from casework.policy.levels import FIELD_LEVELS
from casework.policy.permissions import CASE_PERMISSIONS, CASE_STATES, OPENERS, REFERRAL_PERMISSIONS, Relation
from casework.rules import states
from models import vocabulary
from models.vocabulary import AccessLevel, CaseState, Level, ReferralState, Word
from schema.contract import contract
from server.cli import app
from server.settings import Settings
from tests.docs.pages import read, rows, section, table_of
from tests.docs.reader import Reader

REFERENCE = "docs/reference"
WORDS = [each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, Word)]


def as_rows(words: Any) -> list[tuple[str, ...]]:
    return [(word.value, word.th, word.description) for word in words]


def names(cell: str) -> set[str]:
    return set(re.findall(r"\w+", cell))


def test_settings_are_all_documented_with_their_defaults() -> None:
    written = {row[0]: row[1:] for row in rows(read(f"{REFERENCE}/settings.md")) if row[0].startswith("`PRASAN_")}
    wanted = {}
    for name, field in Settings.model_fields.items():
        shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        default = "unset" if field.default is None else f"`{shown}`"
        wanted[f"`PRASAN_{name.upper()}`"] = (default, str(field.description))
    assert written == wanted, table_of((name, *rest) for name, rest in wanted.items())


@pytest.mark.parametrize("words", [each for each in WORDS if each is not Word], ids=lambda words: words.__name__)
def test_the_glossary_has_every_word_with_its_thai(words: type[Word]) -> None:
    under = section(f"{REFERENCE}/glossary.md", f"## {words.__name__}")
    assert rows(under)[2:] == as_rows(words), table_of(as_rows(words))
    assert str(words.__doc__) in under


def test_the_levels_are_described_as_the_vocabulary_says() -> None:
    table = rows(read(f"{REFERENCE}/visibility.md"))
    assert table[2:6] == as_rows(AccessLevel)


@pytest.mark.parametrize("model", FIELD_LEVELS, ids=lambda model: model.__name__)
def test_the_columns_stand_at_the_level_that_decides(model: Any) -> None:
    page = read(f"{REFERENCE}/visibility.md")
    table = page.partition(f"**{model.__name__}**\n")[2].partition("**")[0]
    written = {column: row[0] for row in rows(table)[2:] for column in names(row[1])}
    assert written == {column: level.name for column, level in FIELD_LEVELS[model].items()}
    assert [row[0] for row in rows(table)[2:]] == [
        level.name for level in Level if level in FIELD_LEVELS[model].values()
    ]


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
    assert {row[0]: row[1] for row in table[2:]} == wanted


def test_the_permissions_are_those_of_the_policy() -> None:
    page = f"{REFERENCE}/permissions.md"
    openers = rows(section(page, "## Registering citizens and opening cases"))[2:]
    assert openers == [(kind.value, kind.th) for kind in vocabulary.SeatKind if kind in OPENERS]
    for heading, permissions, possible in (
        ("## A case", CASE_PERMISSIONS, CASE_STATES),
        ("## A referral", REFERRAL_PERMISSIONS, states.REFERRAL_STEPS),
    ):
        written = {row[0]: (row[2], names(row[3]), names(row[4])) for row in rows(section(page, heading))[2:]}
        wanted: dict[str, Any] = {
            f"{action.value} {action.th}": (permission.level.name, set(permission.relations), set(possible[action]))  # type: ignore[index]  # both tables are keyed by the same actions
            for action, permission in permissions.items()
        }
        assert written == wanted
    relations = [row[0] for row in rows(section(page, "## How an actor may stand to a case"))[2:]]
    assert relations == list(Relation)


def edges(heading: str) -> set[tuple[str, str]]:
    diagram = section(f"{REFERENCE}/states.md", heading).partition("```mermaid")[2].partition("```")[0]
    return set(re.findall(r"^    ([A-Z_]+) --> ([A-Z_]+)", diagram, re.MULTILINE))


def test_the_diagrams_are_the_state_machines() -> None:
    assert edges("## A case") == {(before, after) for before, steps in states.CASE_STEPS.items() for after in steps}
    steps = {step for machine in states.REFERRAL_STEPS.values() for step in machine.items()}
    transfer = {(ReferralState.RECEIVED, ReferralState.COMPLETED)}
    ended = {(before, states.state_when_case_ends(before)) for before in states.REFERRAL_OPEN}
    assert edges("## A referral") == steps | transfer | ended


def test_the_states_are_described_as_the_vocabulary_says() -> None:
    page = f"{REFERENCE}/states.md"
    assert rows(section(page, "## A case"))[2:] == as_rows(CaseState)
    assert rows(section(page, "## A referral"))[2:] == as_rows(ReferralState)
    referable = re.search(r"can be referred while (.+)\.", read(page))
    assert referable is not None
    assert names(referable[1]) == set(states.REFERABLE)


def test_the_refusal_codes_are_all_listed() -> None:
    table = rows(section(f"{REFERENCE}/transport.md", "## Refusal codes"))[2:]
    kinds = {code: Refusal(code).kind.value.title().replace("_", "") for code in RefusalCode}
    wanted = [(f"`{code.value}`", kinds[code], code.th, code.description) for code in RefusalCode]
    assert table == wanted, table_of(wanted)


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
