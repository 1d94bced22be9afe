"""Values that cannot be accepted: each a refusal with its own code and the path to it; nothing changes."""

from typing import Any

from casework.errors import RefusalCode
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.schema.stage import on_case, screened
from tests.world import VOLUNTEER, World

Refused = tuple[str, str]
NATIONAL = "NATIONAL_ID"


def _id(kind: str, number: str) -> dict[str, Any]:
    return {"identifiers": [{"kind": kind, "number": number}]}


CITIZEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "empty": ({"givenName": ""}, "TEXT_MISSING", "givenName"),
    "only spaces": ({"familyName": " \u200b\n\t "}, "TEXT_MISSING", "familyName"),
    "control": ({"givenName": "สม\x00ชาย"}, "TEXT_BROKEN", "givenName"),
    "escape": ({"title": "\x1b[31mนาย"}, "TEXT_BROKEN", "title"),
    "c1 control": ({"familyName": "มี\x85สุข"}, "TEXT_BROKEN", "familyName"),
    "non-character": ({"givenName": "สม\uffff"}, "TEXT_BROKEN", "givenName"),
    "too long": ({"givenName": "ก" * 101}, "TEXT_TOO_LONG", "givenName"),
    "far too long": ({"givenName": "ก" * 20_000}, "TEXT_TOO_LONG", "givenName"),
    "check digit": (_id(NATIONAL, "1-4399-00012-34-5"), "NATIONAL_ID_INVALID", "identifiers.0.number"),
    "twelve digits": (_id(NATIONAL, "143990001234"), "NATIONAL_ID_INVALID", "identifiers.0.number"),
    "letters": (_id(NATIONAL, "ABCDEFGHIJKLM"), "NATIONAL_ID_INVALID", "identifiers.0.number"),
    "arabic digits": (_id(NATIONAL, "١٤٣٩٩٠٠٠١٢٣٤٥"), "NATIONAL_ID_INVALID", "identifiers.0.number"),
    "no number": (_id(NATIONAL, ""), "NATIONAL_ID_INVALID", "identifiers.0.number"),
    "control in number": (_id(NATIONAL, "\x00"), "NATIONAL_ID_INVALID", "identifiers.0.number"),
    "pink card": (_id("PINK_CARD", "1439900012345"), "PINK_CARD_INVALID", "identifiers.0.number"),
    "passport": (_id("PASSPORT", "A!"), "PASSPORT_INVALID", "identifiers.0.number"),
    "long passport": (_id("PASSPORT", "A" * 13), "PASSPORT_INVALID", "identifiers.0.number"),
    "short phone": ({"phones": ["0812345678", "081"]}, "PHONE_INVALID", "phones.1"),
    "no phone": ({"phones": [""]}, "PHONE_INVALID", "phones.0"),
    "words": ({"phones": ["โทรหาป้า"]}, "PHONE_INVALID", "phones.0"),
    "no such country": ({"phones": ["+999123456789"]}, "PHONE_INVALID", "phones.0"),
    "control in phone": ({"phones": ["\x00"]}, "PHONE_INVALID", "phones.0"),
    "many phones": ({"phones": ["0812345678"] * 6}, "TOO_MANY", "phones"),
    "many addresses": ({"addresses": ["1"] * 6}, "TOO_MANY", "addresses"),
    "empty address": ({"addresses": ["99/1", ""]}, "TEXT_MISSING", "addresses.1"),
    "area": ({"area": "999999"}, "AREA_UNKNOWN", "area"),
    "no area": ({"area": ""}, "AREA_UNKNOWN", "area"),
    "control in area": ({"area": "\x00"}, "AREA_UNKNOWN", "area"),
    "future": ({"capturedAt": "2099-01-01T00:00:00Z"}, "DATE_IN_FUTURE", "capturedAt"),
    "soon": ({"capturedAt": "2030-01-01T00:00:00+07:00"}, "DATE_IN_FUTURE", "capturedAt"),
    "Buddhist": ({"capturedAt": "2569-11-16T09:00:00+07:00"}, "BUDDHIST_YEAR", "capturedAt"),
    "last year of all": ({"capturedAt": "9999-12-31T23:59:59Z"}, "BUDDHIST_YEAR", "capturedAt"),
    "too early": ({"capturedAt": "0001-01-02T00:00:00Z"}, "DATE_TOO_EARLY", "capturedAt"),
}
CASE: dict[str, tuple[dict[str, Any], str, str]] = {
    "no problem": ({"problemTypes": []}, "PROBLEM_MISSING", "problemTypes"),
    "unknown problem": ({"problemTypes": ["UNPAID_WAGES", "HUNGER"]}, "PROBLEM_TYPE_UNKNOWN", "problemTypes.1"),
    "empty problem": ({"problemTypes": [""]}, "PROBLEM_TYPE_UNKNOWN", "problemTypes.0"),
    "problem twice": ({"problemTypes": ["UNPAID_WAGES"] * 2}, "PROBLEM_REPEATED", "problemTypes"),
    "many problems": ({"problemTypes": [f"P{n}" for n in range(11)]}, "TOO_MANY", "problemTypes"),
    "amphoe": ({"area": "4301"}, "AREA_NOT_TAMBON", "area"),
    "unknown area": ({"area": "430199"}, "AREA_UNKNOWN", "area"),
    "workplace": ({"workplaceArea": "0"}, "AREA_UNKNOWN", "workplaceArea"),
    "no narrative": ({"narrative": "  "}, "TEXT_MISSING", "narrative"),
    "long narrative": ({"narrative": "ก" * 10_001}, "TEXT_TOO_LONG", "narrative"),
    "broken narrative": ({"narrative": "ก\x07"}, "TEXT_BROKEN", "narrative"),
    "long title": ({"title": "ก" * 301}, "TEXT_TOO_LONG", "title"),
    "no workplace name": ({"workplaceName": ""}, "TEXT_MISSING", "workplaceName"),
}
STATUS: dict[str, tuple[dict[str, Any], str, str]] = {
    "illegal step": ({"state": "RESOLVED"}, "CASE_STEP_ILLEGAL", "state"),
    "no review": ({"state": "WAITING_CITIZEN"}, "REVIEW_DATE_MISSING", "reviewOn"),
    "today": ({"state": "WAITING_AGENCY", "reviewOn": "2026-11-16"}, "DATE_IN_PAST", "reviewOn"),
    "Buddhist": ({"state": "WAITING_AGENCY", "reviewOn": "2569-11-30"}, "BUDDHIST_YEAR", "reviewOn"),
    "too far": ({"state": "WAITING_AGENCY", "reviewOn": "2029-01-01"}, "DATE_TOO_FAR", "reviewOn"),
    "unwanted review": ({"state": "IN_PROGRESS", "reviewOn": "2026-12-01"}, "REVIEW_DATE_UNWANTED", "reviewOn"),
    "no reason": ({"state": "WITHDRAWN"}, "REASON_MISSING", "reason"),
    "empty reason": ({"state": "WITHDRAWN", "reason": " "}, "TEXT_MISSING", "reason"),
    "unwanted reason": ({"state": "IN_PROGRESS", "reason": "ก"}, "REASON_UNWANTED", "reason"),
}
REFERRAL: dict[str, tuple[dict[str, Any], str, str]] = {
    "outside coverage": ({"office": {"code": "DLPW-10"}}, "OFFICE_OUTSIDE_COVERAGE", "office"),
    "unknown problem": ({"problemType": "HUNGER"}, "PROBLEM_TYPE_UNKNOWN", "problemType"),
    "other problem": ({"problemType": "MATERNITY"}, "PROBLEM_NOT_OF_CASE", "problemType"),
    "no reason": ({"reason": ""}, "TEXT_MISSING", "reason"),
    "long reason": ({"reason": "ก" * 10_001}, "TEXT_TOO_LONG", "reason"),
    "too late": ({"respondBy": "2027-06-01T00:00:00Z"}, "RESPOND_BY_TOO_LATE", "respondBy"),
    "in the past": ({"respondBy": "2026-01-01T00:00:00Z"}, "DATE_IN_PAST", "respondBy"),
}


async def _check(
    world: World, api: Api, verb: str, given: dict[str, Any], table: dict[str, tuple[dict[str, Any], str, str]]
) -> None:
    before = await world.fingerprint()
    for name, (wrong, code, path) in table.items():
        refused = await api.do(verb, VOLUNTEER, **{**given, **wrong})
        expected = (code, ["input", *path.split(".")])
        assert (refused.get("code"), refused.get("path")) == expected, (name, refused)
        assert refused["__typename"] in {"InvalidInput", "NotPossible"}
    assert await world.fingerprint() == before


async def test_a_citizen_with_wrong_values_is_not_registered(world: World, api: Api) -> None:
    await _check(world, api, "registerCitizen", await scene_of("registerCitizen").stage(api), CITIZEN)


async def test_a_case_with_wrong_values_is_not_opened(world: World, api: Api) -> None:
    await _check(world, api, "openCase", await scene_of("openCase").stage(api), CASE)


async def test_a_case_does_not_make_a_wrong_step(world: World, api: Api) -> None:
    case_id = await screened(world)
    await api.do("updateCaseStatus", VOLUNTEER, **await on_case(api, case_id, state="IN_PROGRESS"))
    await _check(world, api, "updateCaseStatus", await on_case(api, case_id), IN_PROGRESS)


IN_PROGRESS = {
    name: (({**wrong, "state": "WAITING_CITIZEN"} if "WAITING" in wrong["state"] else wrong), code, path)
    for name, (wrong, code, path) in STATUS.items()
    if wrong["state"] not in {"RESOLVED", "IN_PROGRESS"}
} | {
    "to where it is": ({"state": "IN_PROGRESS"}, "CASE_STEP_ILLEGAL", "state"),
    "back": ({"state": "SCREENING"}, "CASE_STEP_ILLEGAL", "state"),
    "to an end of other verbs": ({"state": "CLOSED"}, "CASE_STEP_ILLEGAL", "state"),
}


async def test_a_screened_case_takes_neither_review_nor_reason(world: World, api: Api) -> None:
    case_id = await screened(world)
    wrong = {name: row for name, row in STATUS.items() if row[0]["state"] in {"RESOLVED", "IN_PROGRESS"}}
    await _check(world, api, "updateCaseStatus", await on_case(api, case_id), wrong)


async def test_a_wrong_referral_is_not_sent(world: World, api: Api) -> None:
    await _check(world, api, "referCase", await scene_of("referCase").stage(api), REFERRAL)


async def test_a_note_of_ten_thousand_characters_is_taken_and_one_more_refused(world: World, api: Api) -> None:
    case = api.case(await world.case())
    before = await world.fingerprint()
    refused = await api.do("addNote", VOLUNTEER, case=case, text="ก" * 10_001)
    assert (refused["code"], refused["message"]) == ("TEXT_TOO_LONG", "Shorten this to 10000 characters.")
    assert await world.fingerprint() == before
    assert (await api.do("addNote", VOLUNTEER, case=case, text="ก" * 10_000))["__typename"] == "AddNotePayload"
    assert await world.value("SELECT length(text) FROM note") == 10_000


async def test_a_closed_case_takes_nothing_more(world: World, api: Api) -> None:
    case_id = await screened(world)
    referring = await scene_of("referCase").stage(api)
    await api.do(
        "updateCaseStatus", VOLUNTEER, **await on_case(api, case_id, state="OUT_OF_SCOPE", reason="ไม่ใช่เรื่องแรงงาน")
    )
    before = await world.fingerprint()
    given = await on_case(api, case_id)
    for verb, more in (
        ("addNote", {"text": "โทรแล้ว"}),
        ("updateCaseStatus", {"state": "IN_PROGRESS"}),
        ("referCase", {**referring, **given}),
    ):
        wanted = {**given, **more} if verb != "addNote" else {"case": given["case"], **more}
        refused = await api.do(verb, VOLUNTEER, **wanted)
        assert (refused["__typename"], refused["code"]) == ("NotPossible", RefusalCode.CASE_ENDED.value)
    assert await world.fingerprint() == before
