"""Who sees which activity, and what is read off its rows: in plain Python, from the domain's text."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from models import Account, Activity, ActivityGuest, ActivityParticipant, Attachment, Case
from models.activity_words import ParticipantRole
from models.attachment_words import AttachmentState
from models.vocabulary import SeatKind
from tests.oracle.mirror import Mirror

K = SeatKind


def sees(mirror: Mirror, activity: Activity) -> bool:
    """National posts see all, others those of their province and those to which they are invited."""
    national = mirror.by.kind in {K.AUDITOR, K.ADMIN}
    return national or mirror.by.province_code == activity.province_code or _is_invited(mirror, activity)


def _is_invited(mirror: Mirror, activity: Activity) -> bool:
    return bool(mirror.facts.of(ActivityParticipant, activity_id=activity.id, seat_id=mirror.by.seat_id))


def leads(mirror: Mirror, activity: Activity) -> bool:
    """Posts of the host office, and the coordinator of its province."""
    if mirror.by.kind is K.COORDINATOR:
        return mirror.by.province_code == activity.province_code
    return mirror.by.office_id == activity.host_office_id


def is_listed(mirror: Mirror, row: ActivityParticipant) -> bool:
    activity = mirror.facts.one(Activity, id=row.activity_id)
    if not sees(mirror, activity):
        return False
    own = row.seat_id == mirror.by.seat_id
    mentored = mirror.by.kind is K.MENTOR and row.amphoe_code == mirror.by.amphoe_code
    return own or mentored or leads(mirror, activity)


def listed(mirror: Mirror, activity: Activity) -> list[ActivityParticipant]:
    rows = [row for row in mirror.facts.of(ActivityParticipant, activity_id=activity.id) if is_listed(mirror, row)]
    return sorted(rows, key=lambda row: row.id)


def all_of(mirror: Mirror) -> list[Activity]:
    """Give the activities that somebody sees, the latest first."""
    rows = [row for row in mirror.facts.all(Activity) if sees(mirror, row)]
    return sorted(rows, key=lambda row: (row.begins_at, row.id), reverse=True)


def materials(mirror: Mirror, activity: Activity) -> list[Attachment]:
    """Give the confirmed files, and the own ones."""
    early = {AttachmentState.REQUESTED, AttachmentState.EXPIRED}
    files = mirror.facts.of(Attachment, activity_id=activity.id)
    return [file for file in files if file.state not in early or file.author_seat_id == mirror.by.seat_id]


def shows_file(mirror: Mirror, file: Attachment) -> bool:
    """Is a file of a case or of an activity shown?"""
    if file.activity_id is None:
        return mirror.visible(Attachment, file.id) is not None
    activity = mirror.facts.one(Activity, id=file.activity_id)
    return sees(mirror, activity) and file in materials(mirror, activity)


def campaign(mirror: Mirror, activity_id: int | None) -> Activity | None:
    row = None if activity_id is None else mirror.facts.one(Activity, id=activity_id)
    return row if row is not None and sees(mirror, row) else None


def counted(mirror: Mirror, activity: Activity) -> list[dict[str, Any]]:
    rows = mirror.facts.of(ActivityParticipant, activity_id=activity.id)
    invited, came = Counter(row.role for row in rows), Counter(row.role for row in rows if row.attended)
    return [
        {"role": role, "invited": invited[role], "attended": came[role]} for role in ParticipantRole if invited[role]
    ]


def total(mirror: Mirror, activity: Activity, name: str) -> int:
    return sum(each[name] for each in counted(mirror, activity))


def cases(mirror: Mirror, activity: Activity) -> list[Case]:
    return [case for case in mirror.facts.of(Case, campaign_id=activity.id) if mirror.level(case.id)]


def tambons(mirror: Mirror, activity: Activity) -> list[dict[str, Any]]:
    found = Counter(case.area_code for case in cases(mirror, activity))
    return [{"area": code, "count": count} for code, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def guest(mirror: Mirror, row: ActivityParticipant, name: str) -> Any:
    named: Sequence[ActivityGuest] = mirror.facts.of(ActivityGuest, participant_id=row.id)
    shown = leads(mirror, mirror.facts.one(Activity, id=row.activity_id))
    return getattr(named[0], name) if named and shown else None


def person(mirror: Mirror, row: ActivityParticipant) -> Account | None:
    return None if row.account_id is None else mirror.facts.one(Account, id=row.account_id)
