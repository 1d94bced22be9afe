"""Traces of employers and recruiters: keyed hashes by which the same one is recognised in another case.

The hash begins with the id of its key, so that rotation finds what an older key has made (casework/retracing.py).
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ARRAY, BigInteger, DateTime, LargeBinary, Text, bindparam, func, select

from casework.keys import Key, Keys
from casework.reference.data import PROVINCE_DIGITS
from casework.reference.files import windows_of_common_causes
from casework.rules.employers import employer_key
from casework.work import Work
from models import Case, CaseParty, PartyTrace
from models.incident_words import PartyContactKind, TraceKind
from models.vocabulary import PartyKind

NAMED: Mapping[PartyKind, TraceKind] = {
    PartyKind.EMPLOYER: TraceKind.EMPLOYER,
    PartyKind.RECRUITER: TraceKind.RECRUITER,
}
"""Whose traces are kept: witnesses, heirs and representatives are nobody's common cause."""
_REACHED: Mapping[PartyContactKind, TraceKind] = {
    PartyContactKind.PHONE: TraceKind.PHONE,
    PartyContactKind.BANK_ACCOUNT: TraceKind.BANK_ACCOUNT,
}
Contact = tuple[PartyContactKind, str]

_JOIN = select(
    func.join_incident(
        bindparam("case_id", type_=BigInteger()),
        bindparam("kind", type_=Text()),
        bindparam("indexes", type_=ARRAY(LargeBinary)),
        bindparam("since", type_=DateTime(timezone=True)),
        bindparam("at", type_=DateTime(timezone=True)),
    )
)


class Trace(NamedTuple):
    """What is hashed: a folded name with its province, or a number in its one form."""

    kind: TraceKind
    value: str


def traces_of(
    kind: PartyKind, name: str, area_code: str | None, case_area_code: str, contacts: Iterable[Contact]
) -> Iterator[Trace]:
    """Give the traces of a party, each once; without a place of its own its name belongs to the case's province."""
    if kind not in NAMED:
        return
    key = employer_key(name)
    if key is not None:
        yield Trace(NAMED[kind], f"{(area_code or case_area_code)[:PROVINCE_DIGITS]}:{key}")
    for way, value in dict.fromkeys(contacts):
        if way in _REACHED:
            yield Trace(_REACHED[way], value)


def trace_index(key: Key, trace: Trace) -> bytes:
    """Give the id of the key and 32 bytes; without the key they tell nothing."""
    return key.id + hmac.digest(key.traces, f"{trace.kind.value}:{trace.value}".encode(), hashlib.sha256)


def trace_indexes(keys: Keys, trace: Trace) -> list[bytes]:
    """Give it under every key of the ring, the newest first: while keys change, rows have one or another."""
    return [trace_index(key, trace) for key in keys.ring]


async def leave_traces(work: Work, case: Case, party: CaseParty, contacts: Iterable[Contact]) -> None:
    """Write the party's traces and let the database see which cases share them (`join_incident` of the wall).

    In the order of their hashes: each is locked until the end, and two who name the same party never wait crosswise.
    """
    found = traces_of(party.kind, party.name, party.area_code, case.area_code, contacts)
    indexed = sorted((trace_indexes(work.keys, trace), trace.kind) for trace in found)
    for indexes, kind in indexed:
        await work.save(
            PartyTrace(party_id=party.id, kind=kind, blind_index=indexes[0], case_id=case.id, traced_at=work.now)
        )
        await work.session.execute(
            _JOIN,
            {"case_id": case.id, "kind": kind, "indexes": indexes, "since": _since(kind, work.now), "at": work.now},
        )


def _since(kind: TraceKind, now: datetime) -> datetime:
    window: timedelta = windows_of_common_causes()[kind]
    return now - window
