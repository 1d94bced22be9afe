"""What the viewer sees and may do."""

from typing import Any, NamedTuple

from casework.errors import RefusalCode
from casework.policy.permissions import Verdict
from models.vocabulary import AccessLevel, AccessSource, Level
from resolvers.context import Context
from resolvers.rows import AccessRow
from schema.binding import noun, plain, worked_out


@noun(AccessRow, description="At which level you see a case, and why. Fields beyond the level are null.")
class ViewerAccess:
    level: AccessLevel = worked_out(lambda row, _: AccessLevel(Level(row.level).name), "The level.")
    reason: AccessSource = plain("What gives you this level.")


class PermissionRow(NamedTuple):
    allowed: bool
    reason: RefusalCode | None
    message: str | None


@noun(PermissionRow, description="Whether you may do something.")
class Permission:
    allowed: bool = plain("Whether the mutation would be let through.")
    reason: RefusalCode | None = plain("Why not; null when allowed.")
    message: str | None = plain("Why not, as a sentence in the language you accept; null when allowed.")


NOT_IN_THE_PAST = Verdict(RefusalCode.AS_OF_THE_PAST)


def verdict_row(verdict: Verdict, context: Context, **facts: Any) -> PermissionRow:
    code = verdict.refusal
    if code is None:
        return PermissionRow(allowed=True, reason=None, message=None)
    return PermissionRow(allowed=False, reason=code, message=code.sentence(thai=context.thai, facts=facts))
