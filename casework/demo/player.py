"""Play the demo cases: every script goes through the real actions, step by step, with its own clock."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from casework.actions.accept_assignment import accept_assignment
from casework.actions.accept_referral import accept_referral
from casework.actions.add_note import add_note
from casework.actions.assign_case import assign_case
from casework.actions.complete_referral import Result, complete_referral
from casework.actions.decline_assignment import decline_assignment
from casework.actions.open_case import Intake, open_case
from casework.actions.recall_referral import recall_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.refer_case import Sending, refer_case
from casework.actions.register_citizen import Identifier, Person, register_citizen
from casework.actions.reject_referral import reject_referral
from casework.actions.start_referral import start_referral
from casework.actions.update_case_status import update_case_status
from casework.demo.network import posts, read_network, subject_of
from casework.keys import Keys
from casework.policy.actors import SEATS_OF, Actor, actor_among
from casework.reference.data import ReferenceData
from casework.rules.calendar import BANGKOK
from casework.work import Work
from models import Case, Referral
from models.vocabulary import (
    Audience,
    CaseState,
    Channel,
    DisclosedField,
    IdentifierKind,
    Language,
    LegalBasis,
    Outcome,
    Priority,
    ReasonCategory,
    ReferralKind,
)

FILE = Path(__file__).with_name("cases.yaml")
Step = Mapping[str, Any]


def read_scripts() -> list[dict[str, Any]]:
    scripts: list[dict[str, Any]] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return scripts


class Player:
    """Plays scripts one after another; each is one transaction, so a half-played case is never left."""

    def __init__(self, writer: AsyncEngine, reference: ReferenceData, keys: Keys) -> None:
        self._writer = writer
        self._reference = reference
        self._keys = keys
        self._actors: dict[str, Actor] = {}
        self._sensitive = {
            f"sensitive {seat['office']}": handle
            for handle, seat, _ in posts(read_network())
            if handle.startswith("officer") and seat["handles_sensitive"]
        }

    async def play(self, script: Mapping[str, Any]) -> None:
        opened = datetime.strptime(script["opened"], "%Y-%m-%d %H:%M").replace(tzinfo=BANGKOK)
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            work = await self._work(session, script["by"], opened)
            case_id = await open_case(
                work, intake=_intake(script, await register_citizen(work, person=_person(script)))
            )
            played = Played(session, case_id, opened)
            for step in script["steps"]:
                await played.step(await self._work(session, step["by"], _at(opened, step["at"])), step, self.actor)

    async def _work(self, session: AsyncSession, handle: str, now: datetime) -> Work:
        return Work(session, await self.actor(session, handle), now, self._reference, self._keys)

    async def actor(self, session: AsyncSession, handle: str) -> Actor:
        """Find the actor of a handle such as `officer DLPW-43`."""
        known = self._actors.get(handle)
        if known is None:
            subject = subject_of(self._sensitive.get(handle, handle))
            rows = await session.execute(SEATS_OF, {"subject": subject, "now": datetime.now(BANGKOK)})
            known = actor_among(rows, seat_id=None)
            if known is None:
                raise LookupError(f"The demo network has no {handle}.")
            self._actors[handle] = known
        return known


class Played:
    """A case under way: its versions are read from the database, as a client would before each step."""

    def __init__(self, session: AsyncSession, case_id: int, opened: datetime) -> None:
        self._session = session
        self._case_id = case_id
        self._opened = opened
        self._referrals: dict[str, int] = {}

    async def step(self, work: Work, step: Step, actor: Callable[[AsyncSession, str], Awaitable[Actor]]) -> None:
        verbs: dict[str, Callable[[], Awaitable[Any]]] = {
            "status": lambda: self._status(work, step),
            "note": lambda: add_note(
                work, case_id=self._case_id, audience=Audience(step["audience"]), text=step["text"]
            ),
            "refer": lambda: self._refer(work, step),
            "assign": lambda: self._assign(work, step, actor),
            "accept_assignment": lambda: self._on_case(accept_assignment, work),
            "decline_assignment": lambda: self._on_case(decline_assignment, work, reason=step["reason"]),
            "receive": lambda: self._on_referral(receive_referral, work, step),
            "accept": lambda: self._on_referral(accept_referral, work, step),
            "start": lambda: self._on_referral(start_referral, work, step),
            "reject": lambda: self._on_referral(reject_referral, work, step, **self._rejection(work, step)),
            "recall": lambda: self._on_referral(
                recall_referral, work, step, reason=step["reason"], category=ReasonCategory(step["category"])
            ),
            "complete": lambda: self._on_referral(complete_referral, work, step, result=_result(step)),
        }
        await verbs[step["do"]]()

    async def _on_case(self, verb: Callable[..., Awaitable[int]], work: Work, **more: Any) -> None:
        version = await self._version()
        await verb(work, case_id=self._case_id, expected_version=version, **more)

    async def _version(self) -> int:
        wanted = select(col(Case.version)).where(col(Case.id) == self._case_id)
        return (await self._session.execute(wanted)).scalar_one()

    async def _on_referral(self, verb: Callable[..., Awaitable[int]], work: Work, step: Step, **more: Any) -> None:
        referral_id = self._referrals[step["ref"]]
        version = await self._session.scalar(select(col(Referral.version)).where(col(Referral.id) == referral_id))
        await verb(work, referral_id=referral_id, expected_version=version, **more)

    async def _status(self, work: Work, step: Step) -> None:
        review_on: date | None = None
        if "review_on" in step:
            review_on = self._opened.date() + timedelta(days=int(step["review_on"].strip("+d")))
        state = CaseState(step["to"])
        await self._on_case(update_case_status, work, state=state, review_on=review_on, reason=step.get("reason"))

    async def _assign(self, work: Work, step: Step, actor: Callable[[AsyncSession, str], Awaitable[Actor]]) -> None:
        seat_id = (await actor(self._session, step["to"])).seat_id
        await self._on_case(assign_case, work, seat_id=seat_id)

    async def _refer(self, work: Work, step: Step) -> None:
        sending = Sending(
            office_id=work.reference.offices_by_code[step["to"]].id,
            problem_type_code=step["problem"],
            kind=ReferralKind(step["kind"]),
            reason=step["reason"],
            reason_category=ReasonCategory(step["category"]),
            legal_basis=LegalBasis(step["legal_basis"]),
            discloses=frozenset(DisclosedField(name) for name in step.get("discloses") or ()),
        )
        version = await self._version()
        self._referrals[step["ref"]] = await refer_case(
            work, case_id=self._case_id, expected_version=version, sending=sending
        )

    def _rejection(self, work: Work, step: Step) -> dict[str, Any]:
        suggested = work.reference.offices_by_code[step["suggested"]].id if step.get("suggested") else None
        return {
            "reason": step["reason"],
            "category": ReasonCategory(step["category"]),
            "suggested_office_id": suggested,
        }


def _at(opened: datetime, text: str) -> datetime:
    """Read e.g. `+2d 09:30`: that many days after the day of opening, at that time in Bangkok."""
    days, clock = text.split()
    hours, minutes = clock.split(":")
    midnight = opened.replace(hour=0, minute=0)
    return midnight + timedelta(days=int(days.strip("+d")), hours=int(hours), minutes=int(minutes))


def _person(script: Mapping[str, Any]) -> Person:
    citizen = script["citizen"]
    documents = [
        Identifier(kind, citizen[kind.value.lower()]) for kind in IdentifierKind if citizen.get(kind.value.lower())
    ]
    return Person(
        given_name=citizen["given_name"],
        family_name=citizen["family_name"],
        title=citizen["title"],
        language=Language(citizen["language"]),
        area_code=citizen["tambon"],
        phones=citizen["phones"],
        addresses=[citizen["address"]] if citizen.get("address") else [],
        identifiers=documents,
    )


def _intake(script: Mapping[str, Any], citizen_id: int) -> Intake:
    return Intake(
        citizen_id=citizen_id,
        problem_type_codes=script["problems"],
        area_code=script["area"],
        narrative=script["narrative"],
        channel=Channel(script["channel"]),
        priority=Priority(script["priority"]),
    )


def _result(step: Step) -> Result:
    return Result(
        report=step["report"],
        outcome=Outcome(step["outcome"]) if step.get("outcome") else None,
        amount_claimed=Decimal(step["claimed"]) if step.get("claimed") else None,
        amount_recovered=Decimal(step["recovered"]) if step.get("recovered") else None,
    )
