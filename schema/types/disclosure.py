"""What was disclosed of a citizen."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.disclosures import Disclosed, fields_of
from models.vocabulary import DisclosedField, LegalBasis
from resolvers.cases import cases_by_ids
from resolvers.referrals import referrals_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.types.agency import Office, office_of
from schema.types.connection import Connection

if TYPE_CHECKING:
    from schema.types.labour_case import Case
    from schema.types.referral import Referral


@noun(Disclosed, description="A disclosure packet as it was in force: the office saw the case with its citizen.")
class Disclosure:
    office: Office = worked_out(lambda row, context: office_of(row.office_id, context), "The office that saw it.")
    fields: list[DisclosedField] = worked_out(
        lambda row, _: fields_of(row.discloses), "What it saw beyond level WORK.", size=len(DisclosedField)
    )
    legal_basis: LegalBasis = plain("On which ground.")
    since: datetime = plain("From when on.")
    ends_at: datetime = plain("Until when: it was ended or replaced, or the packet ends then.")
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] = linked(
        cases_by_ids, "The case.", of="case_id"
    )
    referral: Annotated["Referral", strawberry.lazy("schema.types.referral")] = linked(
        referrals_by_ids, "The referral that disclosed it.", of="referral_id"
    )


DisclosureConnection = Connection[Disclosure]
