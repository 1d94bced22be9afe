"""What a row of a list changes in the directory: its post, its person, its days against those who fill the post."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from casework.rules.calendar import BANGKOK, FURTHEST_APPOINTMENT, bangkok_day, thai_date
from casework.rules.listed_posts import Entry, Listed
from casework.rules.names import Name
from casework.rules.roster import Person, Post, Roster, Term
from casework.rules.row_problems import RowRefused
from models.directory_words import RowNote, RowOutcome, RowProblem


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the list knows better of a person; None where it says nothing new."""

    phone: str | None = None
    subject: UUID | None = None
    name_en: Name | None = None

    def __bool__(self) -> bool:
        return any((self.phone, self.subject, self.name_en))


@dataclass(slots=True)
class Step:
    """What is to be done, in this order: make the post, end a time at `end`, begin one, correct the person."""

    outcome: RowOutcome
    post: Post
    ends: Term | None = None
    end: datetime | None = None
    begins: Term | None = None
    person: Person | None = None
    corrections: Corrections = field(default_factory=Corrections)
    notes: list[RowNote] = field(default_factory=list)


def next_step(entry: Entry, person: Person | None, roster: Roster, *, now: datetime) -> Step:
    """Decide what the row changes, and put it into the roster for the rows that follow."""
    post = _post(entry, person, roster)
    if person is None or entry.person is None:
        return _empty(post, roster)
    step = Step(RowOutcome.UNCHANGED, post, person=person, corrections=_corrections(entry.person, person))
    since, until = time_of(entry, now=now)
    if since > now + FURTHEST_APPOINTMENT:
        raise RowRefused(RowProblem.DATE_TOO_FAR, text=thai_date(bangkok_day(since)))
    if until is not None and until > now + FURTHEST_APPOINTMENT:
        step.notes.append(RowNote.END_FAR)
        until = None
    own = post.term_of(person)
    if until is not None and until <= now:
        _leave(step, own, until, now=now)
    elif own is not None:
        _keep(step, own, entry, since=since, until=until)
    else:
        _begin(step, entry, Term(person, since, until))
    _settle(step, person, roster, now=now)
    return step


def _post(entry: Entry, person: Person | None, roster: Roster) -> Post:
    posts = roster.posts(entry.kind, entry.area_code)
    if not posts:
        return Post(entry.kind, entry.area_code)
    if len(posts) == 1:
        return posts[0]
    own = [post for post in posts if person is not None and post.term_of(person) is not None]
    if not own:
        raise RowRefused(RowProblem.POSTS_SEVERAL)
    return own[0]


def _empty(post: Post, roster: Roster) -> Step:
    if post.terms:
        raise RowRefused(RowProblem.POST_FILLED, name=post.terms[0].person.in_full)
    if roster.posts(post.kind, post.area_code):
        return Step(RowOutcome.UNCHANGED, post)
    roster.add_post(post)
    return Step(RowOutcome.SEAT_MADE, post)


def _corrections(listed: Listed, person: Person) -> Corrections:
    latin = listed.given_en and not person.has_latin_name
    return Corrections(
        phone=listed.phone if listed.phone != person.phone else None,
        subject=listed.subject if person.subject is None else None,
        name_en=Name(listed.given_en, listed.family_en) if latin else None,
    )


def midnight(day: date) -> datetime:
    """Give when the day begins in Bangkok, in UTC."""
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def time_of(entry: Entry, *, now: datetime) -> tuple[datetime, datetime | None]:
    """Give from when to when the row is about; nobody is appointed to a time that has passed."""
    since = now if entry.since is None else max(now, midnight(entry.since))
    return since, None if entry.until is None else midnight(entry.until + timedelta(days=1))


def _leave(step: Step, own: Term | None, until: datetime, *, now: datetime) -> None:
    """End now the time of somebody who has left; one that began after the day of the list only people can end."""
    if own is None or own.since > now:
        step.notes.append(RowNote.PAST)
        return
    if until <= own.since:
        day = thai_date(bangkok_day(own.since))
        raise RowRefused(RowProblem.LEFT_EARLIER, name=own.person.in_full, day=day)
    step.outcome, step.ends, step.end = RowOutcome.ENDED, own, now


def _keep(step: Step, own: Term, entry: Entry, *, since: datetime, until: datetime | None) -> None:
    """Leave somebody where they are, or give their time another end."""
    if entry.since is not None and own.since > since:
        raise _planned(own)
    if until is None or until == own.until:
        return
    if until <= own.since:
        raise _planned(own)
    if own.until is not None:
        _check_free(step, own.until, until, besides=own)
    step.outcome, step.ends, step.end = RowOutcome.ENDED, own, until


def _begin(step: Step, entry: Entry, new: Term) -> None:
    """Begin a time, after that of whoever fills the post then."""
    before = next(
        (term for term in step.post.terms if term.since <= new.since and term.overlaps(new.since, None)), None
    )
    _check_free(step, new.since, new.until, besides=before)
    if before is not None:
        if entry.since is None:
            raise RowRefused(RowProblem.REPLACING_NEEDS_DATE, name=before.person.in_full)
        if midnight(entry.since) <= before.since:
            day = thai_date(bangkok_day(before.since))
            raise RowRefused(RowProblem.LIST_OLDER, name=before.person.in_full, day=day)
        step.ends, step.end = before, new.since
    if entry.since is not None and midnight(entry.since) < new.since:
        step.notes.append(RowNote.FROM_NOW)
    step.begins = new


def _check_free(step: Step, since: datetime, until: datetime | None, *, besides: Term | None) -> None:
    for term in step.post.terms:
        if term is not besides and term.overlaps(since, until):
            raise _planned(term)


def _planned(term: Term) -> RowRefused:
    day = thai_date(bangkok_day(term.since))
    return RowRefused(RowProblem.PLANNED_OTHERWISE, name=term.person.in_full, day=day)


def _settle(step: Step, person: Person, roster: Roster, *, now: datetime) -> None:
    """Name the outcome, and let the rows that follow see it."""
    post = step.post
    if step.ends is not None:
        step.ends.until = step.end
        if step.end is not None and step.end <= now:
            post.terms.remove(step.ends)
    if step.begins is not None:
        known = bool(roster.posts(post.kind, post.area_code))
        step.outcome = RowOutcome.APPOINTED if known else RowOutcome.SEAT_MADE_AND_FILLED
        step.outcome = RowOutcome.REPLACED if step.ends is not None else step.outcome
        if not known:
            roster.add_post(post)
        roster.fill(post, step.begins)
    if RowNote.PAST in step.notes:  # somebody who does not fill the post is not corrected through it
        step.corrections = Corrections()
    corrections = step.corrections
    if corrections:
        roster.learn(person, phone=corrections.phone, subject=corrections.subject)
        person.name_en = corrections.name_en or person.name_en
        if person.account_id is None:  # it is made with all that the list knows
            step.corrections = Corrections()
        elif step.outcome is RowOutcome.UNCHANGED:
            step.outcome = RowOutcome.UPDATED
