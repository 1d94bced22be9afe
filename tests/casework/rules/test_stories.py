"""The fold of a case's journal: what each kind of event makes of the case, old payloads included."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

import pytest

from casework.rules.stories import CaseStory, Clocks, tell
from models.vocabulary import CaseState, EventKind, Outcome, ReasonCategory, ReferralState

E, R = EventKind, ReferralState
START = datetime(2026, 11, 2, 3, tzinfo=UTC)
RESPOND, RESULT, PACKET = "2026-11-05T09:30:00+00:00", "2026-12-05T09:30:00+00:00", "2027-01-05T09:30:00+00:00"
CLOCKS = {"respondBy": RESPOND, "resultBy": RESULT}
SENT = {"referral": 7, "kind": "REFER", "discloses": ["PHONES"], "disclosureExpiresAt": PACKET, **CLOCKS}
NAMED = {"referral": 7}


class Event(NamedTuple):
    kind: EventKind
    recorded_at: datetime
    payload: Mapping[str, Any]
    actor_seat_id: int | None = 5
    by_volunteer: bool = True


Happened: TypeAlias = tuple[EventKind, dict[str, Any]]


def story(*happened: Happened, until: int | None = None, **given: Any) -> CaseStory:
    """Tell what happened, an event an hour; `until` so many events after the opening."""
    opened = (E.CASE_OPENED, {"problemTypes": ["UNPAID_WAGES"], "seat": 5, "office": None})
    events = [
        Event(kind, START + timedelta(hours=at), payload) for at, (kind, payload) in enumerate((opened, *happened))
    ]
    at = START + timedelta(hours=len(happened) if until is None else until)
    found = tell(events, at, brought=given.get("brought", {}))
    assert found is not None
    return found


def after(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def test_what_begins_without_its_opening_is_no_case() -> None:
    assert tell([Event(E.NOTE_ADDED, START, {})], START, brought={}) is None


def test_before_its_opening_there_is_no_case() -> None:
    assert tell([Event(E.CASE_OPENED, START, {})], START - timedelta(seconds=1), brought={}) is None


def test_a_case_that_an_office_opens_has_no_volunteer() -> None:
    payload = {"problemTypes": ["OTHER"], "seat": None, "office": 3}
    found = tell([Event(E.CASE_OPENED, START, payload, by_volunteer=False)], START, brought={})
    assert found is not None
    assert (found.volunteer_seat_id, found.holder_seat_id, found.holder_office_id) == (None, None, 3)


def test_who_follows_changes_nothing_of_the_case() -> None:
    found = story((E.CASE_FOLLOWED, {}))
    assert (found.version, found.updated_at) == (1, START)


def test_a_volunteer_is_asked_declines_and_another_accepts() -> None:
    asked = story((E.ASSIGNMENT_PROPOSED, {"seat": 8}))
    assert (asked.assigned_seat_id, asked.volunteer_seat_id) == (8, 5)
    declined = story((E.ASSIGNMENT_PROPOSED, {"seat": 8}), (E.ASSIGNMENT_DECLINED, {}))
    assert (declined.assigned_seat_id, declined.volunteer_seat_id, declined.version) == (None, 5, 3)
    accepted = story((E.ASSIGNMENT_PROPOSED, {"seat": 8}), (E.ASSIGNMENT_ACCEPTED, {"seat": 8}))
    assert (accepted.assigned_seat_id, accepted.volunteer_seat_id) == (None, 8)


@pytest.mark.parametrize(
    ("absorbed", "outcome"),
    [
        ({"case": 9, "problemTypes": ["SEVERANCE"], "outcomes": ["PAID"]}, Outcome.PAID),
        ({"case": 9, "problemTypes": ["SEVERANCE"], "outcomes": [""]}, None),
        ({"case": 9, "problemTypes": ["SEVERANCE"]}, None),
        ({"case": 9}, Outcome.ORDERED),
    ],
)
def test_a_merged_case_brings_its_problems_and_takes_them_back(
    absorbed: dict[str, Any], outcome: Outcome | None
) -> None:
    brought = {9: [("SEVERANCE", Outcome.ORDERED)]}
    merged = story((E.CASE_ABSORBED, absorbed), brought=brought)
    assert (merged.absorbed, merged.problems["SEVERANCE"].outcome) == ([9], outcome)
    parted = story((E.CASE_ABSORBED, absorbed), (E.CASE_RELEASED, {"case": 9}), brought=brought)
    assert (parted.absorbed, list(parted.problems)) == ([], ["UNPAID_WAGES"])


def test_the_states_with_what_belongs_to_them() -> None:
    waiting = (E.CASE_STATUS_CHANGED, {"to": "WAITING_CITIZEN", "reviewOn": "2026-11-20"})
    resolved, reopened = (E.CASE_STATUS_CHANGED, {"to": "RESOLVED"}), (E.CASE_REOPENED, {"to": "IN_PROGRESS"})
    assert str(story(waiting).review_on) == "2026-11-20"
    assert (story(waiting, resolved).review_on, story(waiting, resolved).resolved_at) == (None, after(2))
    assert story(resolved, reopened).resolved_at is None
    closed = story(resolved, (E.CASE_CLOSED, {"to": "CLOSED"}))
    assert (closed.state, closed.resolved_at, closed.ended_at) == (CaseState.CLOSED, after(1), after(2))
    merged = story((E.CASE_MERGED, {"to": "MERGED", "case": 9}))
    assert (merged.merged_into_case_id, merged.ended_at) == (9, after(1))
    unmerged = story((E.CASE_MERGED, {"to": "MERGED", "case": 9}), (E.CASE_UNMERGED, {"to": "NEW", "case": 9}))
    assert (unmerged.merged_into_case_id, unmerged.ended_at) == (None, None)


def test_an_erased_case_says_since_when() -> None:
    assert story((E.CITIZEN_ERASED, {})).erased_at == after(1)


def test_an_outcome_of_a_known_problem_is_told_and_a_later_one_only_noted() -> None:
    told = (E.OUTCOME_RECORDED, {"problemType": "UNPAID_WAGES", "outcome": "PAID"})
    now, before = story(told).problems["UNPAID_WAGES"], story(told, until=0).problems["UNPAID_WAGES"]
    assert (now.outcome, now.outcome_at, now.changed_later) == (Outcome.PAID, after(1), False)
    assert (before.outcome, before.changed_later) == (None, True)
    other = story((E.OUTCOME_RECORDED, {"problemType": "SEVERANCE", "outcome": "PAID"}))
    assert list(other.problems) == ["UNPAID_WAGES"]


def test_a_question_stops_the_referral_where_it_stood_and_the_answer_leads_back() -> None:
    steps: list[Happened] = [(E.REFERRAL_SENT, SENT), (E.REFERRAL_RECEIVED, NAMED), (E.REFERRAL_INFO_REQUESTED, NAMED)]
    asked = story(*steps).referrals[7]
    assert (asked.state, asked.asked_from, asked.asked_at) == (R.NEEDS_INFO, R.RECEIVED, after(3))
    moved = {**NAMED, "respondBy": None, "resultBy": RESULT}
    answered = story(*steps, (E.REFERRAL_INFO_ANSWERED, moved)).referrals[7]
    assert (answered.state, answered.asked_from, answered.version) == (R.RECEIVED, None, 4)
    assert answered.clocks == Clocks(None, datetime.fromisoformat(RESULT))
    assert story(*steps, (E.REFERRAL_INFO_ANSWERED, NAMED)).referrals[7].clocks is None
    assert story(*steps, (E.REFERRAL_INFO_ANSWERED, moved), until=3).referrals[7].moved_later
    nothing_asked = story((E.REFERRAL_SENT, SENT), (E.REFERRAL_INFO_ANSWERED, moved)).referrals[7]
    assert nothing_asked.state is R.SENT


def test_a_packet_is_renewed_and_a_report_is_disputed() -> None:
    steps: list[Happened] = [(E.REFERRAL_SENT, SENT), (E.DISCLOSURE_RENEWED, {**NAMED, "disclosureExpiresAt": RESULT})]
    renewed = story(*steps).referrals[7]
    assert (renewed.discloses, renewed.packet_until) == (["PHONES"], datetime.fromisoformat(RESULT))
    assert story(*steps, until=1).referrals[7].renewed_later
    reported = (E.REFERRAL_COMPLETED, {**NAMED, "problemType": "UNPAID_WAGES", "outcome": "PAID"})
    disputed = (E.REFERRAL_DISPUTED, {**NAMED, **CLOCKS})
    done = story((E.REFERRAL_SENT, SENT), reported).referrals[7]
    assert (done.state, done.reported, done.ended_at) == (R.COMPLETED, True, after(2))
    again = story((E.REFERRAL_SENT, SENT), reported, disputed).referrals[7]
    assert (again.state, again.ended_at) == (R.DISPUTED, None)
    assert story((E.REFERRAL_SENT, SENT), reported, until=1).referrals[7].reported_later


def test_a_refusal_tells_its_category_and_the_better_office() -> None:
    given = {**NAMED, "category": "NOT_COMPETENT", "suggestedOffice": 3}
    refused = story((E.REFERRAL_SENT, SENT), (E.REFERRAL_REJECTED, given)).referrals[7]
    assert (refused.state, refused.suggested_office_id) == (R.REJECTED, 3)
    assert refused.reply_category is ReasonCategory.NOT_COMPETENT


def test_a_transfer_that_is_accepted_moves_the_case_and_an_information_ends_when_it_arrives() -> None:
    held = (E.CASE_HOLDER_CHANGED, {"seat": None, "office": 3})
    moved = story((E.REFERRAL_SENT, {**SENT, "kind": "TRANSFER"}), (E.REFERRAL_ACCEPTED, NAMED), held)
    assert (moved.referrals[7].state, moved.version, moved.holder_office_id) == (R.COMPLETED, 3, 3)
    informed = story((E.REFERRAL_SENT, {**SENT, "kind": "INFORM"}), (E.REFERRAL_RECEIVED, NAMED))
    assert (informed.referrals[7].state, informed.version) == (R.COMPLETED, 2)


def test_a_referral_sent_before_events_told_its_clocks_has_none() -> None:
    old = {key: value for key, value in SENT.items() if key not in CLOCKS and not key.startswith("disclos")}
    sent = story((E.REFERRAL_SENT, old)).referrals[7]
    assert (sent.clocks, sent.discloses, sent.packet_until) == (None, None, None)


def test_notes_and_parties_touch_the_case_and_change_nothing_else() -> None:
    found = story((E.NOTE_ADDED, {"note": 1}))
    assert (found.version, found.updated_at) == (1, after(1))
