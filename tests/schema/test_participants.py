"""Who takes part in activities, over HTTP: invitations, attendance, guests, and who sees what of them."""

from datetime import timedelta
from uuid import uuid4

from casework.actions.invite_participants import Group, Guest
from casework.guests import forget_old_guests
from models.vocabulary import SeatKind
from tests.api import Api
from tests.schema.on_activities import attend, participant_ids, refusal, seat, shown
from tests.schema.scenes_of_activities import (
    OFFICER,
    VOLUNTEERS,
    invited,
    on_activity,
    planned,
)
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

K = SeatKind


async def test_a_province_is_invited_in_one_call_and_counted(world: World, api: Api) -> None:
    activity_id = await planned(world)
    staff = Group((K.OFFICER, K.COORDINATOR), office_id=world.office("OPS-43"))
    await invited(world, activity_id, groups=[Group((K.VOLUNTEER, K.MENTOR), "43"), staff])
    found = await shown(api, activity_id, COORDINATOR)
    assert (found["invited"], found["attended"], found["participants"]["totalCount"]) == (76, 0, {"count": 76})
    assert found["attendance"] == [
        {"role": "VOLUNTEER", "invited": 62, "attended": 0},
        {"role": "MENTOR", "invited": 9, "attended": 0},
        {"role": "STAFF", "invited": 5, "attended": 0},
    ]
    given = await on_activity(api, activity_id, groups=[{"kinds": ["VOLUNTEER"], "area": "4302"}])
    assert (await refusal(api, "inviteParticipants", OFFICER, **given))[1] == "NOBODY_TO_INVITE"


async def test_without_an_area_the_posts_are_those_of_the_activitys(world: World, api: Api) -> None:
    activity_id = await planned(world)
    given = await on_activity(api, activity_id, groups=[{"kinds": ["VOLUNTEER"]}])
    done = await api.do("inviteParticipants", OFFICER, want="activity { invited version }", **given)
    assert done["activity"] == {"invited": 16, "version": 2}


async def test_facts_are_told_in_the_province_and_participants_to_those_concerned(world: World, api: Api) -> None:
    activity_id = await planned(world)
    guests = [Guest("นายแขก รับเชิญ", "หอการค้าจังหวัด")]
    await invited(world, activity_id, groups=[VOLUNTEERS, Group((K.VOLUNTEER,), "430201")], guests=guests)
    listed = {}
    for by in (OFFICER, COORDINATOR, MENTOR, OTHER_MENTOR, VOLUNTEER, OTHER_VOLUNTEER, DLPW, AUDITOR, ADMIN):
        found = await shown(api, activity_id, by)
        assert found["invited"] == 18
        listed[by] = found["participants"]["totalCount"]["count"]
        names = [node["guestName"] for node in found["participants"]["nodes"] if node["role"] == "GUEST"]
        assert names == (["นายแขก รับเชิญ"] if by in {OFFICER, COORDINATOR} else [])
    assert listed == {
        OFFICER: 18, COORDINATOR: 18, MENTOR: 16, OTHER_MENTOR: 1, VOLUNTEER: 1, OTHER_VOLUNTEER: 1, DLPW: 0,
        AUDITOR: 0, ADMIN: 0,
    }  # fmt: skip
    assert await shown(api, activity_id, None) is None


async def test_a_mentor_records_the_attendance_of_its_amphoe_and_of_nobody_else(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id, groups=[VOLUNTEERS, Group((K.VOLUNTEER,), "430201")])
    own, other = await seat(api, VOLUNTEER), await seat(api, OTHER_VOLUNTEER)
    for hidden in (other, await seat(api, DLPW), "p1"):
        refused = await refusal(api, "recordAttendance", MENTOR, activity=api.id("Activity", activity_id),
                                attended=[own, hidden])  # fmt: skip
        assert refused == ("InvalidInput", "NOT_INVITED", ["input", "attended", "1"])
    done = await attend(api, activity_id, MENTOR, attended=[own])
    assert done["__typename"] == "RecordAttendancePayload"
    assert (await shown(api, activity_id, DLPW))["attended"] == 1
    (row,) = await world.rows("SELECT account_id, attendance_by_seat_id FROM activity_participant WHERE attended")
    assert row == ((await world.actor(VOLUNTEER)).account_id, (await world.actor(MENTOR)).seat_id)
    (event,) = await world.rows("SELECT payload FROM event WHERE kind = 'ATTENDANCE_RECORDED'")
    participant = await world.value("SELECT id FROM activity_participant WHERE attended")
    assert event.payload == {"attended": [str(participant)], "absent": []}


async def test_who_neither_leads_nor_mentors_records_no_attendance(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    given = {"activity": api.id("Activity", activity_id), "attended": [await seat(api, VOLUNTEER)]}
    for by in (VOLUNTEER, DLPW, AUDITOR, ADMIN):
        assert (await refusal(api, "recordAttendance", by, **given))[:2] == ("NotPermitted", "NOT_PERMITTED")
    assert (await refusal(api, "recordAttendance", OTHER_MENTOR, **given))[1] == "NOT_INVITED"


async def test_what_was_seen_later_stands_and_nobody_is_both_here_and_away(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    own = await seat(api, VOLUNTEER)
    await attend(api, activity_id, attended=[own], capturedAt=world.now.isoformat())
    early = (world.now - timedelta(hours=1)).isoformat()
    assert (await attend(api, activity_id, MENTOR, absent=[own], capturedAt=early))["__typename"].endswith("Payload")
    assert (await shown(api, activity_id, VOLUNTEER))["attended"] == 1
    await attend(api, activity_id, MENTOR, absent=[own])
    (own_part,) = (await shown(api, activity_id, VOLUNTEER))["participants"]["nodes"]
    assert own_part["attended"] is False
    given = {"activity": api.id("Activity", activity_id), "attended": [own], "absent": [own]}
    assert await refusal(api, "recordAttendance", OFFICER, **given) == (
        "InvalidInput", "ATTENDANCE_CONTRADICTS", ["input", "absent", "0"],
    )  # fmt: skip
    nobody = {"activity": given["activity"]}
    assert (await refusal(api, "recordAttendance", OFFICER, **nobody))[1] == "NOTHING_TO_CHANGE"


async def test_attendance_is_taken_from_the_beginning_to_the_closing(world: World, api: Api) -> None:
    coming = await planned(world, after=timedelta(days=2))
    await invited(world, coming)
    own = await seat(api, VOLUNTEER)
    given = {"activity": api.id("Activity", coming), "attended": [own]}
    assert (await refusal(api, "recordAttendance", OFFICER, **given))[1] == "ACTIVITY_NOT_BEGUN"
    outcome = await on_activity(api, coming, notes="ครบถ้วน")
    assert (await refusal(api, "recordActivityOutcome", OFFICER, **outcome))[1] == "ACTIVITY_NOT_BEGUN"
    world.now += timedelta(days=3)
    seen = world.now
    assert (await api.do("recordActivityOutcome", OFFICER, **outcome))["__typename"].endswith("Payload")
    world.now += timedelta(days=1)
    assert (await refusal(api, "recordAttendance", OFFICER, **given))[1] == "ACTIVITY_OVER"
    late = await attend(api, coming, MENTOR, attended=[own], capturedAt=(seen - timedelta(hours=1)).isoformat())
    assert late["__typename"] == "RecordAttendancePayload"
    assert (await shown(api, coming, MENTOR))["attended"] == 1
    for name, more in (
        ("inviteParticipants", {"groups": [{"kinds": ["MENTOR"]}]}),
        ("updateActivity", {"venue": "ใหม่"}),
    ):
        assert (await refusal(api, name, OFFICER, **await on_activity(api, coming, **more)))[1] == "ACTIVITY_OVER"


async def test_what_somebody_came_to_is_neither_cancelled_nor_put_off(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    later = (world.now + timedelta(days=1)).isoformat()
    own = await seat(api, VOLUNTEER)
    await attend(api, activity_id, OFFICER, attended=[own])
    for change, name in (({"cancelled": True}, "cancelled"), ({"beginsAt": later}, "beginsAt")):
        given = await on_activity(api, activity_id, **change)
        told = await refusal(api, "updateActivity", OFFICER, **given)
        assert told == ("NotPossible", "ATTENDANCE_KNOWN", ["input", name])
    earlier = (world.now - timedelta(hours=1)).isoformat()
    moved = await api.do("updateActivity", OFFICER, **await on_activity(api, activity_id, beginsAt=earlier))
    assert moved["__typename"].endswith("Payload")
    await attend(api, activity_id, OFFICER, absent=[own])
    put_off = await api.do("updateActivity", OFFICER, **await on_activity(api, activity_id, beginsAt=later))
    assert put_off["__typename"].endswith("Payload")


async def test_attendance_waits_on_the_phone_with_the_rest_of_the_day(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    owner = (await api.ask("{ viewer { queueOwner } }", MENTOR))["viewer"]["queueOwner"]
    intent = {"operationId": str(uuid4()), "activity": api.id("Activity", activity_id),
              "attended": [await seat(api, VOLUNTEER)]}  # fmt: skip
    want = "results { status activity { attended } refusal { code path } }"
    operations = [{"intent": {"recordAttendance": intent}}] * 2
    done = await api.do("applyOperations", MENTOR, want=want, queueOwner=owner, operations=operations)
    assert [(result["status"], result["activity"]) for result in done["results"]] == [
        ("APPLIED", {"attended": 1}),
        ("DUPLICATE", {"attended": 1}),
    ]
    stranger = {**intent, "operationId": str(uuid4()), "attended": [await seat(api, DLPW)]}
    operations = [{"intent": {"recordAttendance": stranger}}]
    (result,) = (await api.do("applyOperations", MENTOR, want=want, queueOwner=owner, operations=operations))["results"]
    path = ["input", "operations", "0", "intent", "recordAttendance", "attended", "0"]
    assert (result["status"], result["refusal"]) == ("REFUSED", {"code": "NOT_INVITED", "path": path})


async def test_invitations_are_taken_back_until_somebody_says_who_came(world: World, api: Api) -> None:
    activity_id = await planned(world)
    guests = [Guest("นายแขก รับเชิญ"), Guest("นางสาวอื่น ไกล")]
    await invited(world, activity_id, groups=[VOLUNTEERS, Group((K.VOLUNTEER,), "430201")], guests=guests)
    *_, first_guest, second_guest = await participant_ids(api, activity_id)
    own, far = await seat(api, VOLUNTEER), await seat(api, OTHER_VOLUNTEER)
    await attend(api, activity_id, attended=[own], absent=[second_guest])
    for known in (own, second_guest):
        given = await on_activity(api, activity_id, participants=[far, known])
        refused = await refusal(api, "removeParticipants", OFFICER, **given)
        assert refused == ("NotPossible", "ATTENDANCE_KNOWN", ["input", "participants", "1"])
    given = await on_activity(api, activity_id, participants=[far, first_guest, far])
    done = await api.do("removeParticipants", OFFICER, want="activity { invited version }", **given)
    assert done["activity"] == {"invited": 17, "version": 3}
    assert await world.rows("SELECT name FROM activity_guest") == [("นางสาวอื่น ไกล",)]
    told = "SELECT payload FROM event WHERE kind = 'PARTICIPANTS_REMOVED'"
    assert await world.rows(told) == [({"posts": 1, "guests": 1},)]
    for gone in (far, first_guest, await seat(api, DLPW), "p1"):
        given = await on_activity(api, activity_id, participants=[gone])
        refused = await refusal(api, "removeParticipants", OFFICER, **given)
        assert refused == ("InvalidInput", "NOT_INVITED", ["input", "participants", "0"])
    given = await on_activity(api, activity_id, groups=[{"kinds": ["VOLUNTEER"], "area": "430201"}])
    assert (await api.do("inviteParticipants", OFFICER, **given))["__typename"] == "InviteParticipantsPayload"


async def test_nothing_is_taken_back_from_an_activity_that_is_over(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    named = [await seat(api, VOLUNTEER)]
    nobody = await on_activity(api, activity_id, participants=[])
    assert (await refusal(api, "removeParticipants", OFFICER, **nobody))[1] == "NOTHING_TO_CHANGE"
    many = await on_activity(api, activity_id, participants=named * 201)
    assert (await refusal(api, "removeParticipants", OFFICER, **many))[1] == "TOO_MANY"
    await api.do("recordActivityOutcome", OFFICER, **await on_activity(api, activity_id, knowledgeAfter=80))
    given = await on_activity(api, activity_id, participants=named)
    assert (await refusal(api, "removeParticipants", OFFICER, **given))[1] == "ACTIVITY_OVER"


async def test_a_guest_is_called_right_also_afterwards_and_the_journal_names_nobody(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id, groups=[VOLUNTEERS], guests=[Guest("นายแขก รับเชิน", "หอการค้า")])
    post, *_, guest = await participant_ids(api, activity_id)
    await attend(api, activity_id, attended=[guest])
    await api.do("recordActivityOutcome", OFFICER, **await on_activity(api, activity_id, knowledgeAfter=80))
    given = await on_activity(api, activity_id, participant=guest, name=" นายแขก  รับเชิญ ")
    assert (await api.do("correctGuest", COORDINATOR, **given))["__typename"] == "CorrectGuestPayload"
    (found,) = [node for node in (await shown(api, activity_id, OFFICER))["participants"]["nodes"] if not node["seat"]]
    assert (found["guestName"], found["guestOrganisation"], found["attended"]) == ("นายแขก รับเชิญ", None, True)
    assert "แขก" not in str(await world.rows("SELECT payload::text FROM event"))
    for nobody in (post, "p1", api.id("Seat", 1)):
        wrong = await on_activity(api, activity_id, participant=nobody, name="นายแขก")
        assert (await refusal(api, "correctGuest", OFFICER, **wrong))[1:] == ("NOT_A_GUEST", ["input", "participant"])
    empty = await on_activity(api, activity_id, participant=guest, name=" ")
    assert (await refusal(api, "correctGuest", OFFICER, **empty))[2] == ["input", "name"]
    world.now += timedelta(days=3 * 366)
    await forget_old_guests(world.worker, now=world.now)
    late = await on_activity(api, activity_id, participant=guest, name="นายแขก")
    assert (await refusal(api, "correctGuest", OFFICER, **late))[1] == "NOT_A_GUEST"
