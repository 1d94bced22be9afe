"""Effective-dated files that contradict themselves are not loaded; the two lines are named."""

from pathlib import Path
from shutil import copy

import pytest
import yaml

from casework.reference import files
from casework.reference.validity import RuleNeverInForceError, RulesOverlapError

READERS = {
    "legal_clocks.yaml": files.legal_clocks,
    "severance.yaml": files.severance_tiers,
    "service_standards.yaml": files.service_standards,
    "responsible_offices.yaml": files.responsible_offices,
    "documents.yaml": files.documents,
    "forms.yaml": files.forms,
    "insured_sections.yaml": files.insured_sections,
    "employment_kinds.yaml": files.employment_kinds,
    "escalation_steps.yaml": files.escalation_steps,
    "task_rules.yaml": files.task_rules,
}


def test_every_dated_file_is_checked() -> None:
    dated = {path.name for path in files.FOLDER.glob("*.yaml") if "\n  effective_from" in path.read_text("utf-8")}
    assert dated <= set(files.KEYS) == set(READERS)


def broken(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, **changes: object) -> tuple[int, int]:
    """Put the first row once more at the end of a copy, changed; give both lines."""
    path = Path(copy(files.FOLDER / name, folder / name))
    text = path.read_text("utf-8").rstrip("\n") + "\n"
    first = next(at for at, line in enumerate(text.splitlines(), 1) if line.startswith("- "))
    row = yaml.safe_load(text)[0] | changes
    again = yaml.safe_dump(row, allow_unicode=True, default_flow_style=True, width=10000).strip()
    path.write_text(f"{text}- {again}\n", "utf-8")
    monkeypatch.setattr(files, "FOLDER", folder)
    return first, len(text.splitlines()) + 1


@pytest.mark.parametrize("name", READERS)
def test_a_row_in_force_beside_another_is_refused_with_both_lines(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = broken(name, tmp_path, monkeypatch)
    with pytest.raises(RulesOverlapError, match=f"^{name}: the rows at lines {first} and {second} are both in force"):
        READERS[name]()


@pytest.mark.parametrize("name", READERS)
def test_a_row_that_ends_before_it_begins_is_refused_with_its_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = yaml.safe_load((files.FOLDER / name).read_text("utf-8"))[0]
    _, line = broken(name, tmp_path, monkeypatch, effective_until=row["effective_from"])
    with pytest.raises(RuleNeverInForceError, match=f"^{name}: the row at line {line} is never in force"):
        READERS[name]()


@pytest.mark.parametrize("name", READERS)
def test_a_version_that_follows_another_is_taken(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = yaml.safe_load((files.FOLDER / name).read_text("utf-8"))[0]
    before = row["effective_from"].replace(year=1980)
    broken(name, tmp_path, monkeypatch, effective_from=before, effective_until=row["effective_from"])
    assert READERS[name]()
