"""A composed case under way: who holds it, who acts, what time it is; the moves of moves.py drive it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from casework.demo.days import later
from casework.demo.people import People
from casework.demo.plots import Move, agencies
from casework.demo.stories import read, within, written
from casework.demo.tales import Tale

Texts = Sequence[str] | Mapping[str, Sequence[str]]
"""Texts to choose from; or those that suit `any` agency, and those that suit one that leads."""
PROVINCE = "43"
COORDINATOR = f"coordinator {PROVINCE}"
AT_ANY_HOUR = ("volunteer", "system")
"""Who acts outside office hours too."""
OFFICE_NAMES = {
    "DLPW": "สวัสดิการและคุ้มครองแรงงานจังหวัด",
    "SSO": "ประกันสังคมจังหวัด",
    "DOE": "จัดหางานจังหวัด",
    "DSD": "พัฒนาฝีมือแรงงาน",
    "OPS": "แรงงานจังหวัด",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral as its later moves need it."""

    office: str
    problem: str
    sender: str
    kind: str


class Journey:
    """Collects the steps of one script. A party is a volunteer's or mentor's seat, or an office."""

    def __init__(
        self,
        tales: Sequence[Tale],
        *,
        area: str,
        by: str,
        opened: datetime,
        sensitive: bool,
        people: People,
        pace: Random,
    ) -> None:
        self.tales = {tale.kind.code: tale for tale in tales}
        self.rng: Random = tales[0].rng
        self.people = people
        self.area = area
        self.opened = self.at = opened
        self.sensitive = sensitive
        self.opener = by
        self.told = ""
        self.holder = office_of(by) or by
        self.volunteer = by if by.startswith("volunteer") else None
        self.asked = ""
        self.referrals: dict[str, Sent] = {}
        self.answers: dict[str, str] = {}
        self.steps: list[dict[str, Any]] = []
        self._officers: dict[str, str] = {}
        self._pace = pace  # of its own: a journey told again for another day takes as many days
        self._gap = 0

    @property
    def tale(self) -> Tale:
        """The story of the main problem."""
        return next(iter(self.tales.values()))

    def wait(self, move: Move, usual: Sequence[int]) -> None:
        """Let the days before a move go by."""
        self._gap = within(self._pace, move.gap or usual)

    def act(self, do: str, by: str, **fields: Any) -> None:
        """Add a step; what else belongs to the same move follows within hours."""
        self.at = later(self.at, self._gap, self.rng, office=not by.startswith(AT_ANY_HOUR))
        self._gap = 0
        self.steps.append({"at": f"+{self.day}d {self.at:%H:%M}", "do": do, "by": by, **fields})

    @property
    def day(self) -> int:
        """How many days after the day of opening it is."""
        return (self.at.date() - self.opened.date()).days

    def at_the_holder(self) -> str:
        """Name who acts for the holder."""
        if self.holder == office_of(self.opener):
            return self.opener
        return self.holder if " " in self.holder else self.officer(self.holder)

    def officer(self, office: str) -> str:
        """Name the officer at an office who has the case on the desk; it stays with the first."""
        if self.sensitive:
            return f"sensitive {office}"
        if office not in self._officers:
            self._officers[office] = self.rng.choice((f"officer {office}", f"officer {office}", f"officer {office} 2"))
        return self._officers[office]

    def mentor(self) -> str:
        return f"mentor {self.area[:4]}"

    def neighbour(self) -> str:
        """Name a volunteer of another tambon in the same amphoe."""
        areas = [row["tambon"] for row in read("network.yaml")["volunteers"]]
        return f"volunteer {self.rng.choice([a for a in areas if a[:4] == self.area[:4] and a != self.area])}"

    def say(self, texts: Texts, problem: str | None = None, office: str | None = None) -> str:
        """Write one of the texts, with the values of the problem's story."""
        tale = self.tales[problem] if problem else self.tale
        lead = agencies()[tale.kind.code]
        if isinstance(texts, Mapping):
            texts = [*texts["any"], *texts.get(lead, ())]
        tale["office"] = OFFICE_NAMES[office[:-3] if office else lead]
        tale["right"] = OFFICE_NAMES[lead]
        return tale.write(self.rng.choice(texts))

    def problem(self, words: Sequence[str]) -> str:
        """Give the problem that a move names: `p2`, or the main one."""
        return list(self.tales)["p2" in words]

    def result(self, problem: str, *, refused: bool = False, again: bool = False) -> dict[str, Any]:
        """Choose a report with its outcome and amounts; the second time, after a dispute, all is paid."""
        tale = self.tales[problem]
        reports = [row for row in written("reports")[problem] if (row["outcome"] == "REJECTED") == refused]
        report = self.rng.choice(reports)
        share = "all" if again and report["share"] == "part" else report["share"]
        claims = tale.amount > 0 and (share != "none" or report["outcome"] == "ORDERED")
        recovered = {"all": tale.amount, "part": tale.part}.get(share)
        return {
            "report": self.say(written("answers_to_dispute") if again else [report["text"]], problem),
            "outcome": report["outcome"],
            "claimed": f"{tale.amount}.00" if claims else None,
            "recovered": f"{recovered}.00" if claims and recovered else None,
        }


def office_of(by: str) -> str | None:
    """Give the office whose seat a handle names."""
    kind, place, *_ = by.split()
    if kind == "coordinator":
        return f"OPS-{place}"
    return None if kind in {"volunteer", "mentor"} else place
