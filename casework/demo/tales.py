"""What citizens tell, in the words of stories.yaml: pure, quick, and the same for the same random numbers."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from casework.demo.stories import Kind, Stories, within

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
WORKDAYS_A_MONTH = 26
HOURS_A_DAY = 8
OVERTIME_RATE = 1.5
SEVERANCE_DAYS = ((20, 400), (10, 300), (6, 240), (3, 180), (1, 90))
"""Years of work and days of wages (LPA s.118), as people at the counter reckon it."""
YOUNG = 25
SHARED = ("employer", "job", "people", "day", "month", "moo")
"""Slots that all the stories of one case share."""


class Place(NamedTuple):
    """Where a story is told, as people say it: `ตำบลกวนวัน`, `อำเภอเมืองหนองคาย`."""

    tambon: str
    amphoe: str


class Teller(NamedTuple):
    """Who tells it; a foreigner has a nation and a home."""

    female: bool
    age: int
    nation: str = "ไทย"
    home: str = "หนองคาย"


class Tale(dict[str, str]):
    """The values of one story's slots: drawn when first asked for, the same ever after."""

    def __init__(
        self, stories: Stories, kind: Kind, rng: Random, *, place: Place, teller: Teller, opened: date
    ) -> None:
        super().__init__(tambon=place.tambon, amphoe=place.amphoe)
        self.stories = stories
        self.kind = kind
        self.rng = rng
        self.teller = teller
        self.opened = opened
        self.trade = stories.trades[rng.choice(kind.trades)]
        low, high = self.trade.wages
        self.wage = low + 5 * int(rng.random() * ((high - low) // 5 + 1))
        self.years = 1 + int(rng.random() ** 2 * 14)
        self.amount = _amount(self)
        self.part = max(100, int(self.amount * (0.45 + 0.4 * rng.random())) // 100 * 100)

    def __missing__(self, slot: str) -> str:
        draw = DRAWS.get(slot)
        drawn = draw(self) if draw else self.rng.choice(self.stories.slots[slot])
        self[slot] = drawn
        return drawn

    def beside(self, kind: Kind) -> "Tale":
        """Tell another problem of the same person, with the same employer and day."""
        other = Tale(
            self.stories,
            kind,
            self.rng,
            place=Place(self["tambon"], self["amphoe"]),
            teller=self.teller,
            opened=self.opened,
        )
        other.update((slot, self[slot]) for slot in SHARED)
        return other

    def write(self, text: str) -> str:
        """Fill a text's slots."""
        return text.format_map(self)


def narrative(stories: Stories, code: str, rng: Random, *, place: Place, teller: Teller, opened: date) -> str:
    """Tell one story about a problem type; `opened` is the day on which it is told."""
    tale = Tale(stories, stories.kinds[code], rng, place=place, teller=teller, opened=opened)
    return rng.choice(stories.narratives[code]).format_map(tale)


def _amount(tale: Tale) -> int:
    """Draw what the story is about in baht; 0 where no money is claimed."""
    money = tale.kind.money
    if not isinstance(money, str):
        low, high, step = money
        return low + step * int(tale.rng.random() ** 2 * ((high - low) // step + 1))
    if money == "wages":
        days = within(tale.rng, tale.kind.days)
        tale["days"] = str(days)
        return tale.wage * days
    if money == "overtime":
        hours = within(tale.rng, tale.kind.hours)
        tale["hours"] = str(hours)
        return round(tale.wage / HOURS_A_DAY * OVERTIME_RATE * hours)
    return tale.wage * severance_days(tale.years) if money == "severance" else 0


def severance_days(years: int) -> int:
    return next(days for least, days in SEVERANCE_DAYS if years >= least)


def _self(tale: Tale) -> str:
    if not tale.teller.female:
        return "ผม"
    return "หนู" if tale.teller.age < YOUNG else tale.rng.choice(("ดิฉัน", "ฉัน"))


def _day(tale: Tale) -> str:
    day = tale.opened - timedelta(days=within(tale.rng, tale.kind.before))
    tale["month"] = MONTHS[day.month - 1]
    return f"{day.day} {MONTHS[day.month - 1]}"


def _month(tale: Tale) -> str:
    tale["day"]  # the month is the day's
    return tale["month"]


DRAWS: Mapping[str, Callable[[Tale], str]] = {
    "i": _self,
    "na": lambda tale: "ค่ะ" if tale.teller.female else "ครับ",
    "ka": lambda tale: "คะ" if tale.teller.female else "ครับ",
    "spouse": lambda tale: "สามี" if tale.teller.female else "ภรรยา",
    "age": lambda tale: str(tale.teller.age),
    "nation": lambda tale: tale.teller.nation,
    "home": lambda tale: tale.teller.home,
    "employer": lambda tale: tale.rng.choice(tale.trade.employers),
    "job": lambda tale: tale.rng.choice(tale.trade.jobs),
    "wage": lambda tale: str(tale.wage),
    "salary": lambda tale: f"{round(tale.wage * WORKDAYS_A_MONTH, -2):,}",
    "years": lambda tale: str(tale.years),
    "days": lambda tale: str(within(tale.rng, tale.kind.days)),
    "hours": lambda tale: str(within(tale.rng, tale.kind.hours)),
    "people": lambda tale: str(2 + int(tale.rng.random() * 13)),
    "moo": lambda tale: f"หมู่ {1 + int(tale.rng.random() * 12)}",
    "amount": lambda tale: f"{tale.amount:,}",
    "part": lambda tale: f"{tale.part:,}",
    "season": lambda tale: tale.stories.seasons[tale.opened.month - 1],
    "day": _day,
    "month": _month,
}
"""Slots that depend on who tells it, where and when; every other slot is a list under `slots`."""
