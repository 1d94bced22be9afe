"""Rows of a case as it stood at an instant: what `resolvers/rows.py` has, and the story by which it was told."""

from datetime import UTC, datetime, timedelta

from casework.rules.stories import CaseStory, ReferralStory
from resolvers.rows import CaseRow, HoldingRow, ProblemRow, ReferralRow

BYTES = 8
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def then_key(case_id: int, at: datetime, own: bytes = b"") -> bytes:
    """Name a case at an instant, to the microsecond, or something of it."""
    return case_id.to_bytes(BYTES) + ((at - EPOCH) // timedelta(microseconds=1)).to_bytes(BYTES) + own


def read_then_key(key: bytes) -> tuple[int, datetime, bytes]:
    at = EPOCH + timedelta(microseconds=int.from_bytes(key[BYTES : 2 * BYTES]))
    return int.from_bytes(key[:BYTES]), at, key[2 * BYTES :]


class CaseThen(CaseRow):
    """A case as it stood; the viewer's level and standing are those of now."""

    story: CaseStory
    problems: "list[ProblemThen]"
    referrals: "list[ReferralThen]"

    @property
    def as_of(self) -> datetime:
        return self.story.at

    @property
    def key(self) -> bytes:
        return then_key(self.id, self.as_of)


class ProblemThen(ProblemRow):
    """A problem as it stood. Its row may be gone since, so it is known by its type."""

    at: datetime

    @property
    def as_of(self) -> datetime:
        return self.at

    @property
    def own_key(self) -> bytes:
        return self.problem_type_code.encode()

    @property
    def key(self) -> bytes:
        return then_key(self.case_id, self.at, self.own_key)


class ReferralThen(ReferralRow):
    """A referral as it stood."""

    case: CaseThen
    story: ReferralStory

    @property
    def as_of(self) -> datetime:
        return self.case.as_of

    @property
    def own_key(self) -> bytes:
        return self.id.to_bytes(BYTES)

    @property
    def key(self) -> bytes:
        return then_key(self.case_id, self.as_of, self.own_key)


class HoldingThen(HoldingRow):
    """A leg of the journey as it stood."""

    at: datetime

    @property
    def as_of(self) -> datetime:
        return self.at
