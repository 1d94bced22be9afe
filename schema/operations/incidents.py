"""Incidents: the coordinator's list of them, and what is done about one."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from casework.actions.dismiss_incident import dismiss_incident
from casework.actions.refer_incident import MOST_CASES, refer_incident
from casework.errors import Refusal, RefusalCode
from casework.work import Work
from models.action_words import CaseAction
from models.incident_words import IncidentDismissal, IncidentState
from models.vocabulary import DisclosedField, LegalBasis, ReasonCategory, ReferralKind
from resolvers.incidents import INCIDENTS, incidents_by_ids, list_incidents
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, Intent, OfficeRef, carry_out, given_as, intent
from schema.codes import known_area
from schema.ids import wanted_id
from schema.operations.referrals import sending_of
from schema.rules_in_words import case_rule
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.incident import Incident, IncidentConnection

LED = "Who: the coordinator of the incident's province."


async def _incidents(
    info: Info,
    area: Annotated[
        str | None,
        strawberry.argument(
            description="Only incidents with a case taken inside this province, amphoe or tambon of your province."
        ),
    ] = None,
    state: Annotated[IncidentState | None, strawberry.argument(description="Only those that stand so.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, INCIDENTS, first, last, after, before)
    inside = known_area(info.context, area, "area")
    return await list_incidents(info.context, area_code=inside, state=state, page=page)


@strawberry.type
class IncidentQueries:
    incidents: IncidentConnection | None = strawberry.field(
        resolver=_incidents,
        description="Incidents of your province, the last that grew first. Only coordinators may ask.",
    )


@strawberry.input(description="An intent about an incident.")
class IncidentIntent(Intent):
    incident: strawberry.ID = strawberry.field(description="Id of the incident.")
    expected_version: int = strawberry.field(
        description=f"Of the incident: a case that joins raises it too. {EXPECTED_VERSION}"
    )

    def find(self, info: Info) -> int:
        return wanted_id(info.context, "Incident", self.incident, "input", "incident")


@strawberry.input(description="Refer the cases of an incident together: one referral of the kind REFER for each.")
class ReferIncidentInput(IncidentIntent):
    office: OfficeRef = strawberry.field(description="The office: it covers every case's area, workplace or home.")
    problem_type: str = strawberry.field(description="Code of the problem it is about.")
    reason: str = strawberry.field(description="Why, for those who read the cases; each case keeps it.")
    reason_category: ReasonCategory = strawberry.field(description="Why, in one word.")
    legal_basis: LegalBasis = strawberry.field(description="On which ground personal data are disclosed.")
    cases: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description=f"Ids of the cases to refer, at most {MOST_CASES}: all of them, or none and a refusal whose `path`"
        " ends in the reference of the case that stands against it. Left out: each case that has the problem and goes"
        " on, that you may refer, and that the office does not have already.",
    )
    discloses: list[DisclosedField] = strawberry.field(
        default_factory=list,
        description="What the office may see of each case beyond level WORK once it has registered it.",
    )
    respond_by: datetime | None = strawberry.field(
        default=None, description="A shorter time to answer than the service standard gives."
    )
    disclosure_expires_at: datetime | None = strawberry.field(
        default=None,
        description="Until when the office sees a person in the cases; without it the service standard decides.",
    )


@strawberry.type(description="The cases were referred, all in one transaction.")
class ReferIncidentPayload:
    incident: Incident = strawberry.field(description="The incident as it stands now; its cases have the referrals.")


async def _refer_incident(info: Info, input: Annotated[ReferIncidentInput, given_as("What is sent where.")]) -> Any:
    async def act(work: Work) -> int:
        sending = sending_of(input, info.context, ReferralKind.REFER)
        return await refer_incident(
            work,
            incident_id=input.find(info),
            expected_version=input.expected_version,
            sending=sending,
            case_ids=_case_ids(info, input.cases),
        )

    return await carry_out(
        info, input, act, look_up=incidents_by_ids, payload=lambda row: ReferIncidentPayload(incident=row)
    )


def _case_ids(info: Info, cases: list[strawberry.ID] | None) -> list[int] | None:
    if cases is None:
        return None
    if len(cases) > MOST_CASES:
        raise Refusal(RefusalCode.TOO_MANY, "input", "cases", limit=MOST_CASES)
    return [wanted_id(info.context, "Case", case, "input", "cases", str(at)) for at, case in enumerate(cases)]


@strawberry.input(description="Find that the cases of an incident have no cause in common.")
class DismissIncidentInput(IncidentIntent):
    dismissal: IncidentDismissal = strawberry.field(description="Why.")


@strawberry.type(description="Dismissed: its cases tell of no common cause until another one joins.")
class DismissIncidentPayload:
    incident: Incident = strawberry.field(description="The incident as it stands now.")


async def _dismiss_incident(info: Info, input: Annotated[DismissIncidentInput, given_as("Which, and why.")]) -> Any:
    async def act(work: Work) -> int:
        return await dismiss_incident(
            work,
            incident_id=input.find(info),
            expected_version=input.expected_version,
            dismissal=input.dismissal,
        )

    return await carry_out(
        info, input, act, look_up=incidents_by_ids, payload=lambda row: DismissIncidentPayload(incident=row)
    )


@strawberry.type
class IncidentMutations:
    refer_incident = intent(
        _refer_incident,
        ReferIncidentPayload,
        f"Refer the cases of an incident together to one office. {LED} Of each case: "
        f"{case_rule(CaseAction.REFER_TOGETHER)}",
    )
    dismiss_incident = intent(
        _dismiss_incident,
        DismissIncidentPayload,
        f"Dismiss an incident; it is proposed again when another case joins. {LED}",
    )
