"""Areas of Thailand."""

from datetime import date
from typing import Annotated

import strawberry

from casework.reference.data import AreaRow
from casework.rules.calendar import thai_date
from models.vocabulary import AreaLevel
from resolvers.context import Context
from resolvers.directory import children_of
from resolvers.population import PopulationRow, population_of
from schema.binding import noun, plain, worked_out
from schema.types.connection import Connection


def _parent(area: AreaRow, context: Context) -> AreaRow | None:
    return context.reference.areas[area.parent_code] if area.parent_code else None


@noun(
    PopulationRow,
    description="How many people lived in an area, by the civil registration of the Department of Provincial"
    " Administration (กรมการปกครอง). Whoever lives where they are not registered, such as many workers from abroad, is"
    " not in it.",
)
class Population:
    residents: int = plain("How many people were registered in the area.")
    counted_on: date = plain("On which day. Show it beside the number: later counts come with releases.")
    counted_on_thai: str = worked_out(lambda row, _: thai_date(row.counted_on), "The same in Thai, Buddhist Era.")


@noun(AreaRow, description="A province, amphoe or tambon (in Bangkok: khet and khwaeng), by its DOPA code.")
class Area:
    code: str = plain("DOPA code of 2, 4 or 6 digits; it begins with the code of the area around it.")
    level: AreaLevel = plain("Which of the three levels.")
    name: str = worked_out(lambda area, _: area.name_th, "Thai name, without the word for the level.")
    name_en: str = plain("English name.")
    population: Population | None = worked_out(
        lambda area, _: population_of(area), "How many people live in it; null for a tambon younger than the count."
    )
    parent: Annotated["Area", strawberry.lazy("schema.types.area")] | None = worked_out(
        _parent, "The area around it; none for a province."
    )
    children: list[Annotated["Area", strawberry.lazy("schema.types.area")]] = worked_out(
        lambda area, context: children_of(context, area), "The areas inside it, one level down.", size=50
    )


AreaConnection = Connection[Area]


def area_of(code: str | None, context: Context) -> AreaRow | None:
    return None if code is None else context.reference.areas[code]
