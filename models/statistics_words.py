"""The words of statistics: by what cases are counted."""

from models.vocabulary import Word


class StatisticsBy(Word):
    """By what cases are counted."""

    PROBLEM_TYPE = (
        "PROBLEM_TYPE",
        "ประเภทปัญหา",
        "By the problem. A case with several problems counts for each, its clocks too; an outcome for its own.",
    )
    AGENCY = (
        "AGENCY",
        "หน่วยงาน",
        "By the agency that leads on a problem. A case with problems of several agencies counts for each.",
    )
    OFFICE = (
        "OFFICE",
        "สำนักงาน",
        "By the offices that took part, also those that no longer do. A case counts for each of them.",
    )
    PROVINCE = "PROVINCE", "จังหวัด", "By the province in which the case was taken."
    AMPHOE = "AMPHOE", "อำเภอ", "By the amphoe in which the case was taken; needs `filter.area`."
    TAMBON = "TAMBON", "ตำบล", "By the tambon in which the case was taken; needs `filter.area`."
    MONTH = "MONTH", "เดือน", "By the month in Bangkok; each figure in the month in which it happened."
    FISCAL_QUARTER = (
        "FISCAL_QUARTER",
        "ไตรมาสของปีงบประมาณ",
        "By the quarter of the fiscal year, which begins in October; each figure when it happened.",
    )


IN_TIME = frozenset({StatisticsBy.MONTH, StatisticsBy.FISCAL_QUARTER})
NEED_AN_AREA = frozenset({StatisticsBy.AMPHOE, StatisticsBy.TAMBON})


class CampaignReason(Word):
    """Why a campaign is proposed."""

    NOBODY_EVER = (
        "NOBODY_EVER",
        "ไม่เคยมีผู้มาขอรับบริการ ในเรื่องที่ท่านเห็น",
        "Of the cases that you see, none of this tambon was ever for this agency.",
    )
    NOBODY_IN_PERIOD = (
        "NOBODY_IN_PERIOD",
        "ไม่มีผู้มาขอรับบริการในช่วงเวลานี้ ในเรื่องที่ท่านเห็น",
        "Of the cases that you see, none was opened in the period; the last one is older.",
    )
