"""Triage over HTTP: the same for everybody, without a statement, refused by field, and taken by `openCase` as it is."""

from typing import Any

import pytest

from schema.contract import contract
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, VOLUNTEER, World

QUERY = """query ($input: TriageInput!) { triage(input: $input) {
  problems {
    type { code } responsibleAgency { code }
    offices { office { code } place task leads instead: insteadOf { code } because { ...why } }
    rights { applies note noteEn because { ...why } }
  }
  deadlines {
    code kind problemTypes { code } startedOn endsAt lastDay lastDayThai standing rightLost because { ...why }
  }
  datesToAsk documents { code name problemTypes { code } because { ...why } }
  forms { code number agency { code } because { ...why } }
  severance { wageDays employedDays because { ...why } }
  opening { problemTypes workplaceArea keyDates { event day } }
} }
fragment why on Because { rule version law section source certainty verified appliedTo }"""
DISMISSED: dict[str, Any] = {
    "problemTypes": ["SEVERANCE"],
    "answeredYes": ["DISMISSED"],
    "keyDates": [{"event": "EMPLOYMENT_ENDED", "day": "2026-10-01"}],
    "employmentBegan": "2020-10-02",
    "insured": "SECTION_33",
    "workplaceArea": "2001",
    "employerArea": "10",
    "homeArea": "430116",
}


@pytest.mark.parametrize("by", [None, VOLUNTEER, DLPW, COORDINATOR, AUDITOR, ADMIN])
async def test_everybody_is_answered_alike_and_nothing_changes(world: World, api: Api, by: str | None) -> None:
    before = await world.fingerprint()
    found = (await api.ask(QUERY, by, input=DISMISSED))["triage"]
    first, second = found["problems"]
    assert [o["office"]["code"] for o in first["offices"]] == ["DLPW-20", "DLPW-10"]
    assert [(o["office"]["code"], o["leads"]) for o in second["offices"]] == [("SSO-43", True), ("DOE-43", False)]
    assert first["offices"][0]["because"] == {
        "rule": "MONEY_CLAIM_AT_WORKPLACE",
        "version": "1998-08-19",
        "law": "พระราชบัญญัติคุ้มครองแรงงาน พ.ศ. 2541",
        "section": "123",
        "source": "text of LPA s.123, the complaint goes to the inspector where the employee works or where the"
        " employer is domiciled",
        "certainty": "H",
        "verified": True,
        "appliedTo": "2026-11-16",
    }
    (deadline,) = found["deadlines"]
    assert (deadline["code"], deadline["standing"], deadline["rightLost"]) == ("REGISTER_UNEMPLOYED", "PASSED", True)
    assert (deadline["lastDay"], deadline["lastDayThai"]) == ("2026-10-31", "31 ต.ค. 2569")
    assert (deadline["endsAt"], deadline["because"]["appliedTo"]) == ("2026-10-31T17:00:00Z", "2026-10-01")
    assert (found["severance"]["wageDays"], found["severance"]["employedDays"]) == (240, 2191)
    assert found["severance"]["because"]["rule"] == "SEVERANCE_6_YEAR"
    assert [form["number"] for form in found["forms"]] == ["คร.7", "สปส.2-01/7"]
    assert found["datesToAsk"] == ["COMPLAINT_FILED", "ORDER_SERVED"]
    assert found["opening"] == {
        "problemTypes": ["SEVERANCE", "UNEMPLOYMENT_BENEFIT"],
        "workplaceArea": "2001",
        "keyDates": DISMISSED["keyDates"],
    }
    assert await world.fingerprint() == before


async def test_it_runs_no_statement(api: Api) -> None:
    with api.statements() as seen:
        await api.ask(QUERY, input=DISMISSED)
    assert seen == []


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing": ({"problemTypes": [], "answeredYes": []}, "PROBLEM_MISSING", "problemTypes"),
    "unknown problem": ({"problemTypes": ["HUNGER"]}, "PROBLEM_TYPE_UNKNOWN", "problemTypes.0"),
    "problem twice": ({"problemTypes": ["SEVERANCE"] * 2}, "PROBLEM_REPEATED", "problemTypes"),
    "many problems": ({"problemTypes": ["SEVERANCE"] * 51}, "TOO_MANY", "problemTypes"),
    "many answers": ({"answeredYes": ["DISMISSED"] * 51}, "TOO_MANY", "answeredYes"),
    "unknown question": ({"answeredYes": ["DISMISSED", "\x00"]}, "QUESTION_UNKNOWN", "answeredYes.1"),
    "no place": ({"workplaceArea": None, "employerArea": None, "homeArea": None}, "PLACE_MISSING", "homeArea"),
    "unknown workplace": ({"workplaceArea": "00"}, "AREA_UNKNOWN", "workplaceArea"),
    "unknown employer": ({"employerArea": ""}, "AREA_UNKNOWN", "employerArea"),
    "unknown home": ({"homeArea": "\x00"}, "AREA_UNKNOWN", "homeArea"),
    "began tomorrow": ({"employmentBegan": "2026-11-17", "keyDates": []}, "DATE_IN_FUTURE", "employmentBegan"),
    "began in a Buddhist year": ({"employmentBegan": "2563-01-01"}, "BUDDHIST_YEAR", "employmentBegan"),
    "began too early": ({"employmentBegan": "1939-12-31"}, "DATE_TOO_EARLY", "employmentBegan"),
    "ended before it began": ({"employmentBegan": "2026-10-02"}, "DATES_CONTRADICT", "employmentBegan"),
    "injured tomorrow": ({"keyDates": [{"event": "INJURY", "day": "2026-11-17"}]}, "DATE_IN_FUTURE", "keyDates.0.day"),
    "claimed before the injury": (
        {
            "keyDates": [
                {"event": "INJURY", "day": "2026-11-02"},
                {"event": "COMPENSATION_CLAIMED", "day": "2026-11-01"},
            ]
        },
        "DATES_CONTRADICT",
        "keyDates.1.day",
    ),
    "event twice": (
        {"keyDates": [{"event": "INJURY", "day": "2026-11-02"}] * 2},
        "KEY_DATE_REPEATED",
        "keyDates.1.event",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_wrong_answer_is_refused_with_its_field(world: World, api: Api, name: str) -> None:
    wrong, code, path = BAD[name]
    before = await world.fingerprint()
    answer = await api.answer(QUERY, VOLUNTEER, input={**DISMISSED, **wrong})
    (error,) = answer["errors"]
    assert answer["data"] == {"triage": None}
    assert (error["extensions"]["code"], error["extensions"]["path"]) == (code, ["input", *path.split(".")])
    assert await world.fingerprint() == before


async def test_a_contradiction_names_both_fields(api: Api) -> None:
    answer = await api.answer(QUERY, input={**DISMISSED, "employmentBegan": "2026-10-02"})
    assert answer["errors"][0]["message"] == (
        "Check these two dates: EMPLOYMENT_ENDED cannot lie before employmentBegan."
    )


async def test_eleven_problems_by_questions_are_too_many_for_a_case(api: Api) -> None:
    asked = "{ problemTypes { triageQuestions { code text textEn } } }"
    codes = {q["code"] for kind in (await api.ask(asked))["problemTypes"] for q in kind["triageQuestions"]}
    assert len(codes) == 20
    answer = await api.answer(QUERY, input={**DISMISSED, "answeredYes": sorted(codes)})
    assert answer["errors"][0]["extensions"]["code"] == "TOO_MANY"


async def test_open_case_takes_the_answer_as_it_is(world: World, api: Api) -> None:
    given = await scene_of("openCase").stage(api)
    opening = (await api.ask(QUERY, VOLUNTEER, input=DISMISSED))["triage"]["opening"]
    want = "case { problems { type { code } } keyDates { event day } }"
    opened = await api.do("openCase", VOLUNTEER, want=want, **{**given, **opening})
    assert opened["case"]["keyDates"] == opening["keyDates"]
    assert [problem["type"]["code"] for problem in opened["case"]["problems"]] == opening["problemTypes"]
    assert await world.value("SELECT workplace_area_code FROM case_content") == "2001"


def fields_of(name: str) -> dict[str, Any]:
    kind: Any = contract()._schema.type_map[name]
    return dict(kind.fields)


def test_the_fields_of_the_opening_are_typed_as_open_case_takes_them() -> None:
    taken = fields_of("OpenCaseInput")
    for name, declared in fields_of("TriageOpening").items():
        if name != "keyDates":
            assert str(declared.type) == str(taken[name].type)
    assert set(fields_of("TriageKeyDate")) == set(fields_of("KeyDateInput"))


async def test_a_right_is_never_told_lost_by_a_rule_that_nobody_has_confirmed(api: Api) -> None:
    query = """{ triage(input: {problemTypes: ["UNPAID_WAGES"], homeArea: "43", keyDates: [
      {event: COMPLAINT_FILED, day: "2026-01-05"}, {event: ORDER_SERVED, day: "2026-02-02"}]}) {
      deadlines { code kind standing rightLost because { verified } } } }"""
    found = {each["code"]: each for each in (await api.ask(query, VOLUNTEER))["triage"]["deadlines"]}
    challenge = found["CHALLENGE_ORDER_IN_COURT"]
    assert (challenge["kind"], challenge["standing"]) == ("CITIZEN_RIGHT", "PASSED")
    assert (challenge["because"], challenge["rightLost"]) == ({"verified": False}, False)
