"""How alike names are; and how well that proposes one person and parts two, on pairs judged by hand."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from casework.rules.names import WORTH_SHOWING, Known, Likeness, Name, alike, best, fold, keys_of_names, likeness, plain
from tests.docs.pages import read

PAIRS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "name_pairs.yaml").read_text(encoding="utf-8")
)
SOMCHAI = Known(Name("สมชาย", "ใจดี"), "430116", 1980)


class Quality(NamedTuple):
    """Pairs that are shown and one person, that are shown, and that are one person."""

    both: int
    shown: int
    same: int


def _known(given: str, family: str, area: str | None = None, year: int | None = None) -> Known:
    return Known(Name(given, family), area, year)


def _measure(half: str) -> Quality:
    shown = [likeness(_known(*p["first"]), _known(*p["second"])).score >= WORTH_SHOWING for p in PAIRS[half]]
    same = [pair["same"] for pair in PAIRS[half]]
    return Quality(sum(a and b for a, b in zip(shown, same, strict=True)), sum(shown), sum(same))


@pytest.mark.parametrize(("half", "quality"), [("tuned", Quality(34, 40, 35)), ("unseen", Quality(33, 41, 35))])
def test_the_pairs_are_proposed_as_well_as_the_page_says(half: str, quality: Quality) -> None:
    assert _measure(half) == quality
    precision, recall = quality.both / quality.shown, quality.both / quality.same
    assert f"| {half} | {len(PAIRS[half])} | {precision:.2f} | {recall:.2f} |" in read("docs/reference/matching.md")


def test_the_two_halves_share_no_pair() -> None:
    tuned, unseen = ({(*map(tuple, (p["first"], p["second"])),) for p in PAIRS[half]} for half in ("tuned", "unseen"))
    assert (len(tuned), len(unseen), tuned & unseen) == (70, 70, set())


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("นายสมชาย", "สมชาย"), ("น.ส. ดวงใจ", "ดวงใจ"), ("นางสาวดวงใจ", "ดวงใจ"), ("ด.ช.ต้น", "ต้น"), ("นายิกา", "นายิกา"),
        ("พระพร", "พระพร"), ("พระ พร", "พร"), ("Mr. Aung Ko", "aungko"), ("Msomi", "msomi"), ("นาย", "นาย"), (" ", ""),
    ],
)  # fmt: skip
def test_a_title_is_no_part_of_a_name(told: str, name: str) -> None:
    assert plain(told) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("วรรณา", "วันนา"), ("สมหญิง", "สมหยิง"), ("กัญญา", "กันยา"), ("ทรัพย์", "สัพย์"), ("อำไพ", "อัมไพ"), ("ใบ", "ไบ"),
        ("พรรณ", "พัน"), ("บุญธรรม", "บุนทัม"), ("กรร", "กัน"), ("ธีระ", "ธิร"), ("พฤกษ์", "พรึกษ์"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_what_has_no_letters_is_like_nothing() -> None:
    assert [alike("1", "สมชาย"), alike("สมชาย", "1"), alike("-", "-"), alike("์", "สมชาย")] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("other", "score", "area_same", "age_like"),
    [
        (SOMCHAI, 100, True, True),
        (SOMCHAI._replace(area_code="430117", birth_year=1981), 100, True, True),
        (SOMCHAI._replace(area_code="430201", birth_year=1983), 100, False, False),
        (SOMCHAI._replace(area_code="410101", birth_year=1986), 84, False, False),
        (SOMCHAI._replace(area_code=None, birth_year=1990), 75, False, False),
        (SOMCHAI._replace(area_code="410101", birth_year=None), 92, False, False),
        (SOMCHAI._replace(name=Name("ใจดี", "สมชาย"), area_code=None, birth_year=None), 97, False, False),
        (SOMCHAI._replace(name=Name("บุญมี", "ใจดี")), 0, True, True),
    ],
)
def test_home_and_age_speak_for_and_against_a_name(
    other: Known, score: int, *, area_same: bool, age_like: bool
) -> None:
    found = likeness(SOMCHAI, other)
    assert (found.score, found.area_same, found.age_like) == (score, area_same, age_like)


def test_the_best_of_all_names_of_a_person_counts() -> None:
    assert best(SOMCHAI, [_known("บุญมี", "ทองคำ"), SOMCHAI]) == Likeness(100, 100, area_same=True, age_like=True)


def test_a_person_is_kept_under_the_sounds_of_all_names_without_titles() -> None:
    assert keys_of_names([Name("นายสมชาย", "ใจดี"), Name("Somchai", "Jaidee")]) == ["~CT", "~SMC", "จ7300", "ซ6397"]
