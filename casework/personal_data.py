"""The inventory of what is kept about a citizen: table by table, what an export gives and what an erasure takes away.

Both verbs read it, and a test holds it to the models: a new table or column has no place until somebody decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Delete,
    Table,
    Update,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlmodel import SQLModel

import models
from models import table_of
from models.vocabulary import Language, SubjectKind

CITIZEN = bindparam("wanted_citizen", type_=BigInteger())
NOW = bindparam("erased_now", type_=DateTime(timezone=True))
AMPHOE_DIGITS = 4

the_case, party, referral = table_of(models.Case), table_of(models.CaseParty), table_of(models.Referral)
event, merge = table_of(models.Event), table_of(models.CaseMerge)
CASES = select(the_case.c.id).where(the_case.c.citizen_id == CITIZEN)
"""The ids of the citizen's cases."""


@dataclass(frozen=True)
class Kept:
    """What one table keeps about a citizen; the columns are names, divided by spaces.

    `erases` says what stands in a column afterwards; `goes` deletes the rows. `gives` is what the person gets, and
    `withholds` what not: row ids, what the service needs for itself, and what is about others.
    """

    model: type[SQLModel]
    th: str
    en: str
    gives: str = ""
    withholds: str = ""
    erases: Mapping[str, Any] = field(default_factory=dict)
    by_action: str = ""
    """Columns that the erasing action writes itself, row by row."""
    goes: bool = False
    where: ColumnElement[bool] | None = None
    """Which rows, unless a column `citizen_id` or `case_id` says it."""

    @property
    def table(self) -> Table:
        return table_of(self.model)

    @cached_property
    def of_citizen(self) -> ColumnElement[bool]:
        if self.where is not None:
            return self.where
        columns = self.table.c
        return columns.citizen_id == CITIZEN if "citizen_id" in columns else columns.case_id.in_(CASES)

    def erasure(self) -> Update | Delete | None:
        if self.goes:
            return delete(self.table).where(self.of_citizen)
        if not self.erases:
            return None
        return update(self.table).where(self.of_citizen).values(dict(self.erases))

    @property
    def is_touched(self) -> bool:
        return self.goes or bool(self.erases)


def _coarse(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A home, a workplace or the place of a party: no nearer than the amphoe."""
    return func.left(column, AMPHOE_DIGITS)


def _inventory() -> Iterator[Kept]:
    yield Kept(
        models.Citizen, "ชื่อ ภาษา ปีเกิด และภูมิลำเนา", "name, language, year of birth and home",
        gives="title given_name family_name language area_code birth_year registered_by_seat_id registered_at"
        " updated_at erased_at",
        withholds="id merged_into_citizen_id version journal_length journal_head",
        erases={
            "title": None, "given_name": "", "family_name": "", "birth_year": None, "erased_at": NOW,
            "language": Language.TH,  # the language of a minority tells of the origin (PDPA s.26)
            "area_code": _coarse(table_of(models.Citizen).c.area_code),
        },
        where=table_of(models.Citizen).c.id == CITIZEN,
    )  # fmt: skip
    yield Kept(
        models.CitizenContact,
        "ช่องทางติดต่อ",
        "contacts",
        gives="kind value",
        withholds="id citizen_id position from_citizen_id",
        goes=True,
    )
    yield Kept(
        models.CitizenIdentifier, "เลขประจำตัว", "identifiers",
        gives="kind sealed", withholds="id citizen_id blind_index last_four from_citizen_id", goes=True,
    )  # fmt: skip
    yield Kept(
        models.CitizenSearch,
        "คำค้นและเสียงจากชื่อ",
        "search words and sounds of the name",
        withholds="citizen_id words sounds",
        erases={"words": "", "sounds": []},
    )
    yield Kept(
        models.IdentifierReveal, "การเปิดดูเลขประจำตัวเต็ม", "who was shown whole identifiers, and why",
        gives="kind reason revealed_by_seat_id revealed_at",
        withholds="id citizen_id identifier_id revealed_by_account_id", erases={"reason": ""},
    )  # fmt: skip
    yield Kept(
        models.CitizenAccess, "ผู้ที่เปิดดูข้อมูล", "who looked",
        gives="at purpose level case_id seat_id", withholds="id citizen_id account_id reveal_id request_id",
    )  # fmt: skip
    yield Kept(
        models.LegalHold, "คำสั่งให้เก็บข้อมูล", "legal holds",  # an investigation is not told to its object
        withholds="id citizen_id ground note placed_by placed_at released_by released_at", erases={"note": ""},
    )  # fmt: skip
    yield Kept(
        models.Case, "เรื่อง", "cases: titles and tracking codes",
        gives="reference state channel title priority sensitive area_code holder_seat_id holder_office_id"
        " volunteer_seat_id opened_at updated_at due_at review_on resolved_at ended_at erased_at merged_into_case_id",
        withholds="id amphoe_code province_code citizen_id from_citizen_id campaign_id resolved_by_account_id"
        " tracking_generation version journal_length journal_head",
        by_action="title tracking_generation", erases={"erased_at": NOW},
    )  # fmt: skip
    yield Kept(
        models.CaseContent, "คำบอกเล่าและสถานที่ทำงาน", "narratives and workplaces",
        gives="narrative workplace_area_code workplace_name", withholds="case_id",
        erases={
            "narrative": "", "workplace_name": None,
            "workplace_area_code": _coarse(table_of(models.CaseContent).c.workplace_area_code),
        },
    )  # fmt: skip
    yield Kept(
        models.CaseSearch, "คำค้นของเรื่อง", "search words of cases", withholds="case_id words", erases={"words": ""}
    )
    yield Kept(
        models.CaseProblem, "ปัญหาและผล", "problems and outcomes",
        gives="problem_type_code outcome amount_claimed amount_recovered outcome_at",
        withholds="id case_id position from_case_id",
    )  # fmt: skip
    yield Kept(
        models.KeyDate, "วันสำคัญของเรื่อง", "days that clocks count from",
        gives="event day recorded_at", withholds="case_id",
    )  # fmt: skip
    yield Kept(
        models.Deadline, "กำหนดเวลา", "clocks",
        gives="kind code rule_from started_at due_at extension ended_at ending",
        withholds="id case_id referral_id paused_at steps",
    )  # fmt: skip
    yield Kept(
        models.DeadlineStep, "ความเคลื่อนไหวของกำหนดเวลา", "ledgers of clocks",
        withholds="deadline_id position case_id move at due_at",
    )  # fmt: skip
    yield Kept(
        models.Notice, "การแจ้งเตือนเจ้าหน้าที่", "what the system told whom",
        withholds="id case_id reason seat_id office_id referral_id since given_at ended_at",
    )  # fmt: skip
    yield Kept(
        models.CaseParty, "ผู้เกี่ยวข้อง", "names of other parties",
        gives="kind name added_at", withholds="id case_id area_code added_by_seat_id",
        erases={"name": "", "area_code": _coarse(party.c.area_code)},
    )  # fmt: skip
    yield Kept(
        models.PartyContact, "ช่องทางติดต่อผู้เกี่ยวข้อง", "contacts of other parties",
        withholds="id party_id kind value position", goes=True,
        where=table_of(models.PartyContact).c.party_id.in_(select(party.c.id).where(party.c.case_id.in_(CASES))),
    )  # fmt: skip
    yield Kept(
        models.PartyTrace, "ร่องรอยของนายจ้างและผู้จัดหางาน", "traces of employers and recruiters",
        withholds="party_id kind blind_index case_id traced_at", goes=True,
    )  # fmt: skip
    yield Kept(
        models.IncidentCase, "เหตุร่วมของเรื่อง", "incidents that cases belong to",
        withholds="incident_id case_id joined_at told_at", goes=True,
    )  # fmt: skip
    yield Kept(
        models.Note, "บันทึก", "notes", gives="audience text author_seat_id author_agency_code written_at captured_at"
        " late",
        withholds="id case_id", erases={"text": ""},
    )  # fmt: skip
    yield Kept(
        models.Visit, "การเยี่ยม", "visits", gives="state planned_for visited_at made_at recorded_at recorded_by_seat_id",
        withholds="id case_id note_id made_by_seat_id",
    )  # fmt: skip
    yield Kept(
        models.Task, "งานที่ต้องทำ", "tasks", gives="rule_code due_on state made_at ended_at",
        withholds="id case_id rule_from occasion who seat_id visit_id referral_id made_by_seat_id ended_by_seat_id",
    )  # fmt: skip
    yield Kept(
        models.TaskText,
        "ข้อความของงาน",
        "words of tasks",
        gives="title",
        withholds="task_id case_id",
        erases={"title": ""},
    )
    yield Kept(
        models.CaseDocument, "รายการเอกสาร", "checklists of documents",
        gives="document_code state checked_at checked_by_seat_id", withholds="case_id",
    )  # fmt: skip
    yield Kept(
        models.Attachment, "ไฟล์แนบ", "attached files",  # the database sees to their bytes: see `discarded_object`
        gives="audience name media_type byte_count author_seat_id author_agency_code state requested_at confirmed_at"
        " captured_at scanned_at",
        withholds="id case_id activity_id sha256 object_key fault", goes=True,
    )  # fmt: skip
    yield Kept(
        models.CitizenOperation, "คำสั่งที่ผู้ร้องส่งเอง", "what the citizen sent by tracking code",
        withholds="case_id operation_id name fingerprint at", goes=True,
    )  # fmt: skip
    yield Kept(
        models.Referral, "การส่งต่อและการเปิดเผยข้อมูล", "referrals and disclosures",
        gives="problem_id kind state from_seat_id from_office_id to_office_id reason_category reply_category"
        " legal_basis discloses disclosure_expires_at respond_by result_by sent_at received_at accepted_at started_at"
        " asked_at ended_at",
        withholds="id case_id suggested_office_id asked_from version",
    )  # fmt: skip
    yield Kept(
        models.ReferralContent, "เหตุผลและรายงานของการส่งต่อ", "reasons and reports of referrals",
        gives="reason reply report", withholds="referral_id", erases={"reason": "", "reply": None, "report": None},
        where=table_of(models.ReferralContent).c.referral_id.in_(
            select(referral.c.id).where(referral.c.case_id.in_(CASES))
        ),
    )  # fmt: skip
    yield Kept(
        models.Participation, "ผู้เข้าถึงเรื่อง", "who had access",
        gives="seat_id office_id level discloses source since until expires_at", withholds="id case_id referral_id",
    )  # fmt: skip
    yield Kept(
        models.CaseHolding, "เจ้าของเรื่อง", "who held the case",
        gives="seat_id office_id since until", withholds="id case_id",
    )  # fmt: skip
    yield Kept(
        models.Assignment, "การมอบหมาย", "assignments",
        gives="seat_id state proposed_at answered_at", withholds="id case_id proposed_by_seat_id",
    )  # fmt: skip
    yield Kept(models.Follow, "ผู้ติดตามเรื่อง", "followers", gives="seat_id since", withholds="case_id")
    yield Kept(
        models.HandoverItem, "รายการส่งมอบตำแหน่ง", "receipts of posts that were handed over",
        withholds="handover_id position kind case_id about_id due_at",
    )  # fmt: skip
    yield Kept(
        models.CaseMerge, "การรวมเรื่อง", "merges",
        withholds="id source_case_id target_case_id source_state target_version merged_at unmerged_at",
        where=merge.c.source_case_id.in_(CASES),
    )  # fmt: skip
    yield Kept(
        models.Event, "เหตุการณ์", "events of the journal",
        gives="kind recorded_at captured_at actor_seat_id actor_agency_code",
        withholds="id subject_kind subject_id seq actor_account_id audience operation_id payload previous_hash hash",
        where=((event.c.subject_kind == SubjectKind.CITIZEN) & (event.c.subject_id == CITIZEN))
        | ((event.c.subject_kind == SubjectKind.CASE) & event.c.subject_id.in_(CASES)),
    )  # fmt: skip


INVENTORY: Mapping[type[SQLModel], Kept] = {kept.model: kept for kept in _inventory()}
NOTHING_ABOUT_CITIZENS: Mapping[type[SQLModel], str] = {
    **dict.fromkeys(
        (models.Area, models.Agency, models.Office, models.OfficeArea, models.ProblemType, models.LegalClock,
         models.ServiceStandard, models.SeveranceTier, models.ReferenceVersion),
        "reference data",
    ),
    **dict.fromkeys(
        (models.Account, models.Seat, models.Incumbency, models.Handover, models.NoticeAddress, models.OutgoingNotice),
        "officials and volunteers, not citizens"
    ),
    models.CaseCounter: "counts cases",
    **dict.fromkeys((models.Statement, models.StatementOutcome), "counts of what a post did in a month"),
    **dict.fromkeys(
        (models.StatementDispute, models.StatementDisputeText),
        "what officials and volunteers say about the counts of a post; they are asked to name no citizen",
    ),
    **dict.fromkeys((models.Watch, models.WatchCursor), "when the worker looks at which case, by its id"),
    models.Incident: "a keyed hash of an employer or a recruiter; which cases belong to it stands apart, and goes",
    models.Export: "a file of a list, gone after a day; erase_citizen.py takes back those that name the citizen",
    models.DiscardedObject: "random names of objects whose bytes are about to be deleted",
    **dict.fromkeys((models.Feed, models.FeedPending), "the order of events, by their ids"),
    models.Operation: "a keyed hash of what was sent, that nobody can turn back",
    models.Webhook: "an office's endpoint",
    models.WebhookDelivery: "which event was sent to an office, by its id, for a month",
    **dict.fromkeys((models.Activity, models.ActivityParticipant), "what an office holds, and which posts take part"),
    models.ActivityGuest: "people from outside who came to an activity; guests.py forgets them",
    models.RateLimit: "a keyed hash of who asks, gone within minutes",
}  # fmt: skip
"""Tables that stay as they are, and why."""
