"""The checks themselves can fail: each thing that is broken on purpose is told, by the check whose business it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from tests.simulation.checks import MARK, Evidence, judge, report
from tests.simulation.ground import Ground
from tests.simulation.intents import DONE, Intent
from tests.simulation.phone import Phone
from tests.simulation.record import Done
from tests.simulation.simulate import simulate
from tests.simulation.subscribers import Subscriber


@contextmanager
def changed(thing: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield
    finally:
        setattr(thing, name, before)


def done(evidence: Evidence, verb: str) -> Intent:
    return next(each for each in evidence.intents if each.verb == verb and each.was_done)


def keeper(evidence: Evidence) -> Phone:
    phones = [post.volunteer.phone for post in evidence.run.province.posts]
    return max(phones, key=lambda phone: len(phone.store.cases))


def listener(evidence: Evidence) -> Subscriber:
    listened = evidence.record.listened
    return max(evidence.run.province.subscribers, key=lambda each: len(listened[each.name].must))


def _event_is_missed(evidence: Evidence) -> Any:
    missed = evidence.record.listened[listener(evidence).name].must[0]
    return _heard(lambda heard: [each for each in heard if each != missed])(evidence)


def _operation_is_lost(evidence: Evidence) -> Any:
    lost = done(evidence, "registerCitizen").operation_id
    kept = [each for each in evidence.record.operations if each.operation_id != lost]
    return changed(evidence.record, "operations", kept)


def _event_is_lost(evidence: Evidence) -> Any:
    lost = done(evidence, "openCase").operation_id
    kept = [each for each in evidence.record.written if each.operation_id != lost]
    return changed(evidence.record, "written", kept)


def _event_stands_twice(evidence: Evidence) -> Any:
    intent = done(evidence, "registerCitizen")
    twin = next(each for each in evidence.record.written if each.operation_id == intent.operation_id)
    return changed(evidence.record, "written", [*evidence.record.written, twin])


def _stranger_has_written(evidence: Evidence) -> Any:
    strange = Done(uuid4(), str(uuid4()), "addNote", 1)
    return changed(evidence.record, "operations", [*evidence.record.operations, strange])


def _half_is_left(evidence: Evidence) -> Any:
    first, *others = evidence.record.operations
    return changed(evidence.record, "operations", [first._replace(result_id=None), *others])


def _note_is_there_twice(evidence: Evidence) -> Any:
    text = done(evidence, "addNote").given["text"]
    return changed(evidence.record, "note_texts", [*evidence.record.note_texts, text])


def _phone_has_forgotten(evidence: Evidence) -> Any:
    store = keeper(evidence).store
    return changed(store, "cases", dict(list(store.cases.items())[1:]))


def _phone_is_behind(evidence: Evidence) -> Any:
    case_id = next(iter(keeper(evidence).store.cases))
    version, state, holder = evidence.record.cases[case_id]
    return changed(evidence.record, "cases", {**evidence.record.cases, case_id: (version + 1, state, holder)})


def _heard(rearranged: Callable[[list[str]], list[str]]) -> Callable[[Evidence], Any]:
    return lambda evidence: changed(listener(evidence), "heard", rearranged(listener(evidence).heard))


BROKEN: list[tuple[Callable[[Evidence], Any], set[str]]] = [
    (lambda e: changed(done(e, "openCase"), "over", False), {"every_intent_was_answered"}),
    (_operation_is_lost, {"what_was_acknowledged_stands_once", "nothing_stands_that_nobody_meant"}),
    (_event_is_lost, {"what_was_acknowledged_stands_once"}),
    (_event_stands_twice, {"what_was_acknowledged_stands_once"}),
    (lambda e: changed(done(e, "openCase"), "answers", ["NOT_FOUND"]), {"what_was_refused_left_nothing"}),
    (
        lambda e: changed(done(e, "openCase"), "answers", ["APPLIED", "NOT_FOUND"]),
        {"answers_do_not_change_their_mind", "what_was_refused_left_nothing"},
    ),
    (_stranger_has_written, {"nothing_stands_that_nobody_meant"}),
    (_half_is_left, {"nothing_stands_that_nobody_meant"}),
    (_note_is_there_twice, {"every_note_is_there_once"}),
    (_phone_has_forgotten, {"phones_and_server_agree"}),
    (_phone_is_behind, {"phones_and_server_agree"}),
    (_heard(lambda heard: [heard[0], *heard]), {"subscribers_heard_nothing_twice"}),
    (_heard(lambda heard: [heard[1], heard[0], *heard[2:]]), {"subscribers_heard_in_order"}),
    (_event_is_missed, {"subscribers_missed_nothing"}),
    (_heard(lambda heard: [*heard, "somebody else's"]), {"subscribers_heard_nothing_foreign"}),
    (lambda e: changed(e.record, "positions", e.record.positions[:-1]), {"the_journal_holds"}),
    (lambda e: changed(e.record, "pending", 1), {"the_journal_holds"}),
    (lambda e: changed(e.record, "breaks", ["a chain is broken"]), {"the_journal_holds"}),
    (lambda e: changed(e.run.province.service, "leaks", ["one"]), {"nothing_unforeseen_was_said"}),
    (lambda e: changed(e.run.province.book, "faults", [("INTERNAL", [])]), {"nothing_unforeseen_was_said"}),
]


async def test_each_check_tells_what_was_broken_on_purpose(ground: Ground) -> None:
    evidence = await simulate(2569, 0.5, ground, pace=2)
    assert report("as it was", judge(evidence)) == []
    for breaking, wanted in BROKEN:
        with breaking(evidence):
            found = {name for name, faults in judge(evidence).items() if faults}
        assert found == wanted
    assert {name for _, wanted in BROKEN for name in wanted} == set(judge(evidence))


def test_a_report_says_which_seed_what_and_where() -> None:
    found = {"the_journal_holds": [], "every_note_is_there_once": [f"note {number}" for number in range(7)]}
    assert report("seed 7", found) == [
        "seed 7: every note is there once: 7 times not",
        *(f"    note {number}" for number in range(5)),
    ]


def test_what_is_done_is_known_by_an_event_of_its_own() -> None:
    marks = [kind for kinds in MARK.values() for kind in kinds]
    assert len(marks) == len(set(marks))
    assert "SALVAGED" not in DONE
