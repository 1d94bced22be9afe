"""Whom the service reaches."""

from datetime import datetime
from typing import Any

from casework.rules.campaigns import ProposedCampaign as Proposal
from models.statistics_words import CampaignReason
from resolvers.context import Context
from resolvers.reach import AgencyReachRow, TambonReachRow, tambons_of
from resolvers.reach import Reach as Asked
from schema.binding import linked, noun, plain, worked_out
from schema.types.agency import Agency
from schema.types.area import Area, area_of
from schema.types.problem_type import ProblemType
from schema.types.statistics import SUPPRESSED


def _types(codes: Any, context: Context) -> Any:
    return None if codes is None else [context.reference.problem_types[code] for code in codes]


@noun(Proposal, description="What a publicity campaign could be about. A proposal: nothing is planned by it.")
class ProposedCampaign:
    topics: list[ProblemType] = worked_out(
        lambda row, context: _types(row.topics, context),
        "At most three problems on which the agency leads: first what most people around came with in the period. To"
        " auditors in the order of `problemTypes`.",
        size=3,
    )
    reason: CampaignReason = plain("Why it is proposed.")
    reason_text: str = worked_out(
        lambda row, context: row.reason.th if context.thai else row.reason.description,
        "The same as a sentence in the language you accept.",
    )


@noun(AgencyReachRow, description="What one agency did for the people of a tambon. A null count is withheld.")
class AgencyReach:
    agency: Agency = worked_out(lambda row, context: context.reference.agencies[row.agency_code], "The agency.")
    cases: int | None = plain("Cases opened in the period with a problem on which it leads.")
    people: int | None = plain("Different citizens of these cases, where you see them at level ANONYMOUS or higher.")
    days_since_last_case: int | None = worked_out(
        lambda row, _: row.days,
        "Days in Bangkok from the last such case, however old, to the end of the period. Null: never, or withheld.",
    )
    proposed_campaign: ProposedCampaign | None = worked_out(
        lambda row, _: row.campaign, "Where no case was opened in the period: a campaign that could be held."
    )
    suppressed: bool = plain(SUPPRESSED)


@noun(TambonReachRow, description="A tambon, and what each agency did for its people.")
class TambonReach:
    area: Area = worked_out(lambda row, context: area_of(row.area_code, context), "The tambon.")
    agencies: list[AgencyReach] = plain("Each agency; for officers and heads their own.")
    problem_types_never_seen: list[ProblemType] | None = worked_out(
        lambda row, context: _types(row.never_seen, context),
        "Problem types of these agencies of which the tambon never had a case, of those that you see. Null to auditors,"
        " to whom it would tell single cases.",
        size=31,
    )


@noun(
    Asked,
    description="How far the service reaches. Compare with `Area.population`, how many people live there.",
)
class Reach:
    area: Area = worked_out(lambda row, context: area_of(row.area_code, context), "The area asked about.")
    since: datetime = plain("The beginning of the period.")
    until: datetime = worked_out(lambda row, _: row.till, "Its end; now at the latest.")
    tambons: list[TambonReach] = linked(tambons_of, "Every tambon of the area, in the order of their codes.")
