"""Which cases a list has: filters as clauses, those given as parameters.

What a filter asks about, everybody who sees the row may know: columns of level STATUS, or a condition on the level.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from casework.policy.visibility import BY_SEAT, SEE_NO_PERSON, door, the_case
from casework.rules.searches import CaseSearch as Wanted
from models import CaseProblem, CaseSearch, Follow, Referral, table_of
from models.vocabulary import CaseState, Level, SeatKind
from resolvers.searching import FEW, WANTED_WORDS, Hits

problem, referral, case_search, follow = (table_of(model) for model in (CaseProblem, Referral, CaseSearch, Follow))

SEARCHES = frozenset({"reference", "sequence", "words"})


class CaseFilter(NamedTuple):
    """Which cases; everything given must hold. `area_code` means inside that province, amphoe or tambon."""

    states: tuple[CaseState, ...] | None = None
    holder_seat_id: int | None = None
    holder_office_id: int | None = None
    office_id: int | None = None
    volunteer_seat_id: int | None = None
    area_code: str | None = None
    problem_types: tuple[str, ...] | None = None
    agency_types: tuple[str, ...] | None = None
    citizen_id: int | None = None
    campaign_id: int | None = None
    sensitive: bool | None = None
    overdue: bool | None = None
    followed: bool | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    updated_from: datetime | None = None
    updated_until: datetime | None = None
    search: Wanted | None = None


def _id(name: str) -> ColumnElement[int]:
    return bindparam(name, type_=BigInteger())


def _codes(name: str) -> Any:
    return any_(bindparam(name, type_=ARRAY(Text)))


def _text(name: str) -> ColumnElement[str]:
    return bindparam(name, type_=Text())


def _instant(name: str) -> ColumnElement[datetime]:
    return bindparam(name, type_=DateTime(timezone=True))


_of = the_case.c
_overdue = and_(func.coalesce(_of.due_at < _instant("now"), false()), _of.ended_at.is_(None))


def _looked_up(of: Table, *answers: ColumnElement[bool]) -> ColumnElement[bool]:
    """Ask of one case after another; OFFSET keeps the planner from asking it of the whole table first.

    Row-level security judges every row that a statement meets: measured, 300 ms more for an office's 7,000 referrals.
    """
    return select(literal_column("1")).where(of.c.case_id == _of.id, *answers).offset(literal_column("0")).exists()


_referred_to = _looked_up(referral, referral.c.to_office_id == _id("office_id"))


_followed = _of.id.in_(select(follow.c.case_id).where(follow.c.seat_id == BY_SEAT))


def _with_problem(name: str) -> ColumnElement[bool]:
    return _looked_up(problem, problem.c.problem_type_code == _codes(name))


CLAUSES: dict[str, ColumnElement[bool]] = {
    "states": _of.state == _codes("states"),
    "holder_seat_id": _of.holder_seat_id == _id("holder_seat_id"),
    "holder_office_id": _of.holder_office_id == _id("holder_office_id"),
    "office_id": or_(_of.holder_office_id == _id("office_id"), _referred_to),
    "volunteer_seat_id": _of.volunteer_seat_id == _id("volunteer_seat_id"),
    "province": _of.province_code == _text("province"),
    "amphoe": _of.amphoe_code == _text("amphoe"),
    "tambon": _of.area_code == _text("tambon"),
    "problem_types": _with_problem("problem_types"),
    "agency_types": _with_problem("agency_types"),
    "campaign_id": _of.campaign_id == _id("campaign_id"),
    "sensitive": _of.sensitive == bindparam("sensitive", type_=Boolean()),
    "overdue": _overdue,
    "not_overdue": not_(_overdue),
    "followed": _followed,
    "not_followed": not_(_followed),
    "opened_from": _of.opened_at >= _instant("opened_from"),
    "opened_until": _of.opened_at < _instant("opened_until"),
    "updated_from": _of.updated_at >= _instant("updated_from"),
    "updated_until": _of.updated_at < _instant("updated_until"),
    "nothing": false(),
}


def filtered(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    """Select the ids of the cases that the actor sees and that hold what is given, the search left out."""
    clauses = [CLAUSES[name] for name in sorted(names) if name in CLAUSES]
    if "citizen_id" in names:
        clauses.append(and_(_of.citizen_id == _id("citizen_id"), door(kind).reaches(Level.WORK)))
    return select(_of.id).where(door(kind).listed, *clauses)


def hits(kind: SeatKind, names: frozenset[str]) -> Hits | None:
    """Tell how cases answer a search: by their reference for all who see them, by their words from level WORK on."""
    by_reference = {"reference": _of.reference, "sequence": func.split_part(_of.reference, "-", 3)}
    open_to_all = [column == _text(name) for name, column in by_reference.items() if name in names]
    by_words = [door(kind).reaches(Level.WORK)] if "words" in names else []
    if not open_to_all and not by_words:
        return None
    asked = (_text(name) if name in names else cast(null(), Text()) for name in by_reference)
    words, has_words = (WANTED_WORDS, _has_words) if by_words else (cast(null(), TSQUERY), lambda _: false())
    return Hits(func.search_cases(words, *asked, FEW), or_(*open_to_all, *by_words), has_words)


def _has_words(case_id: ColumnElement[Any]) -> ColumnElement[bool]:
    answers = case_search.c.words.bool_op("@@")(WANTED_WORDS)
    return select(answers).where(case_search.c.case_id == case_id).scalar_subquery()


def given_values(kind: SeatKind, wanted: CaseFilter, *, now: datetime) -> dict[str, Any]:
    """Give the parameters of a filter by the names of its clauses.

    An area becomes the column of its level, which an index can serve.
    """
    given = {name: value for name, value in wanted._asdict().items() if value is not None}
    for name in ("states", "problem_types", "agency_types"):
        if name in given:
            given[name] = [str(code) for code in given[name]]
    area = given.pop("area_code", None)
    if area is not None:
        given[{2: "province", 4: "amphoe"}.get(len(area), "tambon")] = area
    for name in {"overdue", "followed"} & set(given):
        given[name if given.pop(name) else f"not_{name}"] = True
    if wanted.overdue is not None:
        given["now"] = now
    return given | _search_values(kind, given.pop("search", None))


def _search_values(kind: SeatKind, search: Wanted | None) -> dict[str, Any]:
    if search is None:
        return {}
    values = {name: value for name, value in search._asdict().items() if value is not None}
    if kind in SEE_NO_PERSON:
        del values["words"]
    return values or {"nothing": True}
