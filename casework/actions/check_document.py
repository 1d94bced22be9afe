"""Say where a document of a case's checklist is."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.desk import take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.reference.field_work import documents_for
from casework.rules.calendar import bangkok_day
from casework.work import Work
from models import CaseDocument, CaseProblem
from models.action_words import CaseAction
from models.field_words import DocumentState
from models.vocabulary import EventKind


async def check_document(work: Work, *, case_id: int, document_code: str, state: DocumentState) -> int:
    """Set the state of a document that the problems of the case ask for. Takes and raises no version.

    Gives the case's id.
    """
    desk = await take_case_for(work, case_id, CaseAction.FIELD_WORK)
    known = await work.session.get(CaseDocument, (case_id, document_code))
    if known is None:
        types = select(col(CaseProblem.problem_type_code)).where(col(CaseProblem.case_id) == case_id)
        asked = documents_for((await work.session.scalars(types)).all(), bangkok_day(work.now))
        if document_code not in asked:
            raise Refusal(RefusalCode.DOCUMENT_UNKNOWN, "input", "document")
        known = CaseDocument(case_id=case_id, document_code=document_code, state=state)
    known.state, known.checked_at, known.checked_by_seat_id = state, work.now, work.by.seat_id
    await work.save(known)
    touch(work, desk.case, versioned=False)
    checked: journal.Payload = {"document": document_code, "documentState": state.value}
    await journal.append(work, desk.case, EventKind.DOCUMENT_CHECKED, checked)
    return case_id
