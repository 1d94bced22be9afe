"""The demo holds the activity of the document behind this project exactly, and counts who was there."""

from casework.demo.loader import load_activities
from casework.journal import verify
from tests.world import World

COUNTED = """SELECT p.role, count(*), count(*) FILTER (WHERE p.attended) FROM activity a
    JOIN activity_participant p ON p.activity_id = a.id WHERE a.fiscal_year = 2562 GROUP BY p.role ORDER BY p.role"""
TOLD = """SELECT kind, state, project, fiscal_year, round, venue,
    to_char(begins_at AT TIME ZONE 'Asia/Bangkok', 'YYYY-MM-DD HH24:MI') AS begins FROM activity ORDER BY begins_at"""


async def test_round_two_of_2562_has_its_76_participants_and_a_second_load_adds_nothing(world: World) -> None:
    assert await load_activities(world.owner, world.reference, world.keys) == 2
    assert await load_activities(world.owner, world.reference, world.keys) == 0
    assert await world.rows(COUNTED) == [("MENTOR", 9, 9), ("STAFF", 5, 5), ("VOLUNTEER", 62, 62)]
    document, campaign = await world.rows(TOLD)
    assert document == (
        "TRAINING",
        "CLOSED",
        "โครงการประสานการให้บริการด้านแรงงานโดยอาสาสมัครแรงงานจังหวัดหนองคาย",
        2562,
        2,
        "ห้องไกล่เกลี่ย ๒ สำนักงานสวัสดิการและคุ้มครองแรงงานจังหวัดหนองคาย ศาลากลางจังหวัด ชั้น ๒ อำเภอเมืองหนองคาย จังหวัดหนองคาย",
        "2019-09-10 11:00",
    )
    assert (campaign.kind, campaign.state) == ("CAMPAIGN", "PLANNED")
    async with world.owner.connect() as connection:
        verified = await verify(connection, progress=lambda *_: None)
    assert (verified.subjects, verified.events, verified.breaks) == (2, 6, [])
