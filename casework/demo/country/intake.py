"""How cases come in: when, where, to whom and about what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import accumulate

from casework.demo.country.case_rows import CaseRow, ContentRow
from casework.demo.country.citizens import Citizens
from casework.demo.country.clock import OFFICE_CLOSES, OFFICE_OPENS
from casework.demo.country.country import Country, Process
from casework.demo.country.dossier import Dossier
from casework.demo.country.posts import Post
from casework.demo.network import SINCE as DEMO_NETWORK_SINCE
from casework.demo.network import read_network
from casework.reference.data import AMPHOE_DIGITS, PROVINCE_DIGITS, AreaRow
from casework.rules.calendar import BANGKOK, SATURDAY, bangkok_day, buddhist_year
from casework.rules.references import make_reference
from casework.rules.titles import make_title
from models.vocabulary import AreaLevel, Channel, Priority, SeatKind

AT_AN_OFFICE = 0.45
"""Of the cases of office hours, how many come to an office."""
TO_THE_RIGHT_OFFICE = 0.7
TWO_PROBLEMS = 0.22
OFFICE_CHANNELS = (Channel.WALK_IN, Channel.WALK_IN, Channel.HOTLINE, Channel.ONLINE)
PRIORITIES = (Priority.NORMAL,) * 7 + (Priority.URGENT,) * 2 + (Priority.LOW,)


class Intake:
    """Opens one case after another."""

    def __init__(self, country: Country, citizens: Citizens) -> None:
        self._country = country
        self._citizens = citizens
        shares = country.library.shares["provinces"]
        self._tambon = [area for area in country.reference.areas.values() if area.level is AreaLevel.TAMBON]
        self._demo_province = read_network()["province"]
        weights = (
            shares.get(area.code[:PROVINCE_DIGITS], 1) * country.rng.lognormvariate(0, 0.7) for area in self._tambon
        )
        self._up_to = list(accumulate(weights))

    def cases(self, count: int, begin: Callable[[Dossier], None]) -> Process:
        """Open `count` cases in the order of time; each then takes its course."""
        for at in self._country.clock.openings(count):
            yield at
            begin(self._open())

    def _open(self) -> Dossier:
        country = self._country
        tambon = self._place()
        codes = self._problems()
        sensitive = any(country.reference.problem_types[code].sensitive for code in codes)
        by = self._opener(tambon, codes[0], sensitive=sensitive)
        citizen = self._citizens.come(by, tambon.code)
        case = self._case(tambon, codes, citizen.id, sensitive=sensitive, by=by)
        content = ContentRow(
            case_id=case.id,
            narrative=country.text("narratives", codes[0]),
            workplace_area_code=tambon.code if country.chance(0.6) else None,
            workplace_name=country.rng.choice(country.library.shares["employers"]) if country.chance(0.5) else None,
        )
        texts = (case.id, [citizen.name, content.workplace_name, content.narrative])
        country.ledger.sheaf.texts["case_search"].append(texts)
        return Dossier(country, case, content, codes, by=by)

    def _place(self) -> AreaRow:
        """Choose a tambon; before the demo network begins, none of its province: nobody is there yet."""
        while True:
            (tambon,) = self._country.rng.choices(self._tambon, cum_weights=self._up_to)
            if self._country.now >= DEMO_NETWORK_SINCE or tambon.code[:PROVINCE_DIGITS] != self._demo_province:
                return tambon

    def _problems(self) -> list[str]:
        types, shares = self._country.problem_mix
        how_many = 2 if self._country.chance(TWO_PROBLEMS) else 1
        return list(dict.fromkeys(kind.code for kind in self._country.rng.choices(types, shares, k=how_many)))

    def _opener(self, tambon: AreaRow, problem_type: str, *, sensitive: bool) -> Post:
        country, province = self._country, tambon.code[:PROVINCE_DIGITS]
        if not (office_hours(country.now) and country.chance(AT_AN_OFFICE)):
            return country.posts.volunteers[tambon.code]
        right = country.chance(TO_THE_RIGHT_OFFICE)
        labour_office = country.reference.offices_by_code[f"OPS-{province}"].id
        office_id = country.office_of(problem_type, province) if right else labour_office
        return country.officer(office_id, sensitive=sensitive)

    def _case(self, tambon: AreaRow, codes: list[str], citizen_id: int, *, sensitive: bool, by: Post) -> CaseRow:
        country, province = self._country, tambon.code[:PROVINCE_DIGITS]
        volunteer = by.kind is SeatKind.VOLUNTEER
        year = buddhist_year(bangkok_day(country.now))
        phrases = [country.reference.problem_types[code].title_th for code in codes]
        return CaseRow(
            id=country.ledger.new_id(),
            reference=make_reference(
                province=province, buddhist_year=year, sequence=country.next_number(province, year)
            ),
            channel=Channel.VOLUNTEER if volunteer else country.rng.choice(OFFICE_CHANNELS),
            title=make_title(phrases, tambon=tambon.name_th, province=province),
            priority=Priority.URGENT if sensitive else country.rng.choice(PRIORITIES),
            sensitive=sensitive,
            area_code=tambon.code,
            amphoe_code=tambon.code[:AMPHOE_DIGITS],
            province_code=province,
            citizen_id=citizen_id,
            holder_seat_id=by.seat_id if volunteer else None,
            holder_office_id=None if volunteer else by.office_id,
            volunteer_seat_id=by.seat_id if volunteer else None,
            opened_at=country.now,
            updated_at=country.now,
        )


def office_hours(at: datetime) -> bool:
    local = at.astimezone(BANGKOK)
    since_midnight = timedelta(hours=local.hour, minutes=local.minute).total_seconds()
    return local.weekday() < SATURDAY and OFFICE_OPENS <= since_midnight < OFFICE_CLOSES
