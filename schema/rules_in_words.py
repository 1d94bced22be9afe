"""The tables of policy and rules in words, for the descriptions of the contract."""

from collections.abc import Iterable, Iterator

from casework.policy.permissions import (
    CASE_PERMISSIONS,
    CITIZEN_PERMISSIONS,
    OPENERS,
    REFERRAL_PERMISSIONS,
    SEAT_PERMISSIONS,
)
from casework.policy.relations import Relation
from casework.rules import states
from models.action_words import CaseAction, CitizenAction, ReferralAction, SeatAction
from models.vocabulary import CaseState, ReferralKind, ReferralState, SeatKind, Word

BY_THE_SYSTEM = "the system"
BY_THE_END = "the end of the case"


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
    """Say who may do it, from which states of the referral, what follows, and of which kinds."""
    steps, kinds = states.REFERRAL_STEPS.get(action, {}), states.REFERRAL_KINDS[action]
    after = _in_order({state for follows in steps.values() for state in follows}, ReferralState)
    possible = _in_order(states.REFERRAL_STATES[action], ReferralState)
    way = f"From {possible} to {after}" if after else f"In {possible}"
    permission = REFERRAL_PERMISSIONS[action]
    who = _who(permission.relations) + (f"; at level {permission.level.name}" if permission.level > 1 else "")
    at_once = "".join(f"; {kind.value}: to COMPLETED" for kind in _completed_at_once(action))
    only = "" if kinds == frozenset(ReferralKind) else f" Kinds: {_in_order(kinds, ReferralKind)}."
    return f"Who: {who}. {way}{at_once}.{only}"


def _completed_at_once(action: ReferralAction) -> list[ReferralKind]:
    """Give the kinds that this action completes, though it leads the others elsewhere."""
    completes = any(ReferralState.COMPLETED in follows for follows in states.REFERRAL_STEPS.get(action, {}).values())
    return [] if completes else [kind for kind in ReferralKind if states.COMPLETED_BY[kind] is action]


def seat_rule(action: SeatAction) -> str:
    return f"Who: {_who(SEAT_PERMISSIONS[action])}."


def openers_rule() -> str:
    return f"Who: {_in_order(OPENERS, SeatKind)}."


def citizen_rule(action: CitizenAction) -> str:
    permission = CITIZEN_PERMISSIONS[action]
    kinds = _in_order(permission.kinds, SeatKind)
    return f"Who: {kinds}, if they see the citizen at level {permission.level.name}."


def verb_of(action: Word) -> str:
    """Give the mutation of an action, of several the first."""
    return action.description.split("`")[1]


Way = tuple[Word, str]
"""A state that follows, and what leads there."""


def ways_from_case(state: CaseState) -> Iterator[Way]:
    yield from ((after, "updateCaseStatus") for after in CaseState if after in states.CASE_STEPS[state])
    for action, steps in states.CASE_VERBS.items():
        if state in steps:
            yield steps[state], verb_of(action)
    if state in states.CLOSES_BY_ITSELF:
        yield states.CLOSES_BY_ITSELF[state], BY_THE_SYSTEM
    if state is CaseState.MERGED:
        yield from ((after, verb_of(CaseAction.UNMERGE)) for after in CaseState if after in states.UNMERGES_TO)


def ways_from_referral(state: ReferralState) -> Iterator[Way]:
    for action, steps in states.REFERRAL_STEPS.items():
        if state in steps:
            yield from ((after, verb_of(action)) for after in steps[state])
            for kind in _completed_at_once(action):
                yield ReferralState.COMPLETED, f"{verb_of(action)} of {kind.value}"
    if state in states.LAPSES:
        yield states.LAPSES[state], BY_THE_SYSTEM
    if state in states.REFERRAL_OPEN:
        asked = states.REFERRAL_STEPS[ReferralAction.ANSWER_INFO].get(state, (None,))
        ends = {states.state_when_case_ends(state, asked_from) for asked_from in asked}
        yield from ((after, BY_THE_END) for after in ReferralState if after in ends)


def steps_from(ways: Iterable[Way]) -> str:
    """Say where the ways lead, and what leads there."""
    found: dict[Word, list[str]] = {}
    for after, verb in ways:
        found.setdefault(after, []).append(verb)
    told = [f"{after.value} ({' or '.join(verbs)})" for after, verbs in found.items()]
    return f" Leads to {', '.join(told)}." if told else ""
