"""May an operation that was decided on an older version be done all the same? Only if what it rests on still stands."""

from collections.abc import Mapping
from typing import NamedTuple

from models.action_words import CaseAction
from models.vocabulary import CaseState, Outcome, Word


class Ground(Word):
    """What a decision about a case rests on."""

    STATE = "STATE", "สถานะ", "the state of the case"
    HOLDER = "HOLDER", "เจ้าของเรื่อง", "who holds it"
    NO_OUTCOME = "NO_OUTCOME", "ยังไม่มีผล", "that nobody has recorded an outcome of the problem"


class Seen(NamedTuple):
    """The case as the phone showed it when the person decided."""

    state: CaseState
    holder_seat_id: int | None
    holder_office_id: int | None


class Present(NamedTuple):
    """The case as it stands; `outcome` is that of the problem which the operation is about."""

    state: CaseState
    holder_seat_id: int | None
    holder_office_id: int | None
    outcome: Outcome | None = None


RESTS_ON: Mapping[CaseAction, frozenset[Ground]] = {
    CaseAction.UPDATE_STATUS: frozenset({Ground.STATE, Ground.HOLDER}),
    CaseAction.END: frozenset({Ground.HOLDER}),
    CaseAction.RECORD_OUTCOME: frozenset({Ground.HOLDER, Ground.NO_OUTCOME}),
}
"""A step of the work is one from where the case stood. That a citizen withdraws holds wherever the case has got to. An
outcome that somebody else recorded is not written over unseen."""


def may_rebase(action: CaseAction, seen: Seen, present: Present) -> bool:
    """Does everything that the action rests on stand as it was seen? Whether it is legal now the action itself asks."""
    stands = {
        Ground.STATE: seen.state is present.state,
        Ground.HOLDER: (seen.holder_seat_id, seen.holder_office_id)
        == (present.holder_seat_id, present.holder_office_id),
        Ground.NO_OUTCOME: present.outcome is None,
    }
    return all(stands[ground] for ground in RESTS_ON[action])
