"""Every refusal says in Thai and in English what to do next, with its facts filled in."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from casework.errors import Refusal, RefusalCode
from casework.rules import amounts, calendar, deadlines, states, texts
from models.action_words import ReferralAction
from models.vocabulary import Priority, ReferralKind, ReferralState
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.schema.stage import on_case, on_referral, screened
from tests.world import MONDAY, VOLUNTEER, World

AMOUNT = RefusalCode.AMOUNT_INVALID
CLOSING = "2026-11-16T09:30:00+00:00"
THAI = re.compile(r"[\u0e00-\u0e7f]")
FACTS = {
    "TEXT_TOO_LONG": {"limit"},
    "TOO_MANY": {"limit"},
    "DATE_TOO_FAR": {"limit"},
    "DATES_CONTRADICT": {"earlier", "later"},
    "RESPOND_BY_TOO_LATE": {"limit"},
    "EXTENSION_TOO_LONG": {"limit"},
    "FILE_TOO_LARGE": {"limit"},
    "ATTACHMENTS_TOO_MANY": {"limit"},
    "WEBHOOK_URL_INVALID": {"limit"},
    "WEBHOOKS_TOO_MANY": {"limit"},
    "EXPORT_TOO_LARGE": {"count", "limit"},
    "EXPORTS_UNDER_WAY": {"limit"},
    "EXPORT_QUOTA_USED": {"limit"},
    "DAYS_OUT_OF_RANGE": {"limit"},
    "PAGE_SIZE_INVALID": {"limit"},
    "NUMBER_OUT_OF_RANGE": {"limit"},
    "IDS_TOO_MANY": {"limit"},
    "SEARCH_TOO_LONG": {"limit"},
    "PERIOD_TOO_LONG": {"limit"},
    "COUNT_OUT_OF_RANGE": {"limit"},
    "FISCAL_YEAR_WRONG": {"earliest", "latest"},
    "ROUND_TAKEN": {"round", "year"},
    "PARTICIPANTS_TOO_MANY": {"limit"},
    "NOT_IN_THIS_STATE": {"before"},
    "CASE_STEP_ILLEGAL": {"before", "after"},
    "OUTCOME_MISSING": {"problems"},
    "REFERRALS_OPEN": {"count"},
    "REFERRAL_STEP_ILLEGAL": {"before"},
    "RATE_LIMITED": {"seconds"},
    "BIRTH_YEAR_INVALID": {"earliest", "latest"},
}
"""What is given where each code is raised."""


def _named(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("code", list(RefusalCode), ids=str)
def test_a_refusal_is_a_sentence_in_both_languages_that_takes_the_facts_given(code: RefusalCode) -> None:
    facts = FACTS.get(code.value, set())
    assert _named(code.th) == _named(code.description) == facts
    filled = dict.fromkeys(facts, "7")
    thai, english = code.sentence(thai=True, facts=filled), code.sentence(thai=False, facts=filled)
    assert THAI.search(thai)
    assert not THAI.search(english)
    assert re.fullmatch(r"[A-Z7].*\.", english)
    assert "{" not in thai + english


def _refused(act: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as caught:
        act(*args, **given)
    return caught.value.sentence(thai=True) + " | " + caught.value.sentence(thai=False)


def test_the_facts_of_every_rule_fill_its_sentence() -> None:
    late = {"kind": ReferralKind.REFER, "priority": Priority.NORMAL, "sent_at": MONDAY, "holidays": ()}
    later = MONDAY.replace(year=2027)
    assert [
        _refused(texts.clean, "กขค", limit=2),
        _refused(calendar.coming_day, later.date(), now=MONDAY, within=timedelta(days=1)),
        _refused(deadlines.referral_times, (), wanted=later, **late),
        _refused(states.check_case_step, states.C.NEW, states.C.RESOLVED),
        _refused(states.check_resolvable, ["UNPAID_WAGES"], 0),
        _refused(states.check_resolvable, [], 2),
        _refused(states.next_referral_state, ReferralState.SENT, ReferralAction.START, ReferralKind.REFER),
        _refused(amounts.amount, Decimal(-1)),
    ] == [
        "ข้อความยาวเกิน 2 ตัวอักษร กรุณาย่อให้สั้นลง | Shorten this to 2 characters.",
        "วันอยู่ไกลเกินไป กรุณาเลือกวันไม่เกิน 2026-11-17 | Choose a date not later than 2026-11-17.",
        f"กำหนดตอบรับต้องไม่ช้ากว่า {CLOSING} | The time to respond may be shortened only; it ends at {CLOSING}.",
        "เปลี่ยนสถานะจาก NEW เป็น RESOLVED ไม่ได้ | A case cannot go from NEW to RESOLVED.",
        "ยังมีปัญหาที่ไม่มีผล: UNPAID_WAGES | Record an outcome for every problem first: UNPAID_WAGES.",
        "ยังมีการส่งต่อที่ไม่เสร็จ 2 รายการ | 2 referrals are still open; wait for them or recall them.",
        "การส่งต่ออยู่ในสถานะ SENT จึงทำรายการนี้ไม่ได้ | The referral is SENT; this cannot be done now.",
        f"{AMOUNT.th} | Give an amount in baht that is not negative and has at most two decimals.",
    ]


@pytest.mark.parametrize(
    ("header", "thai"),
    [
        ("", True),
        ("th", True),
        ("th-TH,th;q=0.9,en;q=0.8", True),
        ("en", False),
        ("en-GB,en;q=0.9", False),
        ("en-US;q=0.7, th;q=0.3", False),
        ("EN", False),
        ("fr, de", True),
        ("fr, en", False),
        ("*", True),
        ("x" * 5000, True),
    ],
)
async def test_messages_are_thai_unless_english_is_asked_for(
    world: World, api: Api, header: str, *, thai: bool
) -> None:
    code = RefusalCode.NOT_SIGNED_IN
    answer = await api.answer("{ cases(first: 1) { nodes { id } } }", None, language=header)
    assert answer["errors"][0]["message"] == (code.th if thai else code.description)
    as_data = await api.do("addNote", None, case={"id": "p1"}, text="x")
    assert as_data["message"] == code.description
    assert (await world.fingerprint())["note"] == ""


async def test_refusals_that_state_facts_state_them_over_http_too(world: World, api: Api) -> None:
    case_id = await screened(world)
    referral_id = await world.referral(case_id)
    illegal = await api.do("updateCaseStatus", VOLUNTEER, **await on_case(api, case_id, state="CLOSED"))
    assert illegal["message"] == "A case cannot go from SCREENING to CLOSED."
    given = await on_referral(api, referral_id)
    early = await api.do("startReferral", "officer DLPW-43", **given)
    assert early["message"] == "The referral is SENT; this cannot be done now."
    many = await api.do(
        "registerCitizen", VOLUNTEER, **{**await scene_of("registerCitizen").stage(api), "phones": ["0812345678"] * 6}
    )
    assert many["message"] == "Give at most 5."
    await api.do("updateCaseStatus", VOLUNTEER, **await on_case(api, case_id, state="IN_PROGRESS"))
    unresolved = await api.do("updateCaseStatus", VOLUNTEER, **await on_case(api, case_id, state="RESOLVED"))
    assert unresolved["message"] == "Record an outcome for every problem first: UNPAID_WAGES."
