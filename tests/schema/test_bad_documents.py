"""Values of the wrong shape never reach an action: one code, no data, nothing changed."""

from typing import Any
from uuid import uuid4

import pytest

from casework.actions.accept_referral import accept_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.start_referral import start_referral
from tests.api import Api
from tests.schema.stage import screened
from tests.world import VOLUNTEER, World

REGISTER = "mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"
UPDATE = "mutation ($input: UpdateCaseStatusInput!) { updateCaseStatus(input: $input) { __typename } }"
COMPLETE = "mutation ($input: CompleteReferralInput!) { completeReferral(input: $input) { ... on Refusal { code } } }"
NAIVE: tuple[Any, ...] = (
    "2026-11-16T09:00:00",
    "2026-11-16",
    "16/11/2569",
    "now",
    "",
    5,
    True,
    None,
    [],
    "2026-13-01T00:00:00Z",
    "1" * 41,
)
WORDS: tuple[Any, ...] = (None, 5, ["a"], {}, True)
AMOUNTS: tuple[Any, ...] = ("", "abc", 1.5, "1,000", {}, "1" * 41, [])
WRONG: list[tuple[str, dict[str, Any]]] = [
    *[(REGISTER, {"capturedAt": at}) for at in NAIVE if at is not None],
    (REGISTER, {"capturedAt": "0001-01-01T00:00:00+14:00"}),
    (REGISTER, {"capturedAt": "9999-12-31T23:59:59-12:00"}),
    *[(REGISTER, {"operationId": value}) for value in ("", "1", "x" * 36, 7, None, str(uuid4())[:-1])],
    *[(REGISTER, {"phones": value}) for value in ([5], "0" * 41, [None], {"a": 1}, [["0812345678"]])],
    *[(REGISTER, {"givenName": value}) for value in WORDS],
    *[(REGISTER, {"language": value}) for value in ("th", "XX", "", 1)],
    (REGISTER, {"identifiers": [{"kind": "CAR", "number": "1"}]}),
    (REGISTER, {"unknown": 1}),
    *[(UPDATE, {"reviewOn": value}) for value in ("2026-02-30", "16/11/2026", "", 20261116, "2026-11-16T00:00:00Z")],
    *[(UPDATE, {"expectedVersion": value}) for value in (2**31, -(2**31) - 1, 1.5, "1", True, None)],
    (UPDATE, {"state": "DONE"}),
    *[(COMPLETE, {"amountClaimed": value}) for value in AMOUNTS],
]


@pytest.mark.parametrize("inlined", [False, True], ids=["variables", "literals"])
async def test_values_of_the_wrong_shape_are_refused_before_anything_is_done(
    world: World, api: Api, *, inlined: bool
) -> None:
    case = api.case(await world.case())
    before = await world.fingerprint()
    right: dict[str, dict[str, Any]] = {
        REGISTER: {"operationId": str(uuid4()), "givenName": "สมชาย", "familyName": "มีสุข"},
        UPDATE: {"operationId": str(uuid4()), "case": case, "expectedVersion": 1, "state": "SCREENING"},
        COMPLETE: {"operationId": str(uuid4()), "referral": "x", "expectedVersion": 1, "report": "ก"},
    }
    for document, wrong in WRONG:
        given = {**right[document], **wrong}
        if inlined:
            query = "mutation" + document.split(")", 1)[1].replace("$input", _literal(given))
            answer = await api.answer(query, VOLUNTEER)
        else:
            answer = await api.answer(document, VOLUNTEER, input=given)
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert (codes, answer.get("data")) == ({"GRAPHQL_VALIDATION_FAILED"}, None), wrong
    assert await world.fingerprint() == before


ENUMS = {"state", "language", "kind"}


def _literal(value: Any, name: str = "") -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_literal(inner, key)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(inner) for inner in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return value if name in ENUMS and str(value).isalpha() else f'"{value}"' if isinstance(value, str) else str(value)


async def test_a_text_with_a_lone_surrogate_is_refused_wherever_it_stands(world: World, api: Api) -> None:
    before = await world.fingerprint()
    input_ = f'{{"operationId":"{uuid4()}","givenName":"\\ud83d","familyName":"x"}}'
    in_variables = f'{{"query":"{REGISTER}","variables":{{"input":{input_}}}}}'
    response = await _post(api, in_variables)
    assert (response[0], response[1]["extensions"]["code"]) == (400, "BODY_NOT_JSON")
    in_name = '{"query":"{ agencies { code } }","variables":{"\\udfff": 1}}'
    assert (await _post(api, in_name))[1]["extensions"]["code"] == "BODY_NOT_JSON"
    escaped = REGISTER.split(")", 1)[1].replace(
        "$input", f'{{operationId: "{uuid4()}", givenName: "%s", familyName: "x"}}'
    )
    for escape in (r"\ud83d", r"\u{D83D}", r"\uDFFF", r"\u{110000}", r"\x"):
        answer = await api.answer("mutation" + escaped % escape, VOLUNTEER)
        assert (answer["errors"][0]["extensions"]["code"], answer.get("data")) == ("GRAPHQL_PARSE_FAILED", None), escape
    assert await world.fingerprint() == before


async def test_a_pair_of_surrogates_is_one_character(world: World, api: Api) -> None:
    input_ = f'{{"operationId":"{uuid4()}","givenName":"\\ud83d\\ude00","familyName":"x"}}'
    status, answer = await _post(api, f'{{"query":"{REGISTER}","variables":{{"input":{input_}}}}}')
    assert (status, answer) == (200, {"registerCitizen": {"__typename": "RegisterCitizenPayload"}})
    assert await world.value("SELECT given_name FROM citizen") == "😀"


async def _post(api: Api, body: str) -> tuple[int, Any]:
    headers = {**api.headers(VOLUNTEER), "content-type": "application/json"}
    response = await api.client.post("/graphql", content=body, headers=headers)
    answer = response.json()
    return response.status_code, answer["data"] if "data" in answer else answer["errors"][0]


async def test_amounts_beyond_reason_are_refused_as_data(world: World, api: Api) -> None:
    referral = await _started(world)
    before = await world.fingerprint()
    for amount in (
        "-1",
        "0.001",
        "1e12",
        "NaN",
        "Infinity",
        "-Infinity",
        "sNaN",
        "1e999999",
        "1e-999999",
        10**12,
        "1e40",
    ):
        given = {
            "operationId": str(uuid4()),
            "referral": api.id("Referral", referral[0]),
            "expectedVersion": referral[1],
            "report": "จ่ายแล้ว",
            "outcome": "PAID",
            "amountRecovered": amount,
        }
        result = (await api.ask(COMPLETE.replace("code", "code path"), "officer DLPW-43", input=given))[
            "completeReferral"
        ]
        assert result == {"code": "AMOUNT_INVALID", "path": ["input", "amountRecovered"]}, amount
    assert await world.fingerprint() == before


async def _started(world: World) -> tuple[int, int]:
    referral_id = await world.referral(await screened(world))
    for step in (receive_referral, accept_referral, start_referral):
        await world.on_referral("officer DLPW-43", step, referral_id)
    return referral_id, await world.value("SELECT version FROM referral WHERE id = :id", id=referral_id)
