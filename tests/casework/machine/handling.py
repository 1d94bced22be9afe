"""A step on a case or a referral: what the tables expect of it, and whether it does just that."""

from typing import Any

from casework.actions.decline_assignment import decline_assignment
from casework.actions.unfollow_case import unfollow_case
from casework.errors import RefusalCode
from casework.rules.states import CASE_STATES, CASE_STEPS, ENDED_EARLY, REFERRAL_KINDS, REFERRAL_STEPS
from models.vocabulary import CaseAction, CaseState, ReferralAction, ReferralKind, ReferralState
from tests.casework import oracle, verbs
from tests.casework.machine.cast import CAST, FURTHER, OFFICES, VOLUNTEERS, Step, pick, trial
from tests.world import World

A, C, RA = CaseAction, CaseState, ReferralAction
Action = CaseAction | ReferralAction
Move = tuple[Action, int]


async def moves(world: World, *, wise: bool) -> list[Move]:
    """Every action on every case and referral; the wise ones that the states allow, those on referrals twice."""
    cases = await world.rows('SELECT id, state FROM "case" ORDER BY id')
    sent = await world.rows("SELECT id, state, kind FROM referral ORDER BY id")
    on_cases: list[Move] = [(a, row.id) for row in cases for a in A if not wise or row.state in CASE_STATES[a]]
    on_sent: list[Move] = [(a, row.id) for row in sent for a in RA if not wise or _possible(a, row)]
    return [*on_cases, *on_sent, *(on_sent if wise else [])]


def _possible(action: ReferralAction, row: Any) -> bool:
    return row.state in REFERRAL_STEPS[action] and row.kind in REFERRAL_KINDS[action]


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
    sent = oracle.Sending(
        ReferralKind(row.kind), ReferralState(row.state), row.from_seat_id, row.from_office_id, row.to_office_id
    )
    actors = [await world.actor(handle) for handle in CAST]
    seen = await oracle.standings(world, row.case_id, actors)
    return [oracle.refusal_on_referral(by, action, sent, case) for by, case in zip(actors, seen, strict=True)]


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
