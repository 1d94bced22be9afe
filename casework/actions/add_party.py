"""Name another party of a case: an employer, a recruiter, a witness, an heir, a representative."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework import journal
from casework.desk import take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.rules import people, texts
from casework.rules.bank_accounts import canonical_bank_account
from casework.traces import leave_traces
from casework.work import Work
from models import CaseParty, PartyContact
from models.action_words import CaseAction
from models.incident_words import PartyContactKind
from models.vocabulary import EventKind, PartyKind

MOST_CONTACTS = 5


@dataclass(frozen=True, slots=True)
class Party:
    """What is known of another party; only its kind and its name are needed."""

    kind: PartyKind
    name: str
    area_code: str | None = None
    phones: Sequence[str] = ()
    addresses: Sequence[str] = ()
    bank_accounts: Sequence[str] = ()


async def add_party(work: Work, *, case_id: int, party: Party) -> int:
    """Write the party and give its id. Takes and raises no version: several may add at once."""
    contacts = _contacts(party)
    name = texts.clean_line(party.name, "input", "name", limit=texts.LINE)
    if party.area_code is not None and party.area_code not in work.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "input", "area")
    desk = await take_case_for(work, case_id, CaseAction.ADD_PARTY)
    row = CaseParty(
        id=await work.new_id(),
        case_id=case_id,
        kind=party.kind,
        name=name,
        area_code=party.area_code,
        added_by_seat_id=work.by.seat_id,
        added_at=work.now,
    )
    await work.save(row)
    for position, (kind, value) in enumerate(contacts):
        contact = PartyContact(id=await work.new_id(), party_id=row.id, kind=kind, value=value, position=position)
        await work.save(contact)
    await leave_traces(work, desk.case, row, contacts)
    touch(work, desk.case, versioned=False)
    await journal.append(work, desk.case, EventKind.PARTY_ADDED, {"party": row.id, "partyKind": party.kind.value})
    return row.id


def _contacts(party: Party) -> list[tuple[PartyContactKind, str]]:
    given = {"phones": party.phones, "addresses": party.addresses, "bankAccounts": party.bank_accounts}
    for name, values in given.items():
        if len(values) > MOST_CONTACTS:
            raise Refusal(RefusalCode.TOO_MANY, "input", name, limit=MOST_CONTACTS)
    phones = [people.canonical_phone(p, "input", "phones", str(at)) for at, p in enumerate(party.phones)]
    addresses = [
        texts.clean_line(a, "input", "addresses", str(at), limit=texts.LINE) for at, a in enumerate(party.addresses)
    ]
    accounts = [canonical_bank_account(a, "input", "bankAccounts", str(at)) for at, a in enumerate(party.bank_accounts)]
    return [
        *((PartyContactKind.PHONE, phone) for phone in phones),
        *((PartyContactKind.ADDRESS, address) for address in addresses),
        *((PartyContactKind.BANK_ACCOUNT, account) for account in accounts),
    ]
