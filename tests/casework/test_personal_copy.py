"""The copy for the person: everything that the inventory gives, and nothing of others."""

from typing import Any

import orjson
import pytest
from sqlmodel import SQLModel

import models
from casework.actions.merge_citizens import merge_citizens
from casework.actions.record_export import record_export
from casework.identifiers import IdentifierUnreadableError
from casework.keys import Keys
from casework.named import Named
from casework.personal_copy import (
    BESIDE,
    CASES_AT_ONCE,
    MERGED,
    OF_CASE,
    OF_CITIZEN,
    SECTIONS,
    Copier,
    Piece,
    copier_of,
    key_of,
)
from casework.personal_data import INVENTORY
from models.vocabulary import Audience
from server.database import reading
from tests.casework.whole_person import (
    INTERNAL,
    NATIONAL_ID,
    NOTES,
    OTHERS,
    PLANTED,
    as_owner,
    erase,
    whole_person,
)
from tests.world import COORDINATOR, World


async def pieces_of(world: World, citizen_id: int, *, all_notes: bool = False, keys: Keys | None = None) -> list[Piece]:
    async with reading(world.owner).connect() as connection:
        copier = await copier_of(
            connection, citizen_id, keys=keys or world.keys, reference=world.reference, all_notes=all_notes
        )
        return [piece async for piece in copier.pieces()]


def told(pieces: list[Piece]) -> str:
    return orjson.dumps(pieces, default=str).decode()


async def test_the_person_gets_all_that_was_kept_but_what_is_about_others(world: World) -> None:
    whole = await whole_person(world)
    text = told(await pieces_of(world, whole.citizen_id))
    assert {word for word in PLANTED if word not in text} == OTHERS | INTERNAL
    text = told(await pieces_of(world, whole.citizen_id, all_notes=True))
    assert {word for word in PLANTED if word not in text} == OTHERS
    names = await world.rows("SELECT family_name FROM account UNION SELECT phone FROM account WHERE phone IS NOT NULL")
    assert [name for (name,) in names if name in text] == []


async def test_every_column_that_the_inventory_gives_is_in_the_copy_with_a_value(world: World) -> None:
    """But those that no citizen can have all of: each is named here with what it takes."""
    whole = await whole_person(world)
    await as_owner(world, record_export, citizen_id=whole.citizen_id)
    pieces = await pieces_of(world, whole.citizen_id, all_notes=True)
    cases = [piece.record for piece in pieces if piece.section == "cases"]
    records: dict[str, list[dict[str, Any]]] = {
        name: [p.record for p in pieces if p.section == name] for name in SECTIONS
    }
    records |= {name: [record for case in cases for record in case[name]] for name in OF_CASE}
    records["events"] += [record for case in cases for record in case["events"]]
    empty = set()
    of: dict[str, type[SQLModel]] = {**OF_CITIZEN, "events": models.Event, "cases": models.Case, **OF_CASE}
    for name, model in of.items():
        given = INVENTORY[model].gives.split()
        given += INVENTORY[BESIDE[model]].gives.split() if model in BESIDE else []
        for column in given:
            assert all(key_of(column) in record for record in records[name]), (name, column)
            if all(record[key_of(column)] is None for record in records[name]):
                empty.add(f"{name}.{column}")
    assert empty == {
        "citizen.erased_at", "cases.erased_at",
        "cases.holder_office_id", "referrals.from_office_id", "holders.office_id", "holders.until",
        "notes.author_agency_code", "attachments.author_agency_code",  # one volunteer held, sent and wrote
        "cases.review_on", "cases.due_at",  # the cases have ended
        "events.captured_at", "notes.captured_at", "attachments.captured_at",  # no phone was offline
        "referrals.reply", "referrals.reply_category", "referrals.asked_at",
        "problems.amount_claimed", "problems.amount_recovered",
    }  # fmt: skip


async def test_values_are_words_that_a_person_understands(world: World) -> None:
    whole = await whole_person(world)
    pieces = await pieces_of(world, whole.citizen_id)
    by_section = {name: [piece.record for piece in pieces if piece.section == name] for name in SECTIONS}
    assert list(dict.fromkeys(piece.section for piece in pieces)) == [name for name in SECTIONS if name != MERGED]
    (identifier,), (citizen,) = by_section["identifiers"], by_section["citizen"]
    assert identifier == {"kind": Named("NATIONAL_ID", "เลขประจำตัวประชาชน"), "number": NATIONAL_ID}
    assert citizen["registeredBySeat"] == Named("VOLUNTEER", "อาสาสมัครแรงงานตำบลหนองกอมเกาะ")
    first, second = by_section["cases"]
    assert (second["state"], second["mergedIntoCase"]) == (Named("MERGED", "รวมเรื่อง"), first["reference"])
    (referral,) = first["referrals"]
    assert referral["discloses"] == [Named("PHONES", "โทรศัพท์")]
    assert referral["toOffice"].code == "DLPW-43"
    assert referral["problem"] == Named("UNPAID_WAGES", "ค่าจ้างค้างจ่าย")
    assert {"level": Named("WORK", "ปฏิบัติงาน"), "discloses": [Named("PHONES", "โทรศัพท์")]}.items() <= next(
        access for access in first["access"] if access["discloses"]
    ).items()
    (look,) = by_section["looks"]
    assert (look["case"], look["purpose"].code, look["seat"].code) == (first["reference"], "RECORD", "OFFICER")


async def test_records_that_were_merged_are_one_persons_copy_and_nothing_is_in_it_twice(world: World) -> None:
    source = await world.citizen(given_name="บัว", phones=["0811111111"])
    await world.case(citizen_id=source)
    target = await world.citizen(phones=["0822222222"])
    await world.case(citizen_id=target)
    versions = {"expected_version": 1, "expected_into_version": 1}
    await world.act(COORDINATOR, merge_citizens, source_id=source, target_id=target, **versions)
    for asked in (source, target):
        pieces = await pieces_of(world, asked)
        names = {p.section: p.record["givenName"] for p in pieces if p.section in {"citizen", MERGED}}
        assert names == {"citizen": "สมหญิง", MERGED: "บัว"}
        contacts = [piece.record["value"] for piece in pieces if piece.section == "contacts"]
        assert contacts == ["+66822222222", "+66811111111"]
        assert len([piece for piece in pieces if piece.section == "cases"]) == 2
        kinds = [piece.record["kind"].code for piece in pieces if piece.section == "events"]
        assert kinds == ["CITIZEN_REGISTERED", "CITIZEN_ABSORBED", "CITIZEN_REGISTERED", "CITIZEN_MERGED"]


async def test_internal_notes_are_named_without_their_text(world: World) -> None:
    whole = await whole_person(world)
    cases = [piece.record for piece in await pieces_of(world, whole.citizen_id) if piece.section == "cases"]
    notes = {note["audience"].code: note for note in cases[0]["notes"] if note["text"] != NOTES[Audience.CASE]}
    for audience in (Audience.HOLDER_ONLY, Audience.OWN_AGENCY):
        assert (notes[audience]["text"], notes[audience]["withheld"]) == (None, True)
    assert "withheld" not in notes[Audience.CITIZEN]


async def test_the_export_is_a_look_and_an_event(world: World) -> None:
    citizen_id = await world.citizen()
    await as_owner(world, record_export, citizen_id=citizen_id)
    pieces = await pieces_of(world, citizen_id)
    assert [piece.record["kind"].code for piece in pieces if piece.section == "events"] == [
        "CITIZEN_REGISTERED", "CITIZEN_EXPORTED",
    ]  # fmt: skip
    (look,) = [piece.record for piece in pieces if piece.section == "looks"]
    assert (look["purpose"].code, look["level"].code, look["seat"]) == ("EXPORT", "FULL", None)
    assert await world.rows("SELECT payload FROM event WHERE kind = 'CITIZEN_EXPORTED'") == [({},)]


async def test_of_an_erased_citizen_the_copy_tells_the_history_alone(world: World) -> None:
    whole = await whole_person(world)
    await erase(world, whole.citizen_id)
    pieces = await pieces_of(world, whole.citizen_id, all_notes=True)
    text = told(pieces)
    assert [word for word in PLANTED if word in text] == []
    assert pieces[0].record["erasedAt"] is not None
    assert [piece.section for piece in pieces].count("cases") == 2


async def test_an_identifier_under_a_missing_key_is_not_left_out_in_silence(world: World) -> None:
    whole = await whole_person(world)
    with pytest.raises(IdentifierUnreadableError):
        await pieces_of(world, whole.citizen_id, keys=Keys(b"another secret than that of the tests"))


async def test_five_hundred_cases_are_read_fifty_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = await world.case()
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql(
            'INSERT INTO "case" SELECT (json_populate_record(c, json_build_object('
            "'id', nextval('prasan_id'), 'reference', '43-2569-' || n))).* FROM \"case\" c, generate_series(1, 499) n"
        )
        await connection.exec_driver_sql(
            "INSERT INTO case_holding SELECT nextval('prasan_id'), c.id, h.seat_id, h.office_id, h.since"
            ' FROM case_holding h, "case" c WHERE c.id <> h.case_id'
        )
    read: list[int] = []
    whole = Copier._cases

    async def counting(self: Copier, ids: Any) -> list[dict[str, Any]]:
        read.append(len(ids))
        return await whole(self, ids)

    monkeypatch.setattr(Copier, "_cases", counting)
    citizen_id = await world.value('SELECT citizen_id FROM "case" WHERE id = :id', id=case_id)
    pieces = await pieces_of(world, citizen_id)
    assert [piece.section for piece in pieces].count("cases") == 500
    assert read == [CASES_AT_ONCE] * 10
