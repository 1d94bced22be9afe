"""What posts are called: what they are, and where."""

from casework.reference.data import ReferenceData
from casework.rules.posts import post_name
from resolvers.rows_of_posts import SeatRow


def name_of_post(seat: SeatRow, reference: ReferenceData) -> str:
    """Say it in Thai."""
    area = reference.areas[seat.area_code] if seat.area_code is not None else None
    office = None if seat.office_id is None else reference.offices[seat.office_id]
    return post_name(
        seat.kind, area=area and (area.code, area.name_th), office=None if office is None else office.name_th
    )


def name_of_post_en(seat: SeatRow, reference: ReferenceData) -> str:
    title = seat.kind.value.replace("_", " ").capitalize()
    if seat.area_code is not None:
        return f"{title}, {reference.areas[seat.area_code].name_en}"
    return title if seat.office_id is None else f"{title}, {reference.offices[seat.office_id].name_en}"
