"""The reference and demo data hold together before any database sees them."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geothai
import phonenumbers
import yaml
from stdnum.th import pin

from casework.demo.scripts import read_scripts
from casework.rules.references import make_reference
from server.welcome import SHOWCASE
from tests.casework.demo_actors import moment

DATA = Path(__file__).parents[2] / "casework"
OFFICIALS = {"ศรีคชา", "ขาวลาภ"}
"""Family names of the officials named in the document of 2562."""


@cache
def load(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


def network() -> Any:
    return load("demo/network.yaml")


def people() -> Iterator[Any]:
    yield from (*network()["volunteers"], *network()["mentors"], *network()["staff"])
    yield from (network()["auditor"], network()["admin"])
    yield from (case["citizen"] for case in read_scripts())


def codes(name: str) -> list[str]:
    return [row["code"] for row in load(f"reference/{name}.yaml")]


def test_the_areas_are_77_provinces_928_amphoe_and_7436_tambon_and_nong_khai_has_9_and_62() -> None:
    provinces = [province.code for province in geothai.provinces()]
    amphoe = [district.code for code in provinces for district in geothai.districts(code)]
    tambon = [sub.code for code in amphoe for sub in geothai.subdistricts(code)]
    assert (len(provinces), len(amphoe), len(tambon)) == (77, 928, 7436)
    assert [row["tambon"] for row in network()["volunteers"]] == [code for code in tambon if code.startswith("43")]
    assert [row["amphoe"] for row in network()["mentors"]] == [code for code in amphoe if code.startswith("43")]
    assert (len(network()["volunteers"]), len(network()["mentors"])) == (62, 9)


def test_every_agency_has_one_office_in_every_province() -> None:
    offices = load("reference/offices.yaml")
    expected = {(agency, province.code) for agency in codes("agencies") for province in geothai.provinces()}
    assert len(offices) == 385
    assert {(row["agency"], row["province"]) for row in offices} == expected
    assert {f"{row['agency']}-{row['province']}" for row in offices} == set(codes("offices"))
    assert not [row for row in offices if row["verified"] and (row["agency"] == "DSD" or row["province"] == "10")]


def test_codes_are_unique_and_name_what_exists() -> None:
    types = load("reference/problem_types.yaml")
    for name in ("agencies", "problem_types", "offices", "legal_clocks"):
        assert len(set(codes(name))) == len(codes(name)), name
    assert {code for row in types for code in (row["agency"], *row["also"])} <= set(codes("agencies"))
    clocks = load("reference/legal_clocks.yaml")
    assert {code for row in clocks for code in row["problem_types"]} <= set(codes("problem_types"))


def test_an_unconfirmed_fact_is_never_marked_as_verified() -> None:
    rows = [*load("reference/legal_clocks.yaml"), *load("reference/severance.yaml")]
    assert [row for row in rows if (row["certainty"] == "L") == row["verified"]] == []
    assert [row for row in load("reference/service_standards.yaml") if row["verified"]] == []


def test_the_provincial_office_has_5_people_and_each_other_office_3() -> None:
    staff = network()["staff"]
    kinds = Counter((row["office"], row["kind"]) for row in staff)
    assert (kinds["OPS-43", "COORDINATOR"], kinds["OPS-43", "OFFICER"]) == (1, 4)
    for office in ("DOE-43", "DSD-43", "DLPW-43", "SSO-43"):
        assert (kinds[office, "OFFICE_HEAD"], kinds[office, "OFFICER"]) == (1, 2)
        assert [row["handles_sensitive"] for row in staff if row["office"] == office] == [True, False, True]
    assert len(staff) == 17


def test_people_are_distinct_invented_and_reachable_under_valid_numbers() -> None:
    names = [(person["given_name"], person["family_name"]) for person in people()]
    phones = [phone for person in people() for phone in person.get("phones", [person.get("phone")])]
    parsed = [phonenumbers.parse(phone, "TH") for phone in phones]
    assert len(names) == len(set(names)) == 490
    assert len(phones) == len(set(phones))
    assert OFFICIALS.isdisjoint(family for _, family in names)
    assert {phonenumbers.number_type(number) for number in parsed} == {phonenumbers.PhoneNumberType.MOBILE}
    assert all(phonenumbers.is_valid_number(number) for number in parsed)


def test_identifiers_are_distinct_and_have_a_right_check_digit() -> None:
    citizens = [case["citizen"] for case in read_scripts()]
    kinds = ("national_id", "passport", "pink_card")
    given = [citizen[kind] for citizen in citizens for kind in kinds if citizen[kind]]
    assert len(given) == len(set(given))
    assert [row for row in citizens if row["national_id"] and not pin.is_valid(row["national_id"])] == []
    pink = [row["pink_card"] for row in citizens if row["pink_card"]]
    assert [card for card in pink if card[-1] != pin.calc_check_digit(card)] == []


def test_the_showcase_has_the_reference_that_the_pages_name() -> None:
    """Cases are numbered within their Buddhist year, in the order in which they are played."""
    number = 0
    for script in read_scripts():
        number += script["opened"] >= "2026"
        if script["key"] == "showcase":
            break
        number += sum(step["do"] == "duplicate" and moment(script, step).year == 2026 for step in script["steps"])
    assert make_reference(province="43", buddhist_year=2569, sequence=number) == SHOWCASE


def test_60_cases_are_written_by_hand_with_their_own_keys_the_showcase_first() -> None:
    cases = load("demo/cases.yaml")
    assert (len(cases), len({case["key"] for case in cases}), cases[0]["key"]) == (60, 60, "showcase")
    assert len({case["area"][:4] for case in cases}) == 9
    assert {problem for case in cases for problem in case["problems"]} == set(codes("problem_types"))
