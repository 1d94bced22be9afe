"""A loaded country is as its actions would have written it: nothing contradicts anything."""

import pytest

from tests.world import World

OPEN = "('SENT', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'NEEDS_INFO', 'DISPUTED')"
ENDED = "('CLOSED', 'WITHDRAWN', 'OUT_OF_SCOPE', 'MERGED')"

# An event with an operation id was written by the tests that let the service go on.
CONTRADICTIONS = {
    "a case is not held by the one that its history names": """
        SELECT c.id FROM "case" c LEFT JOIN case_holding h ON h.case_id = c.id AND h.until IS NULL
        WHERE (h.seat_id, h.office_id) IS DISTINCT FROM (c.holder_seat_id, c.holder_office_id)""",
    "a history of holders has a gap": """
        SELECT case_id FROM (SELECT case_id, since, lag(until) OVER w AS before, row_number() OVER w AS at
                             FROM case_holding WINDOW w AS (PARTITION BY case_id ORDER BY since)) h
        JOIN "case" c ON c.id = case_id
        WHERE since IS DISTINCT FROM CASE WHEN at = 1 THEN c.opened_at ELSE before END""",
    "a holding was not begun by an event": """
        SELECT h.id FROM case_holding h JOIN "case" c ON c.id = h.case_id AND h.since > c.opened_at
        WHERE NOT EXISTS (SELECT FROM event e WHERE e.subject_kind = 'CASE' AND e.subject_id = c.id
                          AND e.kind = 'CASE_HOLDER_CHANGED' AND e.recorded_at = h.since)""",
    "a holder does not take part with level FULL": """
        SELECT c.id FROM "case" c WHERE 1 <> (SELECT count(*) FROM participation p
            WHERE p.case_id = c.id AND p.source = 'HOLDER' AND p.until IS NULL AND p.level = 4
              AND (p.seat_id, p.office_id) IS NOT DISTINCT FROM (c.holder_seat_id, c.holder_office_id))""",
    "a volunteer does not accompany a case that goes on": f"""
        SELECT c.id FROM "case" c WHERE c.volunteer_seat_id IS NOT NULL AND c.state NOT IN {ENDED}
          AND NOT EXISTS (SELECT FROM participation p WHERE p.case_id = c.id AND p.seat_id = c.volunteer_seat_id
                          AND p.source IN ('OPENED', 'ASSIGNMENT') AND p.level = 4 AND p.until IS NULL)""",
    "somebody else than the holder takes part in a case that has ended": f"""
        SELECT c.id FROM "case" c JOIN participation p ON p.case_id = c.id
        WHERE c.state IN {ENDED} AND p.until IS NULL AND p.source <> 'HOLDER'""",
    "an office does not take part by the referral on its desk, at its level": f"""
        SELECT r.id FROM referral r WHERE r.state IN {OPEN} AND 1 <> (SELECT count(*) FROM participation p
            WHERE p.referral_id = r.id AND p.office_id = r.to_office_id AND p.until IS NULL
              AND p.level = CASE r.state WHEN 'SENT' THEN 2 ELSE 3 END)""",
    "an office takes part by a referral that has ended": f"""
        SELECT r.id FROM referral r JOIN participation p ON p.referral_id = r.id
        WHERE r.state NOT IN {OPEN} AND p.until IS NULL""",
    "a referral says when it ended and is open, or the other way": f"""
        SELECT id FROM referral WHERE (state IN {OPEN}) <> (ended_at IS NULL)""",
    "a case that has ended has an open referral": f"""
        SELECT c.id FROM "case" c JOIN referral r ON r.case_id = c.id AND r.state IN {OPEN}
        WHERE c.state IN {ENDED} OR c.state = 'RESOLVED'""",
    "a result was told without an outcome of every problem": """
        SELECT c.id FROM "case" c JOIN case_problem p ON p.case_id = c.id
        WHERE c.state IN ('RESOLVED', 'CLOSED') AND p.outcome IS NULL""",
    "a case does not say when and by whom it was resolved": """
        SELECT id FROM "case" WHERE (state IN ('RESOLVED', 'CLOSED')) <> (resolved_at IS NOT NULL)
          OR (resolved_at IS NULL) <> (resolved_by_account_id IS NULL)""",
    "a case says when it ended and goes on, or the other way": f"""
        SELECT id FROM "case" WHERE (state IN {ENDED}) <> (ended_at IS NOT NULL)""",
    "a case is not due by its earliest open clock": """
        SELECT c.id FROM "case" c WHERE c.due_at IS DISTINCT FROM (
            SELECT min(CASE WHEN r.state IN ('SENT', 'RECEIVED') THEN r.respond_by
                            WHEN r.state IN ('ACCEPTED', 'IN_PROGRESS', 'DISPUTED') THEN r.result_by END)
            FROM referral r WHERE r.case_id = c.id)""",
    "a case was touched at another time than its last event": """
        SELECT c.id FROM "case" c WHERE c.updated_at <> (SELECT max(e.recorded_at) FROM event e
            WHERE e.subject_kind = 'CASE' AND e.subject_id = c.id)""",
    "an event stands before an earlier one of its subject": """
        SELECT id FROM (SELECT id, recorded_at, lag(recorded_at) OVER w AS before, lag(id) OVER w AS earlier FROM event
                        WINDOW w AS (PARTITION BY subject_kind, subject_id ORDER BY seq)) e
        WHERE recorded_at < before OR id < earlier""",
    "an event is written by somebody who fills no such post then": """
        SELECT e.id FROM event e WHERE e.actor_seat_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM incumbency i JOIN seat s ON s.id = i.seat_id LEFT JOIN office o ON o.id = s.office_id
            WHERE i.seat_id = e.actor_seat_id AND i.account_id = e.actor_account_id AND i.since <= e.recorded_at
              AND o.agency_code IS NOT DISTINCT FROM e.actor_agency_code)""",
    "the state of a case is not the one that its last step led to": """
        SELECT c.id FROM "case" c WHERE c.state <> coalesce((SELECT e.payload ->> 'to' FROM event e
            WHERE e.subject_kind = 'CASE' AND e.subject_id = c.id AND e.payload ? 'to'
            ORDER BY seq DESC LIMIT 1), 'NEW')""",
    "a sensitive case is worked on by an officer who may not see it": """
        SELECT e.id FROM event e JOIN "case" c ON e.subject_kind = 'CASE' AND e.subject_id = c.id AND c.sensitive
        JOIN seat s ON s.id = e.actor_seat_id AND s.kind = 'OFFICER' WHERE NOT s.handles_sensitive""",
    "a case is not as sensitive as its problems": """
        SELECT c.id FROM "case" c WHERE c.sensitive <> (SELECT bool_or(t.sensitive) FROM case_problem p
            JOIN problem_type t ON t.code = p.problem_type_code WHERE p.case_id = c.id)""",
    "a sensitive case was closed by the one who resolved it": """
        SELECT c.id FROM "case" c JOIN event e ON e.subject_kind = 'CASE' AND e.subject_id = c.id
        WHERE c.sensitive AND e.kind = 'CASE_CLOSED'
          AND (e.payload ->> 'ground' <> 'APPROVED' OR e.actor_account_id = c.resolved_by_account_id)""",
    "a referral went to an office that held the case": """
        SELECT r.id FROM referral r JOIN case_holding h ON h.case_id = r.case_id AND h.office_id = r.to_office_id
          AND h.since <= r.sent_at AND (h.until IS NULL OR h.until > r.sent_at)""",
    "two referrals of a problem were open at one office at once": """
        SELECT r.id FROM referral r JOIN referral o ON o.problem_id = r.problem_id AND o.to_office_id = r.to_office_id
          AND o.id > r.id AND o.sent_at < coalesce(r.ended_at, 'infinity')""",
    "a note of a payload is not a note of the case": """
        SELECT e.id FROM event e WHERE e.payload ->> 'note' IS NOT NULL AND NOT EXISTS (
            SELECT FROM note n WHERE n.id = (e.payload ->> 'note')::bigint AND n.case_id = e.subject_id
              AND n.author_seat_id = e.actor_seat_id AND n.written_at = e.recorded_at)""",
    "an event has no place in the feed, or awaits one": """
        SELECT e.id FROM event e LEFT JOIN feed f ON f.event_id = e.id LEFT JOIN feed_pending p ON p.event_id = e.id
        WHERE e.operation_id IS NULL AND (f.position IS NULL OR p.event_id IS NOT NULL)""",
    "the feed is not in the order of time without gaps": """
        SELECT position FROM (SELECT position, row_number() OVER (ORDER BY recorded_at, e.id) AS at
                              FROM feed JOIN event e ON e.id = event_id) f WHERE position <> at""",
    "a case or a citizen has no words to be found by": """
        SELECT c.id FROM "case" c LEFT JOIN case_search s ON s.case_id = c.id
        WHERE s.words IS NULL OR length(s.words) = 0
        UNION ALL SELECT z.id FROM citizen z LEFT JOIN citizen_search s ON s.citizen_id = z.id
        WHERE s.words IS NULL OR length(s.words) = 0""",
    "a citizen registered for nothing": """
        SELECT z.id FROM citizen z WHERE NOT EXISTS (SELECT FROM "case" c WHERE c.citizen_id = z.id)""",
    "something is dated after the end": """
        SELECT id FROM event WHERE operation_id IS NULL AND recorded_at > '2026-11-15T17:00Z'""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
async def test_it_never_happens_that(what: str, country: World) -> None:
    assert await country.rows(CONTRADICTIONS[what]) == []
