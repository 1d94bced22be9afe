"""A case under way: what the actions on a case write, kept in memory until the case has ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from casework.demo.country.case_rows import (
    AssignmentRow,
    CaseRow,
    ContentRow,
    HoldingRow,
    NoteRow,
    ParticipationRow,
    ProblemRow,
)
from casework.demo.country.country import Country
from casework.demo.country.posts import Post
from casework.demo.country.referral_rows import ReferralContentRow, ReferralRow
from casework.journal import Payload
from models.vocabulary import AccessSource, Audience, CaseState, Disclosure, EventKind, Level, SubjectKind


class Sent(NamedTuple):
    """A referral of the case, and who sent it."""

    row: ReferralRow
    content: ReferralContentRow
    sender: Post

    @property
    def is_open(self) -> bool:
        return self.row.ended_at is None


class Dossier:
    """The rows of one case; each method does what the action of that name does, without asking whether it may."""

    __slots__ = (
        "assignments",
        "case",
        "content",
        "country",
        "holdings",
        "over",
        "participations",
        "problems",
        "referrals",
        "volunteer",
    )

    def __init__(
        self, country: Country, case: CaseRow, content: ContentRow, problem_types: Sequence[str], *, by: Post
    ) -> None:
        """Open the case: the one who opens it holds it."""
        new_id = country.ledger.new_id
        self.country = country
        self.case = case
        self.content = content
        self.volunteer = by if case.volunteer_seat_id is not None else None
        self.problems = [
            ProblemRow(id=new_id(), case_id=case.id, problem_type_code=code, position=at)
            for at, code in enumerate(problem_types, 1)
        ]
        self.holdings: list[HoldingRow] = []
        self.participations: list[ParticipationRow] = []
        self.assignments: list[AssignmentRow] = []
        self.referrals: list[Sent] = []
        self.over = False
        self._begin_holding()
        if case.volunteer_seat_id is not None or case.sensitive:
            self.begin_participation(Level.FULL, AccessSource.OPENED, seat_id=by.seat_id)
        opened: Payload = {
            "problemTypes": list(problem_types),
            "channel": case.channel.value,
            "area": case.area_code,
            "seat": case.holder_seat_id,
            "office": case.holder_office_id,
        }
        self.append(EventKind.CASE_OPENED, opened, by=by)

    def append(self, kind: EventKind, payload: Payload, *, by: Post | None, audience: Audience = Audience.CASE) -> None:
        now = self.country.now
        self.country.ledger.append(self.case, SubjectKind.CASE, kind, payload, by=by, at=now, audience=audience)

    def touch(self, *, versioned: bool) -> None:
        self.case.updated_at = self.country.now
        self.case.version += versioned

    # Who takes part.

    def begin_participation(
        self,
        level: Level,
        source: AccessSource,
        *,
        seat_id: int | None = None,
        office_id: int | None = None,
        referral_id: int | None = None,
        discloses: Disclosure = Disclosure.NOTHING,
        expires_at: datetime | None = None,
    ) -> None:
        self.participations.append(
            ParticipationRow(
                id=self.country.ledger.new_id(),
                case_id=self.case.id,
                seat_id=seat_id,
                office_id=office_id,
                level=level,
                discloses=discloses,
                source=source,
                referral_id=referral_id,
                since=self.country.now,
                expires_at=expires_at,
            )
        )

    def end_participations(
        self,
        *,
        source: AccessSource | None = None,
        referral_id: int | None = None,
        seat_id: int | None = None,
        but_seat_id: int | None = None,
    ) -> None:
        for row in self.participations:
            if (
                row.until is None
                and (source is None or row.source is source)
                and (referral_id is None or row.referral_id == referral_id)
                and (seat_id is None or row.seat_id == seat_id)
                and (but_seat_id is None or row.seat_id != but_seat_id)
            ):
                row.until = self.country.now

    def _begin_holding(self) -> None:
        case = self.case
        seat_id, office_id = case.holder_seat_id, case.holder_office_id
        self.holdings.append(
            HoldingRow(
                id=self.country.ledger.new_id(),
                case_id=case.id,
                seat_id=seat_id,
                office_id=office_id,
                since=self.country.now,
            )
        )
        self.begin_participation(Level.FULL, AccessSource.HOLDER, seat_id=seat_id, office_id=office_id)

    def move_holder(self, *, by: Post, seat_id: int | None = None, office_id: int | None = None) -> None:
        case = self.case
        before: Payload = {"fromSeat": case.holder_seat_id, "fromOffice": case.holder_office_id}
        self.holdings[-1].until = self.country.now
        case.holder_seat_id, case.holder_office_id = seat_id, office_id
        self.end_participations(source=AccessSource.HOLDER)
        self.end_participations(source=AccessSource.OPENED, but_seat_id=case.volunteer_seat_id)
        self._begin_holding()
        self.append(EventKind.CASE_HOLDER_CHANGED, {**before, "seat": seat_id, "office": office_id}, by=by)

    # What is done.

    def write_note(self, text: str, *, by: Post, audience: Audience = Audience.CASE) -> int:
        note = NoteRow(
            id=self.country.ledger.new_id(),
            case_id=self.case.id,
            author_seat_id=by.seat_id,
            author_agency_code=by.agency_code,
            audience=audience,
            text=text,
            written_at=self.country.now,
        )
        self.country.ledger.finish(note)
        return note.id

    def add_note(self, text: str, *, by: Post, audience: Audience = Audience.CASE) -> None:
        note_id = self.write_note(text, by=by, audience=audience)
        self.touch(versioned=False)
        self.append(EventKind.NOTE_ADDED, {"note": note_id}, by=by, audience=audience)

    def update_status(self, state: CaseState, *, by: Post, review_on: date | None = None) -> None:
        case = self.case
        changed: Payload = {"from": case.state.value, "to": state.value}
        case.state, case.review_on = state, review_on
        if review_on is not None:
            changed["reviewOn"] = review_on.isoformat()
        if state is CaseState.RESOLVED:
            case.resolved_at, case.resolved_by_account_id = self.country.now, by.account_id
        self.touch(versioned=True)
        self.append(EventKind.CASE_STATUS_CHANGED, changed, by=by)
