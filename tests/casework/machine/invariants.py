"""What holds after every step: the rows agree with each other, with the tables, and with what the journal tells."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import text

from casework import journal
from casework.rules.deadlines import lapses_at
from casework.rules.states import ENDED, REFERRAL_OPEN, WAITING
from models.vocabulary import CaseState, Level, Priority, ReferralKind, ReferralState, SeatKind
from tests.casework.machine.replay import Holding, Part, Sent, Story
from tests.world import World

C, R = CaseState, ReferralState
READ = {
    "case": 'SELECT * FROM "case" ORDER BY id',
    "event": "SELECT * FROM event WHERE subject_kind = 'CASE' ORDER BY seq",
    "holding": "SELECT * FROM case_holding ORDER BY since, id",
    "part": "SELECT * FROM participation WHERE until IS NULL",
    "referral": "SELECT * FROM referral ORDER BY id",
    "asked": "SELECT case_id, seat_id FROM assignment WHERE state = 'PROPOSED'",
    "problem": "SELECT case_id, problem_type_code, outcome FROM case_problem",
    "clock": "SELECT * FROM deadline WHERE referral_id IS NULL AND ended_at IS NULL AND paused_at IS NULL",
    "merge": "SELECT * FROM case_merge WHERE unmerged_at IS NULL",
}
VERSIONS = """
    SELECT s.id FROM seat s WHERE version <> 1 + (SELECT count(*) FROM event e
        WHERE e.subject_kind = 'SEAT' AND e.subject_id = s.id)
    UNION ALL SELECT c.id FROM citizen c WHERE version <> (SELECT count(*) FROM event e
        WHERE e.subject_kind = 'CITIZEN' AND e.subject_id = c.id)"""
Rows = Mapping[str, Sequence[Any]]


async def check(world: World, events: int) -> int:
    """Check everything; give how many events there are, which are never fewer than before."""
    async with world.owner.connect() as connection:
        rows: Rows = {name: (await connection.execute(text(read))).all() for name, read in READ.items()}
        assert (await connection.execute(text(VERSIONS))).all() == []
        verified = await journal.verify(connection, progress=lambda _: None)
        volunteers = await connection.scalars(text("SELECT id FROM seat WHERE kind = :kind"), {"kind": K.VOLUNTEER})
        seats = frozenset(volunteers)
    assert verified.breaks == []
    assert verified.events >= events
    sensitive = frozenset(code for code, kind in world.reference.problem_types.items() if kind.sensitive)
    for case in rows["case"]:
        own = {name: [row for row in rows[name] if row.case_id == case.id] for name in rows.keys() - NOT_OF_A_CASE}
        told = Story(seats, sensitive).tell([event for event in rows["event"] if event.subject_id == case.id])
        _case(case, own, told, sensitive)
        _history(case, own, told)
        clocks = [clock for clock in own["clock"] if _counts(world, case, clock)]
        _referrals(case, own["referral"], told, clocks)
    _merges(rows)
    return verified.events


K = SeatKind
NOT_OF_A_CASE = {"case", "event", "merge"}


def _case(case: Any, own: Rows, told: Story, sensitive: frozenset[str]) -> None:
    assert (case.state, case.version, case.volunteer_seat_id) == (told.state, told.version, told.volunteer)
    assert [row.seat_id for row in own["asked"]] == [seat for seat in [told.asked] if seat is not None]
    assert (case.state in WAITING) == (case.review_on is not None)
    assert (case.state in ENDED) == (case.ended_at is not None)
    assert (case.state == C.MERGED) == (case.merged_into_case_id is not None)
    assert case.sensitive == any(problem.problem_type_code in sensitive for problem in own["problem"])
    resolved = case.state in {C.RESOLVED, C.CLOSED}
    assert resolved == (case.resolved_at is not None) == (case.resolved_by_account_id is not None)
    assert not resolved or all(problem.outcome for problem in own["problem"])


def _history(case: Any, own: Rows, told: Story) -> None:
    held = [Holding(row.seat_id, row.office_id, row.since, row.until) for row in own["holding"]]
    assert held == told.holdings
    assert (case.holder_seat_id, case.holder_office_id) == held[-1][:2]
    assert all(before.until == after.since for before, after in pairwise(held))
    running = [Part(p.seat_id, p.office_id, Level(p.level), p.source, p.referral_id) for p in own["part"]]
    assert len(running) == len(set(running))
    assert set(running) == told.parts


def _counts(world: World, case: Any, clock: Any) -> bool:
    """Is it by a confirmed rule, and was it not over before the case was opened?"""
    rule = world.reference.legal_clock(clock.code, clock.rule_from)
    return rule is not None and rule.verified and clock.due_at > case.opened_at


def _referrals(case: Any, referrals: Sequence[Any], told: Story, clocks: Sequence[Any]) -> None:
    stand = {r.id: Sent(ReferralKind(r.kind), r.to_office_id, R(r.state), _word(r), r.version) for r in referrals}
    assert stand == told.referrals
    still_open = [r for r in referrals if r.state in REFERRAL_OPEN]
    assert not still_open or case.state not in {C.RESOLVED, *ENDED}
    assert len({(r.problem_id, r.to_office_id) for r in still_open}) == len(still_open)
    assert all((r.ended_at is None) == (r.state in REFERRAL_OPEN) for r in referrals)
    times = [
        r.respond_by if r.state in {R.SENT, R.RECEIVED} else r.result_by for r in still_open if r.state != "NEEDS_INFO"
    ]
    times += [clock.due_at for clock in clocks]
    assert case.due_at == min((time for time in times if time is not None), default=None)


def _word(referral: Any) -> ReferralState | None:
    return None if referral.asked_from is None else R(referral.asked_from)


def _merges(rows: Rows) -> None:
    merged = {case.id: case.merged_into_case_id for case in rows["case"] if case.state == C.MERGED}
    assert {row.source_case_id: row.target_case_id for row in rows["merge"]} == merged


async def check_tended(world: World) -> None:
    """Nothing is left that time demands, and nothing was done before its time."""
    sent = await world.rows(
        """SELECT r.*, c.priority FROM referral r JOIN "case" c ON c.id = case_id
           WHERE r.state IN ('SENT', 'RECEIVED', 'LAPSED')"""
    )
    for row in sent:
        at = lapses_at(
            world.reference.standards,
            kind=ReferralKind(row.kind),
            priority=Priority(row.priority),
            sent_at=row.sent_at,
            respond_by=row.respond_by,
            holidays=world.reference.holidays,
        )
        lapsed = row.state == R.LAPSED
        assert (at is not None and at <= (row.ended_at if lapsed else world.now)) == lapsed, row
    undisputed = """SELECT id FROM "case" WHERE state = 'RESOLVED' AND NOT sensitive AND resolved_at <= :late"""
    assert await world.rows(undisputed, late=world.now - timedelta(days=7)) == []
    too_early = """SELECT c.id FROM "case" c JOIN event e ON e.subject_id = c.id AND e.subject_kind = 'CASE'
        WHERE c.state = 'CLOSED' AND e.recorded_at = c.ended_at AND e.payload ->> 'ground' = 'TIMED_OUT'
          AND (c.sensitive OR c.ended_at < c.resolved_at + interval '7 days')"""
    assert await world.rows(too_early) == []
