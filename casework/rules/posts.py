"""What a post is called in Thai: what it is, and where."""

from models.vocabulary import SeatKind

BANGKOK = "10"


def post_name(kind: SeatKind, *, area: tuple[str, str] | None, office: str | None) -> str:
    """Join the kind with the area, as its code and Thai name, or with the Thai name of the office."""
    if area is not None:
        code, name = area
        words = ("เขต", "แขวง") if code.startswith(BANGKOK) else ("อำเภอ", "ตำบล")
        return f"{kind.th}{words[kind is SeatKind.VOLUNTEER]}{name}"
    return f"{kind.th} {office}" if office else kind.th
