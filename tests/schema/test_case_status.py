"""The citizen's own window: the card for reference and tracking code, and the same null for all that is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from casework.actions.renew_tracking_code import renew_tracking_code
from casework.policy.levels import FIELD_LEVELS
from casework.policy.window import CARD
from casework.rules.next_steps import NEXT_STEPS
from casework.rules.references import make_reference
from models import Case
from models.vocabulary import CaseState, Level
from schema.contract import contract
from tests.api import Api
from tests.casework import situations
from tests.schema.window import SHORT, told
from tests.world import DLPW, VOLUNTEER, World

CARD_QUERY = """query ($reference: String!, $code: String!) { caseStatus(reference: $reference, trackingCode: $code) {
  reference state stateName stateNameEn nextStep openedAt openedAtThai updatedAt updatedAtThai dueAt dueAtThai
  problems { name nameEn } offices { name nameEn hotline } } }"""


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """Collect the statements of an operation and of the rate limits, which run outside it."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engines = [world.reader.sync_engine, world.writer.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def test_the_citizen_sees_the_status_card_and_nothing_else(world: World, api: Api) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "WORK_INJURY")
    await world.referral(case_id)
    await world.referral(case_id, to="DSD-43", problem_type_code="WORK_INJURY")
    card = (await api.ask(CARD_QUERY, **await told(world, case_id)))["caseStatus"]
    dlpw, dsd = "สำนักงานสวัสดิการและคุ้มครองแรงงานจังหวัดหนองคาย", api.world.reference.offices_by_code["DSD-43"]
    assert card.pop("offices") == [
        {"name": dlpw, "nameEn": api.world.reference.offices_by_code["DLPW-43"].name_en, "hotline": "1546"},
        {"name": dsd.name_th, "nameEn": dsd.name_en, "hotline": "1506"},
    ]
    names = [api.world.reference.problem_types[code] for code in ("UNPAID_WAGES", "WORK_INJURY")]
    assert card.pop("problems") == [{"name": kind.name_th, "nameEn": kind.name_en} for kind in names]
    assert card == {
        "reference": "43-2569-00001-4",
        "state": "SCREENING",
        "stateName": "คัดกรอง",
        "stateNameEn": "The holder finds out what it is about and who is responsible.",
        "nextStep": NEXT_STEPS[CaseState.SCREENING].en,
        "openedAt": "2026-11-16T03:00:00Z",
        "openedAtThai": "16 พ.ย. 2569 10:00 น.",
        "updatedAt": "2026-11-16T06:00:00Z",
        "updatedAtThai": "16 พ.ย. 2569 13:00 น.",
        "dueAt": "2026-11-19T09:30:00Z",
        "dueAtThai": "19 พ.ย. 2569 16:30 น.",
    }


async def test_the_next_step_is_told_in_the_language_asked(world: World, api: Api) -> None:
    given = await told(world, await world.case())
    query = CARD_QUERY.replace("reference state", "state")
    assert (await api.ask(query, language="th", **given))["caseStatus"]["nextStep"] == NEXT_STEPS[CaseState.NEW].th


@pytest.mark.parametrize("by", [None, VOLUNTEER, DLPW])
async def test_whoever_knows_reference_and_code_is_answered_alike_signed_in_or_not(
    world: World, api: Api, by: str | None
) -> None:
    given = await told(world, await world.case())
    assert await api.ask(SHORT, by, **given) == {"caseStatus": {"state": "NEW"}}


async def test_what_people_type_is_understood(world: World, api: Api) -> None:
    given = await told(world, await world.case())
    typed = {"reference": "๔๓ 2569 00001 4", "code": given["code"].lower().replace("-", " ").replace("0", "o")}
    assert await api.ask(SHORT, **typed) == {"caseStatus": {"state": "NEW"}}


async def test_all_that_is_wrong_is_the_same_null_after_the_same_statements(world: World, api: Api) -> None:
    first, second = await told(world, await world.case()), await told(world, await world.case())
    renewed = await world.case()
    old = await told(world, renewed)
    await world.on_case(VOLUNTEER, renew_tracking_code, renewed)
    wrong = {
        "another case's code": {**first, "code": second["code"]},
        "an old code": old,
        "a mistyped code": {**first, "code": f"{first['code'][:-1]}{'0' if first['code'][-1] != '0' else '2'}"},
        "no code at all": {**first, "code": "1234"},
        "an empty code": {**first, "code": ""},
        "a reference of no case": {**first, "reference": make_reference(province="43", buddhist_year=2569, sequence=9)},
        "a mistyped reference": {**first, "reference": "43-2569-00001-5"},
        "no reference at all": {**first, "reference": "ก" * 1000},
    }
    answers, asked = [], []
    for given in wrong.values():
        with statements(world) as seen:
            answers.append(await api.answer(SHORT, **given))
        asked.append(seen)
    assert answers == [{"data": {"caseStatus": None}}] * len(wrong)
    assert asked == [asked[0]] * len(wrong)
    assert len(asked[0]) == 3
    assert await api.ask(SHORT, **first) == {"caseStatus": {"state": "NEW"}}


def test_the_card_leads_to_nothing_that_has_an_id_and_reads_no_column_above_status() -> None:
    reached = {"CaseStatus", "CaseStatusProblem", "CaseStatusOffice"}
    for name in reached:
        kind: Any = contract()._schema.type_map[name]
        assert kind.interfaces == ()
        assert {str(field.type).strip("[]!") for field in kind.fields.values()} <= {
            "String",
            "Boolean",
            "DateTime",
            "CaseState",
            *reached,
        }
    shown = {column.name for column in CARD.selected_columns} - {"tracking_generation"}
    assert {FIELD_LEVELS[Case][name] for name in shown} == {Level.STATUS}
