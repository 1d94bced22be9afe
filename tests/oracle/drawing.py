"""Draw a random world: a network of posts, citizens and cases, as plain rows, the same for the same seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TypeVar

from casework.demo.network import SINCE, subject_of
from casework.keys import Keys
from models import Account, Incumbency, Seat
from models.vocabulary import IncumbencyKind, SeatKind
from tests.oracle.facts import Facts, handle_of

K = SeatKind
T = TypeVar("T")
FIRST_ID = 10**12
"""Beyond all ids that the database gives."""
DEMO_PROVINCE = "43"
"""Its mentors' posts are taken."""
PEOPLE = ("Anong", "Boon", "Chai", "Dao", "Ekka", "Fah", "Gaew", "Hong")
FAMILIES = ("Nakorn", "Odtha", "Phrom", "Rattan", "Srisuk", "Thong")
WORDS = ("wage", "factory", "boat", "market", "night", "ladder", "fever", "rubber")
"""Few enough that names and words meet again in other rows, and in Latin letters, which stand apart by spaces."""


def chance_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing is kept secret by it


@dataclass
class Draw:
    """What is drawn so far, and the chance that decides the rest."""

    chance: Random
    keys: Keys
    facts: Facts
    ids: Iterator[int] = field(default_factory=lambda: count(FIRST_ID))
    tambons: dict[str, list[str]] = field(default_factory=dict)
    """Those of the world, by province."""

    @property
    def now(self) -> datetime:
        return self.facts.now

    @property
    def id(self) -> int:
        return next(self.ids)

    def perhaps(self, likely: float) -> bool:
        return self.chance.random() < likely

    def pick(self, among: Sequence[T]) -> T:
        return self.chance.choice(among)

    def some(self, among: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Give some of them, each once."""
        most = min(most, len(among))
        return self.chance.sample(among, self.chance.randint(min(least, most), most))

    def text(self, most: int = 4) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, most)))

    def ago(self, days: int = 60) -> datetime:
        """Give a whole hour of the past: few enough that rows share one."""
        return self.now - timedelta(hours=self.chance.randint(1, days * 24))

    def seats(self, province: str, *kinds: SeatKind) -> list[Seat]:
        """Give the posts of a province, of these kinds or of all."""
        return [
            seat
            for seat in self.facts.all(Seat)
            if (seat.area_code or self._province(seat))[:2] == province and (not kinds or seat.kind in kinds)
        ]

    def _province(self, seat: Seat) -> str:
        return "--" if seat.office_id is None else self.facts.reference.offices[seat.office_id].province_code

    def offices(self, province: str) -> list[int]:
        """Give the offices of a province that have posts in this world."""
        return sorted({seat.office_id for seat in self.seats(province) if seat.office_id is not None})


def draw_network(draw: Draw) -> None:
    """Two provinces with two amphoes each and some of their offices; an auditor and an administrator."""
    areas = draw.facts.reference.children
    provinces = [area.code for area in areas[None] if area.code != DEMO_PROVINCE]
    for province in draw.chance.sample(provinces, 2):
        draw.tambons[province] = []
        for amphoe in draw.some(areas[province], 2, least=2):
            tambons = [area.code for area in draw.some(areas[amphoe.code], 2, least=1)]
            draw.tambons[province] += tambons
            _post(draw, K.MENTOR, area=amphoe.code)
            for tambon in tambons:
                for _ in range(draw.chance.randint(1, 2)):
                    _post(draw, K.VOLUNTEER, area=tambon)
        _draw_offices(draw, province)
    _post(draw, K.AUDITOR)
    _post(draw, K.ADMIN)


def _draw_offices(draw: Draw, province: str) -> None:
    codes = ["OPS", *draw.some(("DOE", "DSD", "DLPW", "SSO"), 2, least=2)]
    for agency in codes:
        office = draw.facts.reference.offices_by_code[f"{agency}-{province}"].id
        _post(draw, K.OFFICER, office=office)
        _post(draw, K.OFFICER, office=office, sensitive=True)
        if draw.perhaps(0.6):
            _post(draw, K.OFFICE_HEAD, office=office, sensitive=draw.perhaps(0.5))
        if agency == "OPS":
            _post(draw, K.COORDINATOR, office=office, sensitive=draw.perhaps(0.5))


def _post(
    draw: Draw, kind: SeatKind, *, area: str | None = None, office: int | None = None, sensitive: bool = False
) -> None:
    """Make a post with somebody in it."""
    seat = Seat(id=draw.id, kind=kind, area_code=area, office_id=office, number=draw.id, handles_sensitive=sensitive)
    seat.number %= 1000
    person = Account(
        id=draw.id,
        subject=subject_of(handle_of(seat.id)),
        title="นาย",
        given_name=draw.pick(PEOPLE),
        family_name=draw.pick(FAMILIES),
        given_name_en=draw.pick(PEOPLE),
        family_name_en=draw.pick(FAMILIES),
    )
    filled = Incumbency(id=draw.id, seat_id=seat.id, account_id=person.id, kind=IncumbencyKind.PRIMARY, since=SINCE)
    for row in (seat, person, filled):
        draw.facts.add(row)
