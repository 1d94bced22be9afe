"""How people are read: citizens, what is disclosed of them, and the other parties."""

from models import Case, Citizen, Participation, Referral
from models.incident_words import PartyContactKind
from models.vocabulary import ContactKind, DisclosedField, Disclosure, Level
from tests.oracle.mirror import Listed, Mirror, Read
from tests.oracle.readers.making import column, columns, latest, node_id


def _disclosures(mirror: Mirror, citizen: Citizen) -> list[Participation]:
    """Give the packets of the cases that are seen at level FULL, each as it was in force."""
    cases = [case for case in mirror.facts.of(Case, citizen_id=citizen.id) if mirror.reaches(case.id, Level.FULL)]
    parts = [part for case in cases for part in mirror.facts.of(Participation, case_id=case.id)]
    return latest([part for part in parts if part.referral_id and part.level >= Level.WORK], "since", "id")


READERS: dict[str, dict[str, Read]] = {
    "Citizen": {
        "id": node_id("Citizen"),
        "name": lambda _, row: f"{row.title or ''}{row.given_name} {row.family_name}",
        **columns("title", "givenName", "familyName", "language", "birthYear", "registeredAt", "erasedAt", "version"),
        "mergedInto": lambda m, row: m.citizen(row.merged_into_citizen_id),
        "mergedRecords": lambda m, row: [
            record for record in m.facts.of(Citizen, merged_into_citizen_id=row.id) if m.citizen(record.id) is not None
        ],
        "area": lambda m, row: m.area(row.area_code),
        "phones": lambda m, row: m.contacts(row, ContactKind.PHONE, Disclosure.PHONES),
        "addresses": lambda m, row: m.contacts(row, ContactKind.ADDRESS, Disclosure.ADDRESSES),
        "identifiers": lambda m, row: m.identifiers(row),
        "viewerLevel": lambda m, row: m.citizen_level(row),
        "disclosures": lambda m, row: Listed(_disclosures(m, row)) if m.citizen_level(row) is Level.FULL else None,
        "cases": lambda m, row: Listed(
            latest([c for c in m.facts.of(Case, citizen_id=row.id) if m.reaches(c.id, Level.WORK)], "updated_at", "id")
        ),
    },
    "Identifier": columns("kind", "lastFour"),
    "Disclosure": {
        "office": lambda m, part: m.office(part.office_id),
        "fields": lambda _, part: [field.value for field in DisclosedField if Disclosure[field] & part.discloses],
        "legalBasis": lambda m, part: m.facts.one(Referral, id=part.referral_id).legal_basis,
        "since": column("since"),
        "endsAt": lambda _, part: min(at for at in (part.until, part.expires_at) if at is not None),
        "case": lambda m, part: m.visible(Case, part.case_id),
        "referral": lambda m, part: m.visible(Referral, part.referral_id),
    },
    "Party": {
        "id": node_id("Party"),
        **columns("kind", "name", "addedAt"),
        "area": lambda m, row: m.area(row.area_code),
        "phones": lambda m, row: m.party_contacts(row, PartyContactKind.PHONE),
        "addresses": lambda m, row: m.party_contacts(row, PartyContactKind.ADDRESS),
        "bankAccounts": lambda m, row: m.party_contacts(row, PartyContactKind.BANK_ACCOUNT),
    },
}  # fmt: skip
