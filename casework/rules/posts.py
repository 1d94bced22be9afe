"""What a post is called in Thai, what it is and where; and which posts cover for each other."""

from models.vocabulary import SeatKind

BANGKOK = "10"
COORDINATING_AGENCY = "OPS"
"""Its provincial offices coordinate: posts of coordinators stand there, and cases that go to and fro end there."""
AMPHOE_DIGITS = 4


def post_name(kind: SeatKind, *, area: tuple[str, str] | None, office: str | None) -> str:
    """Join the kind with the area, as its code and Thai name, or with the Thai name of the office."""
    if area is not None:
        code, name = area
        words = ("เขต", "แขวง") if code.startswith(BANGKOK) else ("อำเภอ", "ตำบล")
        return f"{kind.th}{words[kind is SeatKind.VOLUNTEER]}{name}"
    return f"{kind.th} {office}" if office else kind.th


def may_cover(covering: SeatKind, covering_area: str | None, kind: SeatKind, area: str | None) -> bool:
    """Does an incumbent of the one post cover an absence in the other? In one amphoe: volunteers, and the mentor."""
    if kind is not SeatKind.VOLUNTEER or covering not in {SeatKind.VOLUNTEER, SeatKind.MENTOR}:
        return False
    return (covering_area or "")[:AMPHOE_DIGITS] == (area or "")[:AMPHOE_DIGITS]
