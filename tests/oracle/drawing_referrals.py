"""Draw the referrals of a case, in every state, and the clocks and notices of them."""

from datetime import date, timedelta
from typing import Any

from models import Case, CaseProblem, Deadline, DeadlineStep, Notice, Referral, ReferralContent, Seat
from models.clock_words import ClockKind, DeadlineMove
from models.notice_words import NoticeReason
from models.vocabulary import (
    AccessSource,
    DisclosedField,
    Disclosure,
    EventKind,
    LegalBasis,
    Level,
    ReasonCategory,
    ReferralKind,
    ReferralState,
)
from tests.oracle.drawing import Draw
from tests.oracle.drawing_cases import ENDED
from tests.oracle.drawing_events import draw_event
from tests.oracle.drawing_parts import draw_part

R = ReferralState
READS = frozenset({R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.NEEDS_INFO, R.DISPUTED})
"""An office with a referral in one of these works on it."""
OVER = frozenset(R) - READS - {R.SENT}


def draw_referrals(draw: Draw, case: Case) -> None:
    problems = [problem.id for problem in draw.facts.of(CaseProblem, case_id=case.id)]
    pairs = [(problem, office) for problem in problems for office in draw.offices(case.province_code)]
    for problem_id, office_id in draw.some(pairs, 3):
        state = draw.pick(sorted(OVER) if case.state in ENDED else list(R))
        kind = draw.pick(list(ReferralKind))
        sent = case.opened_at + timedelta(hours=draw.chance.randint(1, 4))
        referral = Referral(
            id=draw.id,
            case_id=case.id,
            problem_id=problem_id,
            kind=kind,
            state=state,
            from_seat_id=case.holder_seat_id,
            from_office_id=case.holder_office_id,
            to_office_id=office_id,
            reason_category=draw.pick(list(ReasonCategory)),
            reply_category=draw.pick((None, *ReasonCategory)),
            legal_basis=draw.pick(list(LegalBasis)),
            disclosure_expires_at=draw.now + timedelta(days=draw.chance.randint(-30, 30), minutes=1),
            discloses=sorted(field.value for field in draw.some(list(DisclosedField), 3)),
            respond_by=None if kind is ReferralKind.INFORM else sent + timedelta(days=draw.chance.randint(1, 50)),
            sent_at=sent,
            asked_at=sent if state is R.NEEDS_INFO else None,
            asked_from=R.RECEIVED if state is R.NEEDS_INFO else None,
            ended_at=case.updated_at if state in OVER else None,
        )
        draw.facts.add(referral)
        text = ReferralContent(referral_id=referral.id, reason=draw.text(), reply=draw.text(), report=draw.text())
        draw.facts.add(text)
        _draw_office_part(draw, referral)
        draw_event(draw, case, EventKind.REFERRAL_SENT, payload={"referral": referral.id, "office": office_id})


def _draw_office_part(draw: Draw, referral: Referral) -> None:
    """Give the office what the state of its referral gives: first the card, then the work, then what is left."""
    given: dict[str, Any] = {
        "source": AccessSource.REFERRAL,
        "office_id": referral.to_office_id,
        "referral_id": referral.id,
    }
    since, end = referral.sent_at, referral.ended_at
    if referral.state is R.SENT:
        draw_part(draw, referral.case_id, Level.ANONYMOUS, since, **given)
        return
    read = since + timedelta(minutes=1)
    draw_part(draw, referral.case_id, Level.ANONYMOUS, since, until=read, **given)
    if referral.state in READS or draw.perhaps(0.5):
        discloses = sum(int(Disclosure[name]) for name in referral.discloses)
        given |= {"discloses": discloses, "expires_at": referral.disclosure_expires_at}
        draw_part(draw, referral.case_id, Level.WORK, read, until=end, **given)


def draw_clocks_and_notices(draw: Draw, case: Case) -> None:
    """Let a clock run for some referrals, and let somebody have been told of them."""
    for referral in draw.facts.of(Referral, case_id=case.id):
        if referral.respond_by is None or draw.perhaps(0.3):
            continue
        clock = Deadline(
            id=draw.id,
            case_id=case.id,
            referral_id=referral.id,
            kind=ClockKind.SERVICE_STANDARD,
            code="REFERRAL_RESPOND",
            rule_from=date(2025, 10, 1),
            started_at=referral.sent_at,
            due_at=referral.respond_by,
            steps=1,
        )
        step = DeadlineStep(
            deadline_id=clock.id,
            position=1,
            case_id=case.id,
            move=DeadlineMove.STARTED,
            at=clock.started_at,
            due_at=clock.due_at,
        )
        draw.facts.add(clock)
        draw.facts.add(step)
        if draw.perhaps(0.5):
            to = draw.pick(draw.facts.all(Seat)).id
            told: dict[str, Any] = draw.pick(({"seat_id": to}, {"office_id": referral.to_office_id}))
            notice = Notice(
                id=draw.id,
                case_id=case.id,
                reason=NoticeReason.REFERRAL_UNANSWERED,
                referral_id=referral.id,
                since=referral.respond_by,
                given_at=draw.now,
                ended_at=draw.now,
                **told,
            )
            draw.facts.add(notice)
