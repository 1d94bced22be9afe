"""One case, followed across departments in one query."""

from tests.api import Api
from tests.world import COORDINATOR, DLPW, VOLUNTEER, World

FOLLOW = """
query ($reference: String!) {
  caseByReference(reference: $reference) {
    reference state
    holder { ... on Volunteer { name } ... on Office { name } }
    departments { office { code } level }
    referrals(first: 5) { nodes { state toOffice { code } } totalCount { count isExact } }
    journey { since until }
    timeline(last: 20) { nodes { kind actor { name } } }
    viewerAccess { level reason }
    viewerCan(action: REFER) { allowed reason }
  }
}
"""


async def test_the_volunteer_and_the_coordinator_follow_one_case_across_departments(world: World, api: Api) -> None:
    case_id = await world.case(VOLUNTEER, "UNPAID_WAGES")
    reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
    for state in ("SCREENING", "IN_PROGRESS"):
        version = await world.version(case_id)
        answer = await api.do(
            "updateCaseStatus",
            VOLUNTEER,
            want="case { version state }",
            case=api.case(case_id),
            state=state,
            expectedVersion=version,
        )
        assert answer["case"] == {"version": version + 1, "state": state}
    await world.referral(case_id)

    for by, reason, may in ((VOLUNTEER, "HOLDER", True), (COORDINATOR, "AREA", False)):
        found = (await api.ask(FOLLOW, by, reference=reference))["caseByReference"]
        assert found["holder"] == {"name": "อาสาสมัครแรงงานตำบลหนองกอมเกาะ"}
        assert found["departments"] == [{"office": {"code": "DLPW-43"}, "level": "ANONYMOUS"}]
        assert found["referrals"]["nodes"] == [{"state": "SENT", "toOffice": {"code": "DLPW-43"}}]
        assert found["referrals"]["totalCount"] == {"count": 1, "isExact": True}
        assert [event["kind"] for event in found["timeline"]["nodes"]] == [
            "CASE_OPENED",
            "CASE_STATUS_CHANGED",
            "CASE_STATUS_CHANGED",
            "REFERRAL_SENT",
        ]
        assert found["viewerAccess"] == {"level": "FULL", "reason": reason}
        assert found["viewerCan"]["allowed"] is may

    found = (await api.ask(FOLLOW, DLPW, reference=reference))["caseByReference"]
    assert found["viewerAccess"] == {"level": "ANONYMOUS", "reason": "REFERRAL"}
