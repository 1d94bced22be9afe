"""The areas of Thailand as rows for their table, with how many people live in each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import geothai
import yaml

from casework.reference.files import FOLDER, Row
from models.vocabulary import AreaLevel


def areas() -> Iterator[Row]:
    """Give 77 provinces, then 928 amphoe, then 7,436 tambon."""
    provinces = geothai.provinces()
    districts = [district for province in provinces for district in geothai.districts(province.code)]
    subdistricts = [sub for district in districts for sub in geothai.subdistricts(district.code)]
    counted_on, residents = population()

    def area(place: Any, level: AreaLevel, parent: str | None) -> Row:
        count = residents.get(place.code)
        return {
            "code": place.code,
            "level": level,
            "parent_code": parent,
            "name_th": place.name_th,
            "name_en": place.name_en,
            "residents": count,
            "residents_on": None if count is None else counted_on,
        }

    for province in provinces:
        yield area(province, AreaLevel.PROVINCE, None)
    for district in districts:
        yield area(district, AreaLevel.AMPHOE, district.province_code)
    for subdistrict in subdistricts:
        yield area(subdistrict, AreaLevel.TAMBON, subdistrict.district_code)


def population() -> tuple[date, Mapping[str, int]]:
    """Give the day of the count, and how many people were registered in each tambon, amphoe and province.

    A tambon that did not exist on that day has no count; its people are counted in the amphoe.
    """
    told = yaml.load((FOLDER / "population.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    counted: Counter[str] = Counter()
    for amphoe, tambons in told["residents"].items():
        for ending, count in tambons.items():
            for area in (amphoe[:2], amphoe, f"{amphoe}{ending}"):
                counted[area] += count
    return told["counted_on"], counted
