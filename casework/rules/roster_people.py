"""Who a person of a list is: the one with the same phone and name, or somebody new; or only a person can tell."""

from collections.abc import Iterator, Sequence

from casework.rules.listed_posts import Entry, Listed
from casework.rules.names import LIKE, SAME, Name, names_alike
from casework.rules.place_texts import PROVINCE_DIGITS
from casework.rules.roster import Person, Post, Roster
from casework.rules.row_problems import RowRefused
from models.directory_words import RowProblem


def recognise(entry: Entry, listed: Listed, roster: Roster) -> Person:
    """Give the person, who is added to the roster when new; refuse where only a person can tell."""
    name = Name(listed.name.given, listed.name.family)
    posts = roster.posts(entry.kind, entry.area_code)
    found = (
        _by_subject(listed, name, roster) or _by_phone(listed, name, roster) or _by_name(entry, listed, name, roster)
    )
    if found is not None:
        another = listed.subject is not None and found.subject not in (None, listed.subject)
        if another and found.account_id is not None:  # two rows of the list are held against each other afterwards
            raise RowRefused(RowProblem.SUBJECT_DIFFERS, name=found.in_full)
        return found
    _check_not_alike(listed, name, posts)
    english = Name(listed.given_en or name.given, listed.family_en or name.family)
    new = Person(listed.name.title, name, english, listed.phone, listed.subject)
    new.listed_for.add((entry.kind, entry.area_code))
    new.provinces.add(entry.area_code[:PROVINCE_DIGITS])
    roster.add_person(new)
    return new


def _by_subject(listed: Listed, name: Name, roster: Roster) -> Person | None:
    found = None if listed.subject is None else roster.with_subject(listed.subject)
    if found is not None and names_alike(found.name, name) < LIKE:
        raise RowRefused(RowProblem.SUBJECT_OF_ANOTHER, name=found.in_full)
    return found


def _by_phone(listed: Listed, name: Name, roster: Roster) -> Person | None:
    """Find who has the phone and the name; families and offices share phones, so the name decides."""
    alike = [] if listed.phone is None else [(names_alike(p.name, name), p) for p in roster.with_phone(listed.phone)]
    score, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if best is not None and LIKE <= score < SAME:
        raise RowRefused(RowProblem.PERSON_ALIKE, name=best.in_full)
    return best if score >= SAME else None


def _by_name(entry: Entry, listed: Listed, name: Name, roster: Roster) -> Person | None:
    """Find who has the name and fills this very post or is listed for it; elsewhere a name alone says too little."""
    here = set(_people_of(roster.posts(entry.kind, entry.area_code)))
    named = roster.with_name(name)
    untold = [person for person in named if listed.phone is None or person.phone is None]
    of_post = [person for person in named if person in here]
    of_post += [person for person in untold if (entry.kind, entry.area_code) in person.listed_for]
    if of_post:
        return of_post[0]
    for person in untold:
        if entry.area_code[:PROVINCE_DIGITS] in person.provinces:
            raise RowRefused(RowProblem.PHONE_NEEDED, name=person.in_full)
    return None


def _check_not_alike(listed: Listed, name: Name, posts: Sequence[Post]) -> None:
    """Refuse a name that is nearly that of somebody who fills the post: it may be misspelt."""
    for person in _people_of(posts):
        told_apart = listed.phone is not None and person.phone is not None
        if not told_apart and names_alike(person.name, name) >= LIKE:
            raise RowRefused(RowProblem.PERSON_ALIKE, name=person.in_full)


def _people_of(posts: Sequence[Post]) -> Iterator[Person]:
    return (term.person for post in posts for term in post.terms)
