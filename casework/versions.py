"""What carries a version that changes expect."""

from enum import StrEnum


class Versioned(StrEnum):
    """What carries a version of its own; a conflict tells how it stands."""

    CASE = "CASE"
    REFERRAL = "REFERRAL"
    CITIZEN = "CITIZEN"
    SEAT = "SEAT"
    INCIDENT = "INCIDENT"
    WEBHOOK = "WEBHOOK"
    ACTIVITY = "ACTIVITY"
