"""Everything of a case that may be told as of an instant, asked as of now and as of then alike."""

from typing import Any

from tests.api import Api

WHOLE = """query ($reference: String!, $at: DateTime) { case: caseByReference(reference: $reference, asOf: $at) {
  reference state version title priority sensitive channel openedAt updatedAt dueAt reviewOn resolvedAt endedAt erasedAt
  mergedInto { reference } mergedCases { reference }
  area { code } narrative workplaceName
  problems { type { code } outcome amountClaimed amountRecovered outcomeAt }
  parties { name addedAt }
  holder { ... on Node { id } } volunteer { id } proposedVolunteer { id }
  referrals(first: 100) { totalCount { count } nodes {
    kind state version problemType { code } fromOffice { code } fromSeat { id } toOffice { code }
    suggestedOffice { code } reasonCategory replyCategory reason reply report legalBasis discloses disclosureExpiresAt
    respondBy resultBy sentAt receivedAt acceptedAt startedAt askedAt endedAt case { reference }
  } }
  departments { office { code } level since until }
  journey { holder { ... on Node { id } } since until }
  timeline(first: 100) { totalCount { count } nodes { kind recordedAt } }
  notes(first: 100) { totalCount { count } nodes { text writtenAt } }
} }"""


async def whole(api: Api, by: str, reference: str, at: Any = None) -> Any:
    return (await api.ask(WHOLE, by, reference=reference, at=None if at is None else at.isoformat()))["case"]


def forgotten(now: Any, then: Any) -> list[str]:
    """Give the paths at which what is told of then lacks a value that was there, and nothing else differs."""
    return list(_differences(now, then, ""))


MAY_BE_FORGOTTEN = ("amountClaimed", "amountRecovered", "report", "outcomeAt")


def _differences(was: Any, told: Any, path: str) -> Any:
    if isinstance(was, dict) and isinstance(told, dict):
        for name in was:
            yield from _differences(was[name], told[name], f"{path}.{name}")
    elif isinstance(was, list) and isinstance(told, list):
        assert len(was) == len(told), (path, was, told)
        for at, (one, other) in enumerate(zip(was, told, strict=True)):
            yield from _differences(one, other, f"{path}.{at}")
    elif was != told:
        assert told is None, (path, was, told)
        assert path.endswith(MAY_BE_FORGOTTEN), (path, was)
        yield path
