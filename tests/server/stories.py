"""What clients of a served installation do, told in GraphQL."""

from typing import Any
from uuid import uuid4

from tests.server.installation import Service
from tests.world import TAMBON, VOLUNTEER

EVENTS = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) {
  ... on CaseEvent { cursor event { id kind note { text } } }
  ... on AccessEnded { caseId why }
  ... on Refusal { code }
} }"""
INBOX = """subscription ($after: String) { inboxEvents(after: $after) {
  __typename
  ... on InboxEvent { cursor event { kind note { text } } case { id } }
  ... on CursorMoved { cursor }
  ... on ResyncRequired { reason cursor }
  ... on Refusal { code }
} }"""
_DO = "mutation ($input: %sInput!) { result: %s(input: $input) { ... on %sPayload { %s } ... on Refusal { code } } }"


async def do(service: Service, verb: str, by: str, *, want: str, **given: Any) -> dict[str, Any]:
    kind = verb[0].upper() + verb[1:]
    given = {"operationId": str(uuid4()), **given}
    result: dict[str, Any] = (await service.ask(_DO % (kind, verb, kind, want), by, input=given))["result"]
    assert "code" not in result, result
    return result


async def open_case(service: Service, by: str = VOLUNTEER) -> dict[str, Any]:
    """Register a citizen and open a case; give its id, version, timeline and eventsCursor."""
    citizen = await do(service, "registerCitizen", by, want="citizen { id }", givenName="สมหญิง", familyName="ใจดี")
    opened = await do(
        service,
        "openCase",
        by,
        want="case { id version eventsCursor timeline(last: 5) { nodes { kind } } }",
        citizen={"id": citizen["citizen"]["id"]},
        problemTypes=["UNPAID_WAGES"],
        area=TAMBON,
        narrative="ไม่ได้รับค่าจ้าง",
        channel="VOLUNTEER",
    )
    case: dict[str, Any] = opened["case"]
    return case


async def note(service: Service, case: dict[str, Any], text: str, audience: str = "CASE", by: str = VOLUNTEER) -> None:
    await do(service, "addNote", by, want="note { id }", case={"id": case["id"]}, text=text, audience=audience)


async def refer(service: Service, case: dict[str, Any]) -> dict[str, Any]:
    """Screen the case and refer it to DLPW-43; give the referral's id and version."""
    screened = await do(
        service,
        "updateCaseStatus",
        VOLUNTEER,
        want="case { version }",
        case={"id": case["id"]},
        expectedVersion=case["version"],
        state="SCREENING",
    )
    sent = await do(
        service,
        "referCase",
        VOLUNTEER,
        want="referral { id version }",
        case={"id": case["id"]},
        expectedVersion=screened["case"]["version"],
        office={"code": "DLPW-43"},
        problemType="UNPAID_WAGES",
        reason="อยู่ในอำนาจ",
        reasonCategory="COMPETENCE",
        legalBasis="CONSENT",
    )
    referral: dict[str, Any] = sent["referral"]
    return referral


def heard(payload: Any) -> Any:
    """Give the event of a `next` message."""
    assert "errors" not in payload, payload
    (news,) = payload["data"].values()
    return news
