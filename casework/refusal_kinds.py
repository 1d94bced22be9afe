"""The families of refusals: to which of them each code belongs."""

from casework.errors import RefusalCode
from models.vocabulary import Word


class RefusalKind(Word):
    """The families of refusals; each is one type of the GraphQL contract."""

    INVALID_INPUT = "INVALID_INPUT", "ข้อมูลไม่ถูกต้อง", "A value cannot be accepted; `path` names it."
    NOT_FOUND = "NOT_FOUND", "ไม่พบ", "There is no such thing for the one who asks."
    NOT_PERMITTED = "NOT_PERMITTED", "ไม่มีสิทธิ", "The one who asks may not do this."
    NOT_POSSIBLE = "NOT_POSSIBLE", "ทำไม่ได้ในขณะนี้", "The state of things does not allow it."
    VERSION_CONFLICT = "VERSION_CONFLICT", "ข้อมูลถูกแก้ไขไปแล้ว", "Somebody changed it meanwhile."
    OPERATION_REUSED = "OPERATION_REUSED", "ใช้รหัสคำสั่งซ้ำ", "The operation id was used for something else."


_BY_KIND = {
    RefusalKind.NOT_PERMITTED: {
        RefusalCode.NOT_SIGNED_IN,
        RefusalCode.NO_SEAT,
        RefusalCode.NOT_PERMITTED,
        RefusalCode.WAITING_NOT_SHOWN,
        RefusalCode.REACH_NOT_SHOWN,
        RefusalCode.NOT_PUBLISHED,
        RefusalCode.DISCLOSURE_EXPIRED,
        RefusalCode.SECOND_PERSON_NEEDED,
        RefusalCode.DISPUTE_OF_ONESELF,
        RefusalCode.QUEUE_OF_ANOTHER,
    },
    RefusalKind.NOT_FOUND: {RefusalCode.NOT_FOUND, RefusalCode.TRACKING_CODE_WRONG},
    RefusalKind.VERSION_CONFLICT: {RefusalCode.VERSION_CONFLICT},
    RefusalKind.OPERATION_REUSED: {RefusalCode.OPERATION_REUSED},
    RefusalKind.NOT_POSSIBLE: {
        RefusalCode.CASE_ENDED,
        RefusalCode.NOT_IN_THIS_STATE,
        RefusalCode.AS_OF_THE_PAST,
        RefusalCode.CASE_RESOLVED,
        RefusalCode.CASE_NOT_SCREENED,
        RefusalCode.CASE_STEP_ILLEGAL,
        RefusalCode.OUTCOME_MISSING,
        RefusalCode.REFERRALS_OPEN,
        RefusalCode.REFERRAL_STEP_ILLEGAL,
        RefusalCode.REFERRAL_ALREADY_OPEN,
        RefusalCode.OFFICE_OUTSIDE_COVERAGE,
        RefusalCode.OFFICE_IS_HOLDER,
        RefusalCode.PROBLEM_NOT_OF_CASE,
        RefusalCode.AREA_OUTSIDE_PROVINCE,
        RefusalCode.TRANSFER_ALREADY_OPEN,
        RefusalCode.TRANSFER_CYCLE,
        RefusalCode.SEAT_NOT_VOLUNTEER,
        RefusalCode.SEAT_OUTSIDE_PROVINCE,
        RefusalCode.SEAT_EMPTY,
        RefusalCode.SEAT_ALREADY_VOLUNTEER,
        RefusalCode.ASSIGNMENT_MISSING,
        RefusalCode.CLOSING_NEEDS_APPROVAL,
        RefusalCode.ANSWER_NOT_AWAITED,
        RefusalCode.CONFIRMATION_NOT_NEEDED,
        RefusalCode.APPROVAL_NOT_NEEDED,
        RefusalCode.CITIZEN_ERASED,
        RefusalCode.CITIZEN_MERGED,
        RefusalCode.CITIZEN_HAS_MERGED,
        RefusalCode.CITIZEN_NOT_MERGED,
        RefusalCode.CITIZENS_SHARE_CASES,
        RefusalCode.ATTACHMENTS_TOO_MANY,
        RefusalCode.UPLOAD_MISSING,
        RefusalCode.UPLOAD_EXPIRED,
        RefusalCode.CASES_OF_TWO_CITIZENS,
        RefusalCode.MERGE_CHANGED,
        RefusalCode.SEAT_FILLED,
        RefusalCode.MENTOR_SEAT_EXISTS,
        RefusalCode.ADMINISTRATOR_EXISTS,
        RefusalCode.PERSON_KNOWN,
        RefusalCode.INCUMBENCY_OVER,
        RefusalCode.MONTH_NOT_OVER,
        RefusalCode.STATEMENT_NOT_FROZEN,
        RefusalCode.STATEMENT_DISPUTED_ALREADY,
        RefusalCode.STATEMENT_NOT_DISPUTED,
        RefusalCode.STATEMENT_UNANSWERABLE,
        RefusalCode.NOBODY_HANDS_OVER,
        RefusalCode.HANDOVER_TO_ONESELF,
        RefusalCode.INCIDENT_EXHAUSTED,
        RefusalCode.INCIDENT_ALREADY_DISMISSED,
        RefusalCode.DEADLINE_FIXED,
        RefusalCode.DEADLINE_OVER,
        RefusalCode.VISIT_OVER,
        RefusalCode.TASK_OVER,
        RefusalCode.COVER_OUT_OF_PLACE,
        RefusalCode.COVER_IS_ONESELF,
        RefusalCode.COVER_IS_AWAY,
        RefusalCode.COVERS_MEANWHILE,
        RefusalCode.ABSENCE_OVERLAPS,
        RefusalCode.SEAT_NOT_FILLED_THROUGHOUT,
        RefusalCode.WEBHOOKS_TOO_MANY,
        RefusalCode.WEBHOOK_NOT_ACTIVE,
        RefusalCode.RATE_LIMITED,
        RefusalCode.EXPORTS_UNDER_WAY,
        RefusalCode.EXPORT_QUOTA_USED,
        RefusalCode.ROUND_TAKEN,
        RefusalCode.ACTIVITY_OVER,
        RefusalCode.ACTIVITY_NOT_BEGUN,
        RefusalCode.ATTENDANCE_KNOWN,
        RefusalCode.NOBODY_TO_INVITE,
        RefusalCode.PARTICIPANTS_TOO_MANY,
    },
}
_KINDS = {code: kind for kind, codes in _BY_KIND.items() for code in codes}


def kind_of(code: RefusalCode) -> RefusalKind:
    """Tell the family; what is not listed is about a value."""
    return _KINDS.get(code, RefusalKind.INVALID_INPUT)
