"""References in inputs: exactly one way to name a case, a citizen, an office, a holder."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api import Api
from tests.schema.stage import on_case, screened
from tests.world import OTHER_VOLUNTEER, VOLUNTEER, World


async def test_a_phone_names_by_operation_what_it_opened_offline(world: World, api: Api) -> None:
    registering, opening = str(uuid4()), str(uuid4())
    await api.do("registerCitizen", VOLUNTEER, givenName="สมชาย", familyName="มีสุข", operationId=registering)
    opened = await api.do(
        "openCase",
        VOLUNTEER,
        want="case { id citizen { name } version }",
        citizen={"registeredBy": registering},
        problemTypes=["UNPAID_WAGES"],
        area="430116",
        narrative="ไม่ได้รับค่าจ้าง",
        channel="VOLUNTEER",
        operationId=opening,
    )
    assert opened["case"]["citizen"] == {"name": "สมชาย มีสุข"}
    updated = await api.do(
        "updateCaseStatus",
        VOLUNTEER,
        want="case { id state }",
        case={"openedBy": opening},
        expectedVersion=opened["case"]["version"],
        state="SCREENING",
    )
    assert updated["case"] == {"id": opened["case"]["id"], "state": "SCREENING"}
    noted = await api.do("addNote", VOLUNTEER, want="note { text }", case={"openedBy": opening}, text="โทรแล้ว")
    assert noted["note"] == {"text": "โทรแล้ว"}

    before = await world.fingerprint()
    for by, case in ((OTHER_VOLUNTEER, opening), (VOLUNTEER, registering), (VOLUNTEER, str(uuid4()))):
        refused = await api.do("addNote", by, case={"openedBy": case}, text="โทรแล้ว")
        assert (refused["code"], refused["path"]) == ("NOT_FOUND", ["input", "case", "openedBy"])
    assert await world.fingerprint() == before


@pytest.mark.parametrize(
    "case",
    [{}, {"id": None}, {"id": None, "openedBy": None}, {"id": "p1", "openedBy": str(uuid4())}, {"name": "x"}, None, 5],
)
async def test_a_reference_names_its_case_in_exactly_one_way(world: World, api: Api, case: Any) -> None:
    await world.case()
    before = await world.fingerprint()
    for inlined in (True, False):
        answer = await _note(api, case, inlined=inlined)
        assert {error["extensions"]["code"] for error in answer["errors"]} == {"GRAPHQL_VALIDATION_FAILED"}
        assert answer.get("data") is None
    assert await world.fingerprint() == before


async def _note(api: Api, case: Any, *, inlined: bool) -> dict[str, Any]:
    select = "{ ... on Refusal { code } }"
    if not inlined:
        given = {"operationId": str(uuid4()), "case": case, "text": "โทรแล้ว"}
        return await api.answer(
            f"mutation ($input: AddNoteInput!) {{ addNote(input: $input) {select} }}", VOLUNTEER, input=given
        )
    return await api.answer(
        f'mutation {{ addNote(input: {{operationId: "{uuid4()}", case: {_literal(case)}, text: "x"}}) {select} }}',
        VOLUNTEER,
    )


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_literal(inner)}" for name, inner in value.items()) + "}"
    return "null" if value is None else f'"{value}"' if isinstance(value, str) else str(value)


async def test_an_office_is_named_by_id_or_by_code(world: World, api: Api) -> None:
    office = api.id("Office", world.office("DLPW-43"))
    for ref in ({"code": "DLPW-43"}, {"id": office}):
        given = await on_case(api, await screened(world), office=ref, **REFERRING)
        sent = await api.do("referCase", VOLUNTEER, want="referral { toOffice { code } }", **given)
        assert sent["referral"] == {"toOffice": {"code": "DLPW-43"}}


@pytest.mark.parametrize("ref", [{"code": "DLPW-99"}, {"code": ""}, {"code": "dlpw-43"}, {"id": "p1"}, {"id": ""}])
async def test_an_unknown_office_is_not_found(world: World, api: Api, ref: dict[str, str]) -> None:
    given = await on_case(api, await screened(world), office=ref, **REFERRING)
    before = await world.fingerprint()
    refused = await api.do("referCase", VOLUNTEER, **given)
    assert (refused["__typename"], refused["code"]) == ("NotFound", "NOT_FOUND")
    assert refused["path"][:2] == ["input", "office"]
    answer = await api.answer(FILTERED, VOLUNTEER, filter={"office": ref})
    assert answer["data"] == {"cases": None}
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert await world.fingerprint() == before


@pytest.mark.parametrize("holder", [{}, {"seat": None}, {"office": {}}, {"office": {"code": "SSO-43", "id": "p1"}}])
async def test_a_holder_is_a_post_or_an_office(api: Api, holder: dict[str, Any]) -> None:
    answer = await api.answer(FILTERED, VOLUNTEER, filter={"holder": holder})
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"GRAPHQL_VALIDATION_FAILED"}


FILTERED = "query ($filter: CaseFilter) { cases(first: 1, filter: $filter) { nodes { id } } }"
REFERRING = {
    "problemType": "UNPAID_WAGES",
    "reason": "อยู่ในอำนาจของสำนักงาน",
    "reasonCategory": "COMPETENCE",
    "legalBasis": "CONSENT",
}
