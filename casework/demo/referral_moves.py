"""The moves of a plot that concern a referral: each adds its steps to a journey, in the words of writings.yaml."""

from collections.abc import Callable, Mapping, Sequence

from casework.demo.journeys import PROVINCE, Journey, Sent
from casework.demo.plots import PLOTS, agencies
from casework.demo.stories import read, written

Words = Sequence[str]
Step = Callable[[Journey, Words], None]
KINDS = frozenset({"REFER", "TRANSFER", "CONSULT", "INFORM"})
HEADS_SHARE = 0.4
"""How often the head of an office accepts a sensitive matter, and not the officer for such matters."""


def _office(problem: str, words: Words) -> str:
    agency = agencies()[problem]
    for choice in ("wrong", "beside"):
        if choice in words:
            agency = read(PLOTS)[choice][agency]
    return f"{agency}-{PROVINCE}"


def _refer(case: Journey, words: Words) -> None:
    problem, kind = case.problem(words), next((word for word in words if word in KINDS), "REFER")
    to, sender = _office(problem, words), case.at_the_holder()
    about, agency = case.tales[problem].kind, _office(problem, words)[:-3]
    texts = {"CONSULT": [written("consults")[agency]["reason"]], "INFORM": [written("informs")[agency]]}
    alone = kind in {"CONSULT", "INFORM"}
    case.referrals[words[0]] = Sent(to, problem, sender, kind)
    case.act(
        "refer",
        sender,
        ref=words[0],
        kind=kind,
        to=to,
        problem=problem,
        reason=case.say(texts.get(kind) or written("reasons")[problem], problem, to),
        category={"CONSULT": "SPECIALIST", "INFORM": "JOINT_WORK"}.get(kind, "COMPETENCE"),
        discloses=[] if alone else list(about.discloses),
        legal_basis="PUBLIC_TASK" if alone else about.basis,
    )


def _by_office(do: str) -> Step:
    def move(case: Journey, words: Words) -> None:
        case.act(do, case.officer(case.referrals[words[0]].office), ref=words[0])

    return move


def _accept(case: Journey, words: Words) -> None:
    sent = case.referrals[words[0]]
    by_the_head = case.sensitive and case.rng.random() < HEADS_SHARE
    case.act("accept", f"head {sent.office}" if by_the_head else case.officer(sent.office), ref=words[0])
    if sent.kind == "TRANSFER":
        case.holder = sent.office


def _complete(case: Journey, words: Words) -> None:
    sent = case.referrals[words[0]]
    result = case.result(sent.problem, refused="refused" in words, again="again" in words)
    case.act("complete", case.officer(sent.office), ref=words[0], **result)


def _opine(case: Journey, words: Words) -> None:
    sent = case.referrals[words[0]]
    report = case.say([written("consults")[sent.office[:-3]]["report"]], sent.problem, sent.office)
    nothing = {"outcome": None, "claimed": None, "recovered": None}
    case.act("complete", case.officer(sent.office), ref=words[0], report=report, **nothing)


def _refuse(do: str, name: str) -> Step:
    """Reject or return a referral; one that is not competent names the office that is."""

    def move(case: Journey, words: Words) -> None:
        sent = case.referrals[words[0]]
        category = words[1] if len(words) > 1 else "NOT_COMPETENT"
        right = _office(sent.problem, ())
        reason = case.say(written(name)[category], sent.problem, sent.office)
        suggested = right if category == "NOT_COMPETENT" and right != sent.office else None
        by = case.officer(sent.office)
        case.act(do, by, ref=words[0], category=category, reason=reason, suggested=suggested)

    return move


def _recall(case: Journey, words: Words) -> None:
    category = "CIRCUMSTANCES_CHANGED" if "changed" in words else "SENT_IN_ERROR"
    sent = case.referrals[words[0]]
    case.act("recall", sent.sender, ref=words[0], category=category, reason=case.say(written("recalls")[category]))


def _ask(case: Journey, words: Words) -> None:
    sent = case.referrals[words[0]]
    asked = case.rng.choice(written("questions")[sent.office[:-3]])
    case.answers[words[0]] = asked["answer"]
    case.act("ask_info", case.officer(sent.office), ref=words[0], question=case.say([asked["question"]], sent.problem))


def _answer(case: Journey, words: Words) -> None:
    sent = case.referrals[words[0]]
    case.act("answer_info", sent.sender, ref=words[0], answer=case.say([case.answers[words[0]]], sent.problem))


def _dispute(case: Journey, words: Words) -> None:
    sent = case.referrals[words[0]]
    case.act("dispute", sent.sender, ref=words[0], reason=case.say(written("disputes"), sent.problem))


def _lapse(case: Journey, words: Words) -> None:
    case.act("lapse", "system", ref=words[0])


REFERRAL_MOVES: Mapping[str, tuple[Step, Sequence[int]]] = {
    "refer": (_refer, (0, 1)),
    "receive": (_by_office("receive"), (0, 2)),
    "accept": (_accept, (0, 3)),
    "start": (_by_office("start"), (0, 5)),
    "complete": (_complete, (8, 40)),
    "opine": (_opine, (1, 5)),
    "reject": (_refuse("reject", "rejections"), (0, 2)),
    "return": (_refuse("return", "returns"), (4, 14)),
    "recall": (_recall, (0, 1)),
    "ask": (_ask, (1, 5)),
    "answer": (_answer, (1, 6)),
    "dispute": (_dispute, (1, 8)),
    "lapse": (_lapse, (31, 35)),
}
