"""A step on a case or a referral: what the tables expect of it, and whether it does just that."""

from typing import Any

from casework.actions.decline_assignment import decline_assignment
from casework.actions.unfollow_case import unfollow_case
from casework.errors import RefusalCode
from casework.rules.states import CASE_STEPS, ENDED_EARLY
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.casework import oracle, verbs
from tests.casework.machine.cast import CAST, FURTHER, OFFICES, VOLUNTEERS, Step, pick, trial
from tests.world import World

A, C, RA = CaseAction, CaseState, ReferralAction
Action = CaseAction | ReferralAction
Move = tuple[Action, int]
WEIGHTS: dict[Action, float] = {
    A.END: 0.2,
    A.MERGE: 1,
    A.ADD_NOTE: 0.5,
    A.ADD_ATTACHMENT: 0.2,
    A.ADD_PARTY: 0.5,
    A.FIELD_WORK: 0.5,
    A.FOLLOW: 0.2,
    A.ASSIGN: 2,
    A.UPDATE_STATUS: 6,
    A.RECORD_OUTCOME: 3,
    A.REFER: 3,
    A.UNMERGE: 8,
    A.REOPEN: 3,
    A.CONFIRM_CLOSING: 8,
    A.APPROVE_CLOSING: 8,
    A.DISPUTE_CLOSING: 8,
    RA.DISPUTE: 2,
    RA.REJECT: 0.5,
    RA.RECALL: 0.5,
    RA.RETURN: 1,
    RA.RECEIVE: 8,
    RA.ACCEPT: 8,
    RA.START: 8,
    RA.COMPLETE: 8,
    RA.ANSWER_INFO: 8,
}
"""So that cases get far before they end; 4 for all others."""


async def moves(world: World, *, wise: bool) -> list[Move]:
    """Give every action on every case and referral; the wise ones that somebody can do."""
    cases = await world.rows('SELECT id FROM "case" ORDER BY id')
    sent = await world.rows("SELECT * FROM referral ORDER BY id")
    if not wise:
        return [*((a, row.id) for row in cases for a in A), *((a, row.id) for row in sent for a in RA)]
    actors = [await world.actor(handle) for handle in CAST]
    found: list[Move] = []
    for case in cases:
        seen = list(zip(actors, await oracle.standings(world, case.id, actors), strict=True))
        found += [(a, case.id) for a in A if any(oracle.refusal_on_case(by, a, c) is None for by, c in seen)]
        for row in (row for row in sent if row.case_id == case.id):
            found += [
                (a, row.id)
                for a in RA
                if any(oracle.refusal_on_referral(by, a, _sending(row), c, now=world.now) is None for by, c in seen)
            ]
    return found


def _sending(row: Any) -> oracle.Sending:
    return oracle.Sending(
        ReferralKind(row.kind),
        ReferralState(row.state),
        row.from_seat_id,
        row.from_office_id,
        row.to_office_id,
        row.disclosure_expires_at,
    )


async def handle(world: World, action: Action, id_: int, step: Step) -> RefusalCode | None:
    """Try it as somebody, and hold the answer against the tables; give the answer."""
    if isinstance(action, CaseAction):
        answers, call = await _answers_on_case(world, action, id_), await _call_on_case(world, action, id_, step)
    else:
        answers, call = await _answers_on_referral(world, action, id_), await verbs.on_referral(world, action, id_)
    able = [at for at, answer in enumerate(answers) if answer is None]
    at = pick(able, step.who) if able and step.wise else step.who % len(CAST)
    by, promised = CAST[at], answers[at]
    stale = not step.wise and step.more % 3 == 0 and "expected_version" in call[1]
    if stale:
        call[1]["expected_version"] -= 1
    answer = await trial(world, by, call)
    if stale:
        assert answer is not None, (action, by)
    else:
        assert answer is promised or answer in FURTHER.get(action, set()), (action, by, answer, promised)
    return answer


async def _answers_on_case(world: World, action: CaseAction, case_id: int) -> list[RefusalCode | None]:
    actors = [await world.actor(handle) for handle in CAST]
    seen = await oracle.standings(world, case_id, actors)
    return [oracle.refusal_on_case(by, action, case) for by, case in zip(actors, seen, strict=True)]


async def _answers_on_referral(world: World, action: ReferralAction, referral_id: int) -> list[RefusalCode | None]:
    (row,) = await world.rows("SELECT * FROM referral WHERE id = :id", id=referral_id)
    sent = _sending(row)
    actors = [await world.actor(handle) for handle in CAST]
    seen = await oracle.standings(world, row.case_id, actors)
    return [
        oracle.refusal_on_referral(by, action, sent, case, now=world.now) for by, case in zip(actors, seen, strict=True)
    ]


async def _call_on_case(world: World, action: CaseAction, case_id: int, step: Step) -> verbs.Call:
    state = CaseState(await world.value('SELECT state FROM "case" WHERE id = :id', id=case_id))
    problems = "SELECT problem_type_code AS code FROM case_problem WHERE case_id = :id ORDER BY position"
    verb, given = await verbs.on_case(
        world,
        action,
        case_id,
        into=pick(await world.rows('SELECT id FROM "case" ORDER BY id'), step.more).id,
        seat=pick(VOLUNTEERS, step.more),
        state=pick(sorted(CASE_STEPS[state] - ENDED_EARLY) or [C.SCREENING], step.more),
        problem=pick(await world.rows(problems, id=case_id), step.more).code,
        office=pick(OFFICES, step.more),
        kind=pick(list(ReferralKind), step.more // 3),
    )
    if action is A.ANSWER_ASSIGNMENT and step.more % 2:
        return decline_assignment, {**given, "reason": verbs.REASON}
    return (unfollow_case if action is A.FOLLOW and step.more % 2 else verb), given
