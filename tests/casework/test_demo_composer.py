"""The composer invents everything, and the same again for the same seed."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import holidays
import phonenumbers
import pytest

from casework.demo.composer import areas, compose, place_of
from casework.demo.days import closed_days, in_office_hours, later
from casework.demo.people import pink_card, thai_id
from casework.demo.plots import read_calendar, read_plots
from casework.demo.scripts import COMPOSED, SEED, identity_of, read_scripts
from casework.demo.stories import read_stories, written
from casework.demo.tales import Place, Teller, narrative, severance_days
from casework.rules.people import canonical_identifier
from models.vocabulary import IdentifierKind
from tests.casework.demo_actors import load, moment

OFFICIALS = ("ศรีคชา", "ขาวลาภ")
"""Family names of the officials named in the document of 2562."""
HERE = Place("ตำบลกวนวัน", "อำเภอเมืองหนองคาย")


@cache
def composed() -> list[Any]:
    return compose(COMPOSED, seed=SEED)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def test_the_same_seed_gives_the_same_scripts_and_another_seed_others() -> None:
    assert compose(COMPOSED, seed=SEED) == composed()
    names = [{(script["citizen"]["given_name"], script["area"]) for script in compose(9, seed=seed)} for seed in (1, 2)]
    assert names[0] != names[1]


def test_400_scripts_have_keys_and_identities_of_their_own() -> None:
    scripts = read_scripts()
    identities = {identity_of(script) for script in scripts}
    repeated = {
        (moment(script, step), step["area"])
        for script in scripts
        for step in script["steps"]
        if step["do"] == "duplicate"
    }
    assert (len(scripts), len({script["key"] for script in scripts}), len(identities)) == (400, 400, 400)
    assert [identity_of(script) for script in scripts] == sorted(identities)
    assert len(repeated) == 6
    assert identities & repeated == set()


def test_composed_scripts_look_like_the_ones_written_by_hand() -> None:
    by_hand = load("demo/cases.yaml")[0]
    assert {tuple(script) for script in composed()} == {tuple(by_hand)}
    assert {tuple(script["citizen"]) for script in composed()} == {tuple(by_hand["citizen"])}


def test_all_62_tambon_and_all_31_kinds_of_problems_have_cases() -> None:
    tambon = Counter(script["area"] for script in composed())
    kinds = Counter(problem for script in composed() for problem in script["problems"])
    assert set(tambon) == set(areas())
    assert Counter(tambon.values()) == {5: 32, 6: 30}
    assert set(kinds) == {row["code"] for row in load("reference/problem_types.yaml")}
    assert min(kinds.values()) == 3


def test_every_month_has_cases() -> None:
    months = Counter(script["opened"][:7] for script in composed())
    assert len(months) == 19
    assert (read_calendar().first, read_calendar().last) == (date(2025, 5, 25), date(2026, 11, 20))


def test_volunteers_are_asked_only_once_all_posts_are_filled() -> None:
    asked = [moment(script, step) for script in composed() for step in script["steps"] if step["do"] == "assign"]
    assert len(asked) == 46
    assert min(asked).date() >= date(2025, 10, 2)


def test_every_kind_of_problem_is_told_in_six_ways_or_more_and_has_its_reasons_and_reports() -> None:
    stories = read_stories()
    codes = {row["code"] for row in load("reference/problem_types.yaml")}
    assert set(stories.kinds) == set(stories.narratives) == codes
    assert set(written("reasons")) == set(written("reports")) == codes
    assert [code for code, ways in stories.narratives.items() if len(set(ways)) < 6] == []
    assert [code for code, reports in written("reports").items() if len(reports) < 2] == []


@pytest.mark.parametrize("code", sorted(read_stories().kinds))
def test_every_narrative_can_be_told_by_anybody_without_a_slot_left_open(code: str) -> None:
    stories, rng = read_stories(), Random(7)  # noqa: S311 - no secret
    tellers = (Teller(female=True, age=22), Teller(female=False, age=51, nation="ลาว", home="ท่านาแล้ง"))
    told = {
        narrative(stories, code, rng, place=HERE, teller=tellers[number % 2], opened=date(2026, 3, 4))
        for number in range(200)
    }
    assert [text for text in told if not 60 <= len(text) <= 500 or "{" in text] == []


def test_no_text_of_any_script_has_an_open_slot_or_the_name_of_an_official() -> None:
    said = [text for script in composed() for text in texts(script)]
    assert [text for text in said if re.search(r"[{}]|None", text) or any(name in text for name in OFFICIALS)] == []


def test_titles_fit_the_persons_and_foreigners_have_their_own_documents() -> None:
    given = load("demo/names.yaml")["given"]
    thai = [script["citizen"] for script in composed() if script["citizen"]["language"] == "TH"]
    foreign = [script["citizen"] for script in composed() if script["citizen"]["language"] != "TH"]
    assert [row for row in thai if row["given_name"] not in given["M" if row["title"] == "นาย" else "F"]] == []
    assert [row for row in thai if not row["national_id"] or row["passport"] or row["pink_card"]] == []
    assert [row for row in foreign if row["national_id"] or not (row["passport"] or row["pink_card"])] == []
    assert Counter(row["language"] for row in foreign) == {"LO": 20, "MY": 5, "KM": 5}


def test_there_are_names_enough() -> None:
    names = load("demo/names.yaml")
    assert (len({*names["given"]["M"], *names["given"]["F"]}), len(set(names["family"]))) == (160, 278)
    assert set(OFFICIALS).isdisjoint(names["family"])


def test_other_parties_have_phones_of_their_own_and_only_firms_come_twice() -> None:
    parties = [step for script in composed() for step in script["steps"] if step["do"] == "party"]
    phones = [phone for step in parties for phone in step["phones"]]
    citizens = [phone for script in read_scripts() for phone in script["citizen"]["phones"]]
    people = [step["name"] for step in parties if step["kind"] not in {"EMPLOYER", "RECRUITER"}]
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(phone, "TH")) for phone in phones)
    assert len({*phones, *citizens}) == len(phones) + len(citizens)
    assert len(set(people)) == len(people) == 9


def test_amounts_are_plausible_and_never_more_is_recovered_than_claimed() -> None:
    results = [step for script in composed() for step in script["steps"] if step.get("claimed")]
    claimed = [float(step["claimed"]) for step in results]
    assert (min(claimed), max(claimed)) == (1200, 146_000)
    assert [step for step in results if float(step["recovered"] or 0) > float(step["claimed"])] == []


def test_offices_rest_on_the_public_holidays_of_the_package_holidays() -> None:
    first, _, last = read_calendar()
    public = holidays.country_holidays("TH")
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    assert {day for day in days if day in public and day.weekday() < 5} <= closed_days()
    assert {day for day in closed_days() if day not in public} == set()


def test_something_always_happens_after_what_came_before_and_when_somebody_is_there() -> None:
    rng, at = Random(3), datetime(2026, 4, 10, 16, 10)  # noqa: DTZ001, S311 - wall time, no secret
    for number in range(300):
        following = later(at, number % 3, rng, office=number % 2 == 0)
        assert following > at
        assert number % 2 or in_office_hours(following)
        at = following


def test_documents_have_right_check_digits() -> None:
    assert canonical_identifier(IdentifierKind.NATIONAL_ID, thai_id(101)) == thai_id(101)
    assert canonical_identifier(IdentifierKind.PINK_CARD, pink_card(101)) == pink_card(101)


def test_places_are_named_as_people_do_and_severance_is_reckoned_by_years() -> None:
    assert place_of("430104") == HERE
    assert place_of("100101") == Place("แขวงพระบรมมหาราชวัง", "เขตพระนคร")
    assert [severance_days(years) for years in (1, 2, 3, 6, 10, 20)] == [90, 90, 180, 240, 300, 400]
    with pytest.raises(LookupError):
        place_of("439999")


def test_every_plot_says_what_it_teaches() -> None:
    plots = read_plots()
    assert sum(plot.cases for plot in plots) == COMPOSED
    assert len({plot.name for plot in plots}) == len(plots) == 60
    assert [plot.name for plot in plots if not plot.teaches] == []
