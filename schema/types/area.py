"""Areas of Thailand."""

from typing import Annotated

import strawberry

from casework.reference.data import AreaRow
from models.vocabulary import AreaLevel
from resolvers.context import Context
from resolvers.directory import children_of
from schema.binding import noun, plain, worked_out
from schema.types.connection import Connection


def _parent(area: AreaRow, context: Context) -> AreaRow | None:
    return context.reference.areas[area.parent_code] if area.parent_code else None


@noun(AreaRow, description="A province, amphoe or tambon (in Bangkok: khet and khwaeng), by its DOPA code.")
class Area:
    code: str = plain("DOPA code of 2, 4 or 6 digits; it begins with the code of the area around it.")
    level: AreaLevel = plain("Which of the three levels.")
    name: str = worked_out(lambda area, _: area.name_th, "Thai name, without the word for the level.")
    name_en: str = plain("English name.")
    parent: Annotated["Area", strawberry.lazy("schema.types.area")] | None = worked_out(
        _parent, "The area around it; none for a province."
    )
    children: list[Annotated["Area", strawberry.lazy("schema.types.area")]] = worked_out(
        lambda area, context: children_of(context, area), "The areas inside it, one level down.", size=50
    )


AreaConnection = Connection[Area]


def area_of(code: str | None, context: Context) -> AreaRow | None:
    return None if code is None else context.reference.areas[code]
