"""Actors of amphoe 4301 and of the offices of province 43, as the tests of permissions know them."""

from casework.policy.actors import Actor
from models.vocabulary import SeatKind as K

VOLUNTEER = Actor(1, 10, K.VOLUNTEER, "OPS", amphoe_code="4301", province_code="43")
MENTOR = Actor(1, 11, K.MENTOR, "OPS", amphoe_code="4301", province_code="43")
OFFICER = Actor(1, 12, K.OFFICER, "DLPW", office_id=80, province_code="43")
HEAD = Actor(1, 15, K.OFFICE_HEAD, "DLPW", office_id=80, province_code="43")
COORDINATOR = Actor(1, 13, K.COORDINATOR, "OPS", office_id=81, province_code="43")
