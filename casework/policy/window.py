"""The citizen's own window: the status card of one case, for whoever knows its reference and tracking code.

The only way to a case that does not begin with an actor. Row-level security shows such a caller nothing: these
functions of the database (migrations/versions/0008_wall.sql and 0010_posts.sql) give columns of level STATUS and lead
nowhere else.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Text, bindparam, column, func, select

from models.columns import Coded
from models.vocabulary import CaseState

_CASE_ID = bindparam("case_id", type_=BigInteger())
_CARD = (
    "id",
    "tracking_generation",
    "reference",
    "state",
    "sensitive",
    "opened_at",
    "updated_at",
    "due_at",
    "resolved_at",
)

_TYPES: dict[str, Any] = {"state": Coded(CaseState)}
_SHOWN: list[ColumnElement[Any]] = [column(name, _TYPES.get(name)) for name in _CARD]

CARD = select(*_SHOWN).select_from(func.status_card(bindparam("reference", type_=Text())).table_valued(*_CARD))
"""Id and generation are there to judge the code, `sensitive` to judge an answer; the rest is shown if it is right."""

PROBLEMS: Select[Any] = select(column("problem_type_code")).select_from(
    func.status_problems(_CASE_ID).table_valued("problem_type_code")
)

OFFICES: Select[Any] = select(column("office_id")).select_from(func.status_offices(_CASE_ID).table_valued("office_id"))
"""Every office that took part, in the order in which they came in."""
