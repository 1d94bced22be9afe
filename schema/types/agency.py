"""Agencies of the Ministry and their offices."""

from typing import Annotated

import strawberry

from casework.reference.data import AgencyRow, OfficeRow
from resolvers.context import Context
from schema.binding import noun, plain, worked_out
from schema.ids import identity
from schema.types.area import Area, area_of
from schema.types.connection import Connection
from schema.types.node import Node


@noun(AgencyRow, description="One of the five agencies of the Ministry of Labour.")
class Agency:
    code: str = plain("OPS, DOE, DSD, DLPW or SSO.")
    name: str = worked_out(lambda agency, _: agency.name_th, "Thai name.")
    name_en: str = plain("English name.")
    hotline: str | None = plain("Confirmed hotline number, if it has one.")
    offices: list[Annotated["Office", strawberry.lazy("schema.types.agency")]] = worked_out(
        lambda agency, context: [o for o in context.reference.offices.values() if o.agency_code == agency.code],
        "Its offices in all provinces, in the order of provinces.",
        size=77,
    )


@noun(OfficeRow, description="An agency's office in a province: where referrals go.")
class Office(Node):
    id: strawberry.ID = identity("Office")
    code: str = plain("Agency and province, for example DLPW-43.")
    name: str = worked_out(lambda office, _: office.name_th, "Thai name.")
    name_en: str = plain("English name.")
    verified: bool = plain("False while the name is not confirmed by an official list.")
    agency: Agency = worked_out(
        lambda office, context: context.reference.agencies[office.agency_code], "The agency it belongs to."
    )
    province: Area = worked_out(lambda office, context: area_of(office.province_code, context), "Its province.")


OfficeConnection = Connection[Office]


def office_of(office_id: int | None, context: Context) -> OfficeRow | None:
    return None if office_id is None else context.reference.offices[office_id]
