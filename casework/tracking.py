"""The citizen's tracking code of a case under the ring's keys: shown under the newest, taken under each."""

from casework.keys import Keys
from casework.rules.tracking import is_same, make_tracking_code, read_tracking_code

NOBODYS = 0
"""The id of no case: so that a code for a case that does not exist is compared like any other."""


def tracking_code(keys: Keys, case_id: int, generation: int) -> str:
    return make_tracking_code(keys.newest.tracking, case_id=case_id, generation=generation)


def opens(keys: Keys, given: str, case_id: int | None, generation: int) -> bool:
    """Is this the case's code? Takes the same time for a wrong code and for no case."""
    code = read_tracking_code(given)
    right = [make_tracking_code(key.tracking, case_id=case_id or NOBODYS, generation=generation) for key in keys.ring]
    same = [is_same(code, each) for each in right]
    return any(same) and case_id is not None
