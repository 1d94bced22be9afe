"""What must hold when everything is quiet; each check tells every place where it does not."""

from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.simulation.intents import KEPT, Intent
from tests.simulation.record import Record
from tests.simulation.run import Run

MARK = {
    "registerCitizen": {"CITIZEN_REGISTERED"},
    "openCase": {"CASE_OPENED"},
    "updateCaseStatus": {"CASE_STATUS_CHANGED"},
    "addNote": {"NOTE_ADDED"},
    "recordVisit": {"VISIT_RECORDED"},
    "recordOutcome": {"OUTCOME_RECORDED"},
    "assignCase": {"ASSIGNMENT_PROPOSED"},
    "acceptAssignment": {"ASSIGNMENT_ACCEPTED"},
    "referCase": {"REFERRAL_SENT"},
    "receiveReferral": {"REFERRAL_RECEIVED"},
    "acceptReferral": {"REFERRAL_ACCEPTED"},
    "rejectReferral": {"REFERRAL_REJECTED"},
    "startReferral": {"REFERRAL_STARTED"},
    "returnReferral": {"REFERRAL_RETURNED"},
    "completeReferral": {"REFERRAL_COMPLETED"},
    "requestReferralInfo": {"REFERRAL_INFO_REQUESTED"},
    "handoverSeat": {"SEAT_HANDED_OVER"},
    "followCase": {"CASE_FOLLOWED"},
}
"""The event that a verb writes exactly once; it may write others besides."""
SALVAGED = {"NOTE_ADDED"}


@dataclass
class Evidence:
    """All that a check looks at."""

    run: Run
    record: Record
    logs: list[MutableMapping[str, Any]]
    """What the service logged."""

    @property
    def intents(self) -> list[Intent]:
        return list(self.run.province.book.intents.values())


Check = Callable[[Evidence], Iterator[str]]


def every_intent_was_answered(evidence: Evidence) -> Iterator[str]:
    """Done, refused, or kept for its owner and said to be so: nothing is left open and nothing dropped in silence."""
    for intent in evidence.intents:
        if not intent.over and intent.kept_back is None:
            yield f"{intent} got no answer; it was told {intent.answers}"


def what_was_acknowledged_stands_once(evidence: Evidence) -> Iterator[str]:
    operations = Counter((done.account, done.operation_id) for done in evidence.record.operations)
    marks = Counter((fact.account, fact.operation_id, fact.kind, fact.late) for fact in evidence.record.written)
    for intent in evidence.intents:
        if not (set(intent.answers) & KEPT):
            continue
        key = intent.account, intent.operation_id
        if operations[key] != 1:
            yield f"{intent} was told {intent.answers} and is kept {operations[key]} times as an operation"
        late = "SALVAGED" in intent.answers
        kinds = SALVAGED if late else MARK[intent.verb]
        found = sum(marks[(*key, kind, flag)] for kind in kinds for flag in (True, False) if flag or not late)
        if found != 1:
            yield f"{intent} was told {intent.answers} and stands {found} times in the journal"


def what_was_refused_left_nothing(evidence: Evidence) -> Iterator[str]:
    """Also what got no answer of its own at all: a queue that was refused whole."""
    kept = {(done.account, done.operation_id) for done in evidence.record.operations}
    written = {(fact.account, fact.operation_id) for fact in evidence.record.written}
    for intent in evidence.intents:
        key = intent.account, intent.operation_id
        if intent.over and intent.last not in KEPT and key in kept | written:
            yield f"{intent} was refused with {intent.last} and was done all the same"


def nothing_stands_that_nobody_meant(evidence: Evidence) -> Iterator[str]:
    """No half of an operation, none of somebody else's, and no event of an operation that did not succeed."""
    meant = {(intent.account, intent.operation_id) for intent in evidence.intents}
    kept = {(done.account, done.operation_id) for done in evidence.record.operations}
    for done in evidence.record.operations:
        if (done.account, done.operation_id) not in meant:
            yield f"operation {done.operation_id} of account {done.account} was meant by nobody"
        if done.result_id is None:
            yield f"operation {done.operation_id} has no result: it was left half done"
    for fact in evidence.record.written:
        if fact.account is not None and (fact.account, fact.operation_id) not in kept:
            yield f"event {fact.id} is of operation {fact.operation_id} of account {fact.account}, which is not kept"


def every_note_is_there_once(evidence: Evidence) -> Iterator[str]:
    texts = Counter(evidence.record.note_texts)
    for intent in evidence.intents:
        if intent.verb == "addNote":
            wanted = 1 if set(intent.answers) & KEPT else 0
            found = texts[intent.given["text"]]
            if found != wanted and (intent.over or found > 1):
                yield f"the note of {intent}, told {intent.answers}, is there {found} times"


def answers_do_not_change_their_mind(evidence: Evidence) -> Iterator[str]:
    """What was said to be done is never said to be refused."""
    for intent in evidence.intents:
        after = intent.answers[
            next((at for at, word in enumerate(intent.answers) if word in KEPT), len(intent.answers)) :
        ]
        if set(after) - KEPT:
            yield f"{intent} was told {intent.answers}"


def phones_and_server_agree(evidence: Evidence) -> Iterator[str]:
    for post in evidence.run.province.posts:
        phone = post.volunteer.phone
        if phone.store.seat is None:
            yield f"{phone.name} never found out which post it is"
            continue
        wanted, kept = evidence.record.worksets.get(phone.store.seat, set()), phone.store.cases
        for case_id in wanted ^ set(kept):
            where = "on the phone only" if case_id in kept else "on the server only"
            yield f"case {case_id} of {phone.name} is {where}"
        for case_id in wanted & set(kept):
            has = kept[case_id].version, kept[case_id].state, kept[case_id].holder
            if has != evidence.record.cases[case_id]:
                yield f"case {case_id} is {has} on {phone.name} and {evidence.record.cases[case_id]} on the server"


def subscribers_heard_nothing_twice(evidence: Evidence) -> Iterator[str]:
    for subscriber in evidence.run.province.subscribers:
        for event_id, times in Counter(subscriber.heard).items():
            if times > 1:
                yield f"{subscriber.name} heard event {event_id} {times} times"


def subscribers_heard_in_order(evidence: Evidence) -> Iterator[str]:
    for subscriber in evidence.run.province.subscribers:
        place = {event_id: at for at, event_id in enumerate(evidence.record.listened[subscriber.name].may)}
        known = [event_id for event_id in subscriber.heard if event_id in place]
        for before, after in pairwise(known):
            if place[after] < place[before]:
                yield f"{subscriber.name} heard event {after} behind event {before}"


def subscribers_missed_nothing(evidence: Evidence) -> Iterator[str]:
    for subscriber in evidence.run.province.subscribers:
        for event_id in evidence.record.listened[subscriber.name].must:
            if event_id not in set(subscriber.heard):
                yield f"{subscriber.name} missed event {event_id}; its stream ended with {subscriber.ended}"


def subscribers_heard_nothing_foreign(evidence: Evidence) -> Iterator[str]:
    for subscriber in evidence.run.province.subscribers:
        for event_id in set(subscriber.heard) - set(evidence.record.listened[subscriber.name].may):
            yield f"{subscriber.name} heard event {event_id}, which is not theirs"


def the_journal_holds(evidence: Evidence) -> Iterator[str]:
    record = evidence.record
    yield from record.breaks
    if record.pending:
        yield f"{record.pending} events have no place in the feed"
    if [position for position, _ in record.positions] != list(range(1, record.events + 1)):
        yield f"the feed's {len(record.positions)} positions are not those of {record.events} events"
    if len({event_id for _, event_id in record.positions}) != len(record.positions):
        yield "an event has two places in the feed"


def nothing_unforeseen_was_said(evidence: Evidence) -> Iterator[str]:
    """No fault of the service's own, no answer that the documents do not foresee, no connection kept."""
    for what, requests in evidence.run.province.book.faults:
        logged = [entry for entry in evidence.logs if entry.get("request_id") in requests]
        yield f"{what}; the log says {logged}"
    yield from evidence.run.province.service.leaks


CHECKS: tuple[Check, ...] = (
    every_intent_was_answered,
    what_was_acknowledged_stands_once,
    what_was_refused_left_nothing,
    nothing_stands_that_nobody_meant,
    every_note_is_there_once,
    answers_do_not_change_their_mind,
    phones_and_server_agree,
    subscribers_heard_nothing_twice,
    subscribers_heard_in_order,
    subscribers_missed_nothing,
    subscribers_heard_nothing_foreign,
    the_journal_holds,
    nothing_unforeseen_was_said,
)
MOST_TOLD = 5


def judge(evidence: Evidence) -> dict[str, list[str]]:
    """Give what each check has found, by its name."""
    return {check.__name__: list(check(evidence)) for check in CHECKS}


def report(which: str, found: dict[str, list[str]]) -> list[str]:
    """Tell what failed so that it can be run again."""
    lines = []
    for name, faults in found.items():
        if faults:
            lines.append(f"{which}: {name.replace('_', ' ')}: {len(faults)} times not")
            lines += [f"    {fault}" for fault in faults[:MOST_TOLD]]
    return lines
