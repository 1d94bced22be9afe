"""The directory as an import sees it: posts, who fills them, and who is known, with what earlier rows have changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from casework.rules.names import Name, fold
from casework.rules.place_texts import PROVINCE_DIGITS
from casework.rules.sounds import is_thai
from models.vocabulary import SeatKind


@dataclass(eq=False, slots=True)
class Person:
    """Somebody with an account, or somebody of the list who is to get one (`account_id` None)."""

    title: str
    name: Name
    name_en: Name
    phone: str | None
    subject: UUID | None
    account_id: int | None = None
    provinces: set[str] = field(default_factory=set)
    """Where they fill posts, now or later, or are listed for one."""
    listed_for: set[tuple[SeatKind, str]] = field(default_factory=set)
    """Posts of the rows that brought them in."""

    @property
    def in_full(self) -> str:
        return f"{self.title}{self.name.given} {self.name.family}"

    @property
    def has_latin_name(self) -> bool:
        return not is_thai(self.name_en.given)


@dataclass(eq=False, slots=True)
class Term:
    """Somebody's time in a post, which is not over; `incumbency_id` None until it is written."""

    person: Person
    since: datetime
    until: datetime | None
    incumbency_id: int | None = None

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        return (until is None or self.since < until) and (self.until is None or since < self.until)


@dataclass(eq=False, slots=True)
class Post:
    """A post of an area; `seat_id` None until it is made. `version` is the one that the next change expects."""

    kind: SeatKind
    area_code: str
    seat_id: int | None = None
    version: int = 1
    terms: list[Term] = field(default_factory=list)

    def term_of(self, person: Person) -> Term | None:
        """Give the first of their times here that is not over."""
        return min((term for term in self.terms if term.person is person), key=lambda term: term.since, default=None)


class Roster:
    """Finds posts by their place, and people by their account, `sub`, phone or name."""

    def __init__(self) -> None:
        self._posts: dict[tuple[SeatKind, str], list[Post]] = defaultdict(list)
        self._by_subject: dict[UUID, Person] = {}
        self._by_phone: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)

    def add_post(self, post: Post) -> None:
        self._posts[post.kind, post.area_code].append(post)

    def posts(self, kind: SeatKind, area_code: str) -> Sequence[Post]:
        return self._posts.get((kind, area_code), ())

    def add_person(self, person: Person) -> None:
        self._by_name[fold(person.name.given), fold(person.name.family)].append(person)
        self.learn(person, phone=person.phone, subject=person.subject)

    def learn(self, person: Person, *, phone: str | None, subject: UUID | None) -> None:
        """Find the person by these too from now on."""
        if phone is not None:
            person.phone = phone
            self._by_phone[phone].append(person)
        if subject is not None:
            person.subject = subject
            self._by_subject[subject] = person

    def fill(self, post: Post, term: Term) -> None:
        post.terms.append(term)
        term.person.provinces.add(post.area_code[:PROVINCE_DIGITS])

    def with_subject(self, subject: UUID) -> Person | None:
        return self._by_subject.get(subject)

    def with_phone(self, phone: str) -> Sequence[Person]:
        return self._by_phone.get(phone, ())

    def with_name(self, name: Name) -> Sequence[Person]:
        return self._by_name.get((fold(name.given), fold(name.family)), ())
