"""The moves of a plot: each verb adds its steps to a journey; those of referrals stand in referral_moves.py."""

from collections.abc import Mapping, Sequence

from casework.demo.journeys import COORDINATOR, Journey, Texts, office_of
from casework.demo.plots import Move
from casework.demo.referral_moves import REFERRAL_MOVES, Step, Words
from casework.demo.stories import within, written

AUDIENCES = {"PROGRESS": "CITIZEN", "RESULT": "CITIZEN", "LAPSED": "CASE", "overdue": "CASE"}
"""For whom the notes under a heading are written, where the heading does not say it."""
REVIEW_AFTER = (20, 45)
"""Days until a waiting case is looked at again."""


def play(case: Journey, move: Move) -> None:
    """Add the steps of one move."""
    step, usual = MOVES[move.verb]
    case.wait(move, usual)
    step(case, move.words)


def _status(to: str, **reasons: str) -> Step:
    def move(case: Journey, _: Words) -> None:
        reason = {name: case.say(written(texts)) for name, texts in reasons.items()}
        case.act("status", case.at_the_holder(), to=to, **reason)

    return move


def _drop(case: Journey, _: Words) -> None:
    """End what is not the Ministry's: the story is told to fit."""
    drawn = case.rng.choice(written("out_of_scope"))
    case.told = case.say([drawn["told"]])
    case.act("status", case.at_the_holder(), to="OUT_OF_SCOPE", reason=drawn["reason"])


def _wait_for(to: str) -> Step:
    def move(case: Journey, _: Words) -> None:
        case.act("status", case.at_the_holder(), to=to)
        case.steps[-1]["review_on"] = f"+{case.day + within(case.rng, REVIEW_AFTER)}d"

    return move


def _settle(case: Journey, words: Words) -> None:
    """The holder itself brings a problem to its end: a note on what was done, and the outcome."""
    problem, by = case.problem(words), case.at_the_holder()
    result = case.result(problem)
    report = result.pop("report")
    if "advised" in words:
        report = case.say(written("desk"), problem)
        result = {"outcome": "ADVISED", "claimed": None, "recovered": None}
    case.act("note", by, audience="CASE", text=report)
    case.act("outcome", by, problem=problem, **result)


def _note(case: Journey, words: Words) -> None:
    """Write a note: by a person of the case, its holder, or the office of a referral."""
    who, audience = words
    sent = case.referrals.get(who)
    office = sent.office if sent else office_of(case.at_the_holder())
    authors = {
        "volunteer": case.volunteer or "",
        "mentor": case.mentor(),
        "coordinator": COORDINATOR,
        "holder": case.at_the_holder(),
    }
    by = case.officer(sent.office) if sent else authors[who]
    told = next(reversed(case.referrals.values()), None)
    text = case.say(_texts(who, audience, office), office=told.office if told else None)
    case.act("note", by, audience=AUDIENCES.get(audience, audience), text=text)


def _texts(who: str, audience: str, office: str | None) -> Texts:
    notes = written("notes")
    if audience == "overdue":
        texts: Texts = notes["overdue"]
    elif who not in {"volunteer", "mentor", "coordinator"}:
        texts = notes["internal" if audience == "OWN_AGENCY" else "officer"][(office or "")[:-3]]
    else:
        texts = notes[who][audience]
    return texts


def _assign(case: Journey, words: Words) -> None:
    case.asked = case.neighbour() if "neighbour" in words else f"volunteer {case.area}"
    case.act("assign", case.mentor() if "mentor" in words else case.at_the_holder(), to=case.asked)


def _take(case: Journey, _: Words) -> None:
    case.act("accept_assignment", case.asked)
    case.volunteer = case.asked
    if " " in case.holder:  # a seat; an office stays the holder
        case.holder = case.asked


def _decline(case: Journey, _: Words) -> None:
    case.act("decline_assignment", case.asked, reason=case.say(written("declines")))


def _confirm(case: Journey, _: Words) -> None:
    case.act("confirm_closing", case.volunteer or "", note=case.say(written("confirmations")))


def _dispute_closing(case: Journey, _: Words) -> None:
    case.act("dispute_closing", case.volunteer or "", reason=case.say(written("closing_disputes")))


def _approve(case: Journey, words: Words) -> None:
    case.act("approve_closing", f"head {case.holder}" if "head" in words else COORDINATOR)


def _close(case: Journey, _: Words) -> None:
    case.act("close", "system")


def _reopen(case: Journey, words: Words) -> None:
    by = COORDINATOR if "coordinator" in words else case.at_the_holder()
    case.act("reopen", by, reason=case.say(written("reopenings")))


def _party(case: Journey, words: Words) -> None:
    """Name another party; `first` is the one whom the story is about."""
    kind = words[0]
    if kind == "first":
        kind = {"DEATH": "HEIR", "RECRUITER_COMPLAINT": "RECRUITER"}.get(case.tale.kind.code, "EMPLOYER")
    name, phone = case.people.party()
    if kind in {"EMPLOYER", "RECRUITER"}:
        name = case.tale[kind.lower()]
    by = case.officer(next(iter(case.referrals.values())).office) if "office" in words else case.at_the_holder()
    address = case.rng.choice(written("parties")[kind])
    case.act("party", by, kind=kind, name=name, phones=[phone], address=address)


def _follow(case: Journey, words: Words) -> None:
    case.act("follow", case.mentor() if "mentor" in words else COORDINATOR)


def _duplicate(case: Journey, words: Words) -> None:
    by, channel = (COORDINATOR, "HOTLINE") if "hotline" in words else (case.volunteer, "VOLUNTEER")
    again = {"area": case.area, "channel": channel, "problems": list(case.tales), "priority": "NORMAL"}
    case.act("duplicate", by or "", label=words[0], **again, narrative=case.say(written("duplicates")))


def _join(do: str) -> Step:
    def move(case: Journey, words: Words) -> None:
        case.act(do, COORDINATOR if "coordinator" in words else case.at_the_holder(), case=words[0])

    return move


MOVES: Mapping[str, tuple[Step, Sequence[int]]] = {
    **REFERRAL_MOVES,
    "screen": (_status("SCREENING"), (0, 1)),
    "begin": (_status("IN_PROGRESS"), (0, 2)),
    "resolve": (_status("RESOLVED"), (0, 2)),
    "withdraw": (_status("WITHDRAWN", reason="withdrawals"), (0, 3)),
    "drop": (_drop, (0, 3)),
    "wait_citizen": (_wait_for("WAITING_CITIZEN"), (0, 2)),
    "wait_agency": (_wait_for("WAITING_AGENCY"), (0, 3)),
    "settle": (_settle, (5, 30)),
    "note": (_note, (0, 2)),
    "assign": (_assign, (0, 1)),
    "take": (_take, (0, 1)),
    "decline": (_decline, (0, 1)),
    "confirm": (_confirm, (0, 3)),
    "dispute_closing": (_dispute_closing, (0, 3)),
    "approve": (_approve, (1, 5)),
    "close": (_close, (8, 12)),
    "reopen": (_reopen, (5, 40)),
    "party": (_party, (0, 2)),
    "follow": (_follow, (0, 2)),
    "duplicate": (_duplicate, (1, 6)),
    "merge": (_join("merge"), (0, 2)),
    "unmerge": (_join("unmerge"), (0, 2)),
}
"""Each verb with the days that usually go by before it."""
