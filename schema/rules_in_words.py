"""The tables of policy and rules in words, for the descriptions of the contract."""

from collections.abc import Iterable

from casework.policy.permissions import (
    CASE_PERMISSIONS,
    CITIZEN_PERMISSIONS,
    OPENERS,
    REFERRAL_PERMISSIONS,
    SEAT_PERMISSIONS,
)
from casework.policy.relations import Relation
from casework.rules import states
from models.vocabulary import CaseAction, CaseState, CitizenAction, ReferralAction, ReferralState, SeatAction, Word


def _in_order(words: Iterable[Word], of: type[Word]) -> str:
    chosen = set(words)
    return ", ".join(word.value for word in of if word in chosen)


def _who(relations: Iterable[Relation]) -> str:
    chosen = set(relations)
    return "; ".join(relation.description for relation in Relation if relation in chosen)


def case_rule(action: CaseAction) -> str:
    """Say who may do it, from which level on, and in which states of the case."""
    permission = CASE_PERMISSIONS[action]
    possible = _in_order(states.CASE_STATES[action], CaseState)
    return f"Who: {_who(permission.relations)}; at level {permission.level.name}. In states: {possible}."


def referral_rule(action: ReferralAction) -> str:
    """Say who may do it, from which states of the referral, and what follows."""
    steps = states.REFERRAL_STEPS[action]
    after = _in_order({state for follows in steps.values() for state in follows}, ReferralState)
    return f"Who: {_who(REFERRAL_PERMISSIONS[action].relations)}. From {_in_order(steps, ReferralState)} to {after}."


def seat_rule(action: SeatAction) -> str:
    return f"Who: {_who(SEAT_PERMISSIONS[action])}."


def openers_rule() -> str:
    return f"Who: {', '.join(kind.value for kind in type(next(iter(OPENERS))) if kind in OPENERS)}."


def citizen_rule(action: CitizenAction) -> str:
    return f"{openers_rule()[:-1]}, if they see the citizen at level {CITIZEN_PERMISSIONS[action].name}."


def steps_from_case(state: CaseState) -> str:
    """Say where a case can go from a state, by which verbs."""
    own = [(step, "updateCaseStatus") for step in CaseState if step in states.CASE_STEPS[state]]
    verbs = [
        (steps[state], action.description.strip("`.").split("`")[0])
        for action, steps in states.CASE_VERBS.items()
        if state in steps
    ]
    if state in states.CLOSES_BY_ITSELF:
        verbs.append((states.CLOSES_BY_ITSELF[state], "the system"))
    if state is CaseState.MERGED:
        verbs += [(after, "unmergeCases") for after in CaseState if after in states.UNMERGES_TO]
    ways: dict[CaseState, list[str]] = {}
    for after, verb in (*own, *verbs):
        ways.setdefault(after, []).append(verb)
    if not ways:
        return ""
    told = [f"{after.value} ({' or '.join(names)})" for after, names in ways.items()]
    return f" Leads to {', '.join(told)}."


def steps_from_referral(state: ReferralState) -> str:
    """Say where a referral can go from a state, by which verbs."""
    ways = [
        f"{', '.join(after.value for after in steps[state])} ({action.description.strip('`.')})"
        for action, steps in states.REFERRAL_STEPS.items()
        if state in steps
    ]
    if state in states.LAPSES:
        ways.append(f"{states.LAPSES[state].value} (the system)")
    return f" Leads to {', '.join(ways)}." if ways else ""
