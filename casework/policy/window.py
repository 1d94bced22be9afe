"""The citizen's own window: the status card of one case, for whoever knows its reference and tracking code.

The only way to a case that does not begin with an actor; it reads columns of level STATUS and leads nowhere else.
"""

from sqlalchemy import BigInteger, Text, bindparam, func, select

from casework.policy.visibility import part, the_case
from models import CaseProblem, table_of

problem = table_of(CaseProblem)
_CASE_ID = bindparam("case_id", type_=BigInteger())

CARD = select(
    the_case.c.id,
    the_case.c.tracking_generation,
    the_case.c.reference,
    the_case.c.state,
    the_case.c.opened_at,
    the_case.c.updated_at,
    the_case.c.due_at,
).where(the_case.c.reference == bindparam("reference", type_=Text()))
"""Id and generation are there to judge the code; the rest is shown if it is right."""

PROBLEMS = (
    select(problem.c.problem_type_code).where(problem.c.case_id == _CASE_ID).order_by(problem.c.position, problem.c.id)
)

OFFICES = (
    select(part.c.office_id)
    .where(part.c.case_id == _CASE_ID, part.c.office_id.is_not(None))
    .group_by(part.c.office_id)
    .order_by(func.min(part.c.since), part.c.office_id)
)
"""Every office that took part, in the order in which they came in."""
