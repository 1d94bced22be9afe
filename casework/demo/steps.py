"""The steps of demo scripts: each verb in terms of the real actions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from casework.actions.accept_assignment import accept_assignment
from casework.actions.accept_referral import accept_referral
from casework.actions.add_note import add_note
from casework.actions.add_party import add_party
from casework.actions.answer_referral_info import answer_referral_info
from casework.actions.approve_closing import approve_closing
from casework.actions.assign_case import assign_case
from casework.actions.close_undisputed import close_undisputed
from casework.actions.complete_referral import complete_referral
from casework.actions.confirm_closing import confirm_closing
from casework.actions.decline_assignment import decline_assignment
from casework.actions.dispute_closing import dispute_closing
from casework.actions.dispute_referral import dispute_referral
from casework.actions.follow_case import follow_case
from casework.actions.lapse_referral import lapse_referral
from casework.actions.merge_cases import merge_cases
from casework.actions.open_case import open_case
from casework.actions.recall_referral import recall_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.record_outcome import record_outcome
from casework.actions.refer_case import refer_case
from casework.actions.reject_referral import reject_referral
from casework.actions.renew_disclosure import renew_disclosure
from casework.actions.reopen_case import reopen_case
from casework.actions.request_referral_info import request_referral_info
from casework.actions.return_referral import return_referral
from casework.actions.start_referral import start_referral
from casework.actions.unmerge_cases import unmerge_cases
from casework.actions.update_case_status import update_case_status
from casework.demo.intakes import intake_of, party_of, result_of, sending_of
from casework.policy.actors import Actor
from casework.rules.states import REFERRAL_OPEN
from casework.work import Unit, Work
from models import Case, Referral
from models.vocabulary import Audience, CaseState, ReasonCategory

Step = Mapping[str, Any]
Verb = Callable[..., Awaitable[int]]
NEED_THE_PERSON = frozenset({"note", "party", "accept", "start", "complete"})
RENEWED_FOR = timedelta(days=14)
"""How long a packet lasts that is renewed for one of these."""


@dataclass
class Played:
    """A case under way: its versions are read from the database, as a client would before each step."""

    session: AsyncSession
    case_id: int
    citizen_id: int
    opened: datetime
    actor: Callable[[AsyncSession, str], Awaitable[Actor]]
    referrals: dict[str, int] = field(default_factory=dict)
    senders: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, int] = field(default_factory=dict)

    async def version(self, case_id: int) -> int:
        return (await self.session.execute(select(col(Case.version)).where(col(Case.id) == case_id))).scalar_one()

    async def on_case(self, verb: Verb, work: Work, **more: Any) -> None:
        await verb(work, case_id=self.case_id, expected_version=await self.version(self.case_id), **more)

    async def on_referral(self, verb: Verb, work: Work, step: Step, **more: Any) -> None:
        referral_id = self.referrals[step["ref"]]
        version = await self.session.scalar(select(col(Referral.version)).where(col(Referral.id) == referral_id))
        await verb(work, referral_id=referral_id, expected_version=version, **more)


async def take_step(played: Played, work: Work, step: Step) -> None:
    """Do what a step says, as whoever does it; an office that may not see the person any more has it renewed before."""
    if step["do"] in NEED_THE_PERSON:
        await _renew_what_is_over(played, work)
    await _VERBS[step["do"]](played, work, step)


async def _renew_what_is_over(played: Played, work: Work) -> None:
    for ref, referral_id in played.referrals.items():
        referral = await played.session.get_one(Referral, referral_id)
        theirs = referral.to_office_id == work.by.office_id and referral.state in REFERRAL_OPEN
        if theirs and referral.disclosure_expires_at <= work.now:
            sender = replace(work, by=await played.actor(played.session, played.senders[ref]))
            await played.on_referral(renew_disclosure, sender, {"ref": ref}, expires_at=work.now + RENEWED_FOR)


async def _status(played: Played, work: Work, step: Step) -> None:
    review_on: date | None = None
    if "review_on" in step:
        review_on = played.opened.date() + timedelta(days=int(step["review_on"].strip("+d")))
    state = CaseState(step["to"])
    await played.on_case(update_case_status, work, state=state, review_on=review_on, reason=step.get("reason"))


async def _note(played: Played, work: Work, step: Step) -> None:
    await add_note(work, case_id=played.case_id, audience=Audience(step["audience"]), text=step["text"])


async def _party(played: Played, work: Work, step: Step) -> None:
    await add_party(work, case_id=played.case_id, party=party_of(step))


async def _follow(played: Played, work: Work, _step: Step) -> None:
    await follow_case(work, case_id=played.case_id)


async def _refer(played: Played, work: Work, step: Step) -> None:
    version = await played.version(played.case_id)
    sending = sending_of(step, work.reference)
    played.referrals[step["ref"]] = await refer_case(
        work, case_id=played.case_id, expected_version=version, sending=sending
    )
    played.senders[step["ref"]] = step["by"]


async def _assign(played: Played, work: Work, step: Step) -> None:
    seat_id = (await played.actor(played.session, step["to"])).seat_id
    await played.on_case(assign_case, work, seat_id=seat_id)


async def _outcome(played: Played, work: Work, step: Step) -> None:
    await played.on_case(record_outcome, work, problem_type_code=step["problem"], result=result_of(step))


async def _complete(played: Played, work: Work, step: Step) -> None:
    await played.on_referral(complete_referral, work, step, report=step["report"], result=result_of(step))


async def _duplicate(played: Played, work: Work, step: Step) -> None:
    intake = intake_of(step, played.citizen_id)
    played.duplicates[step["label"]] = await open_case(work, intake=intake)


async def _merge(played: Played, work: Work, step: Step) -> None:
    source_id = played.duplicates[step["case"]]
    await merge_cases(
        work,
        source_id=source_id,
        target_id=played.case_id,
        expected_version=await played.version(source_id),
        expected_into_version=await played.version(played.case_id),
    )


async def _unmerge(played: Played, work: Work, step: Step) -> None:
    source_id = played.duplicates[step["case"]]
    await unmerge_cases(work, case_id=source_id, expected_version=await played.version(source_id))


def _case(verb: Verb, *texts: str) -> Callable[[Played, Work, Step], Awaitable[None]]:
    """A step that takes the case and the texts named."""

    async def take(played: Played, work: Work, step: Step) -> None:
        await played.on_case(verb, work, **{text: step[text] for text in texts})

    return take


def _referral(verb: Verb, *texts: str) -> Callable[[Played, Work, Step], Awaitable[None]]:
    """A step that takes a referral and the texts named."""

    async def take(played: Played, work: Work, step: Step) -> None:
        await played.on_referral(verb, work, step, **{text: step[text] for text in texts})

    return take


def _reply(verb: Verb) -> Callable[[Played, Work, Step], Awaitable[None]]:
    """A step that ends a referral with a reason, and perhaps a better office."""

    async def take(played: Played, work: Work, step: Step) -> None:
        more: dict[str, Any] = {}
        if step.get("suggested"):
            more["suggested_office_id"] = work.reference.offices_by_code[step["suggested"]].id
        category = ReasonCategory(step["category"])
        await played.on_referral(verb, work, step, reason=step["reason"], category=category, **more)

    return take


_VERBS: Mapping[str, Callable[[Played, Work, Step], Awaitable[None]]] = {
    "status": _status,
    "note": _note,
    "party": _party,
    "follow": _follow,
    "refer": _refer,
    "assign": _assign,
    "accept_assignment": _case(accept_assignment),
    "decline_assignment": _case(decline_assignment, "reason"),
    "outcome": _outcome,
    "confirm_closing": _case(confirm_closing, "note"),
    "dispute_closing": _case(dispute_closing, "reason"),
    "approve_closing": _case(approve_closing),
    "reopen": _case(reopen_case, "reason"),
    "duplicate": _duplicate,
    "merge": _merge,
    "unmerge": _unmerge,
    "receive": _referral(receive_referral),
    "accept": _referral(accept_referral),
    "start": _referral(start_referral),
    "ask_info": _referral(request_referral_info, "question"),
    "answer_info": _referral(answer_referral_info, "answer"),
    "dispute": _referral(dispute_referral, "reason"),
    "complete": _complete,
    "reject": _reply(reject_referral),
    "return": _reply(return_referral),
    "recall": _reply(recall_referral),
}


async def _lapse(played: Played, work: Unit, step: Step) -> bool:
    return await lapse_referral(work, referral_id=played.referrals[step["ref"]])


async def _close(played: Played, work: Unit, _step: Step) -> bool:
    return await close_undisputed(work, case_id=played.case_id)


SYSTEM_STEPS: Mapping[str, Callable[[Played, Unit, Step], Awaitable[bool]]] = {"lapse": _lapse, "close": _close}
"""What the system does by itself; False when there was nothing to do."""
