"""How each field of the contract is read off the rows, by subject and type; a field without an entry fails its test."""

from collections import Counter

from tests.api import Api
from tests.oracle.facts import Facts, Viewer
from tests.oracle.mirror import Mirror, Read
from tests.oracle.readers import (
    activities,
    cases,
    clocks,
    field_work,
    incidents,
    lists,
    network,
    people,
    referrals,
    timeline,
)


def _together(*subjects: dict[str, dict[str, Read]]) -> dict[str, dict[str, Read]]:
    """Put the subjects together; none may silently replace what another tells of a type."""
    told = Counter(kind for subject in subjects for kind in subject)
    if twice := sorted(kind for kind, times in told.items() if times > 1):
        raise ValueError(f"Told by two subjects: {', '.join(twice)}.")
    return {kind: fields for subject in subjects for kind, fields in subject.items()}


READERS = _together(
    lists.READERS,
    network.READERS,
    cases.READERS,
    clocks.READERS,
    incidents.READERS,
    people.READERS,
    referrals.READERS,
    timeline.READERS,
    field_work.READERS,
    activities.READERS,
)


def mirror(facts: Facts, by: Viewer, api: Api) -> Mirror:
    """Give what the service must answer somebody."""
    return Mirror(facts, by, api, READERS)
