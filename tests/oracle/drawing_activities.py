"""Draw activities: of any office, over or to come, with posts of any province among the invited, and guests."""

from datetime import timedelta

from models import Activity, ActivityGuest, ActivityParticipant, Case, Incumbency, Seat
from models.activity_words import ActivityKind, ActivityState, ParticipantRole, PublicityChannel
from models.vocabulary import Audience, SeatKind
from tests.oracle.drawing import Draw
from tests.oracle.drawing_cases import ORDINARY
from tests.oracle.drawing_files import draw_file

ROLES = {SeatKind.VOLUNTEER: ParticipantRole.VOLUNTEER, SeatKind.MENTOR: ParticipantRole.MENTOR}


def draw_activities(draw: Draw) -> None:
    """Give every province two activities; a campaign brings some of its cases."""
    for province in sorted(draw.tambons):
        for number, kind in enumerate((ActivityKind.CAMPAIGN, draw.pick(list(ActivityKind))), 1):
            activity = _draw_activity(draw, province, kind, number)
            _draw_participants(draw, activity)
            for seat in draw.some(draw.facts.all(Seat), 3):
                draw_file(draw, seat, Audience.CASE, activity.begins_at, activity_id=activity.id)
    campaigns = [each for each in draw.facts.all(Activity) if each.kind is ActivityKind.CAMPAIGN]
    for case in draw.facts.all(Case):
        if draw.perhaps(0.4):
            case.campaign_id = draw.pick(campaigns).id


def _draw_activity(draw: Draw, province: str, kind: ActivityKind, number: int) -> Activity:
    of_campaign = kind is ActivityKind.CAMPAIGN
    office = draw.pick(draw.offices(province))
    state = draw.pick(list(ActivityState))
    activity = Activity(
        id=draw.id,
        kind=kind,
        state=state,
        host_office_id=office,
        province_code=province,
        area_code=draw.pick((province, *draw.tambons[province])),
        project=draw.text(),
        fiscal_year=2569,
        round=number,
        venue=draw.text(),
        begins_at=draw.ago(),
        objectives=draw.text(),
        topics=draw.some(ORDINARY, 2) if of_campaign else [],
        channels=[channel.value for channel in draw.some(list(PublicityChannel), 2)] if of_campaign else [],
        created_by_seat_id=draw.pick(draw.seats(province)).id,
        created_at=draw.ago(),
    )
    if state is ActivityState.CLOSED:
        activity.closed_at, activity.knowledge_after = draw.now, draw.pick((None, 0, 80))
    draw.facts.add(activity)
    return activity


def _draw_participants(draw: Draw, activity: Activity) -> None:
    for seat in draw.some(draw.facts.all(Seat), 8, least=2):
        row = _participant(draw, activity, ROLES.get(seat.kind, ParticipantRole.STAFF))
        row.seat_id, row.amphoe_code = seat.id, seat.area_code[:4] if seat.area_code else None
        if row.attended is not None:
            row.account_id = draw.facts.one(Incumbency, seat_id=seat.id).account_id
        draw.facts.add(row)
    for _ in range(draw.chance.randint(0, 2)):
        row = draw.facts.add(_participant(draw, activity, ParticipantRole.GUEST))
        if draw.perhaps(0.7):  # the others are forgotten
            draw.facts.add(ActivityGuest(participant_id=row.id, activity_id=activity.id, name=draw.text()))


def _participant(draw: Draw, activity: Activity, role: ParticipantRole) -> ActivityParticipant:
    row = ActivityParticipant(
        id=draw.id,
        activity_id=activity.id,
        role=role,
        amphoe_code=None,
        invited_at=activity.created_at,
        invited_by_seat_id=activity.created_by_seat_id,
        attended=draw.pick((None, True, False)),
    )
    if row.attended is not None:
        row.attendance_at, row.attendance_by_seat_id = activity.begins_at + timedelta(hours=1), row.invited_by_seat_id
    return row
