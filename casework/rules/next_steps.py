"""What a citizen is told to do next, one sentence for each state of the case."""

from collections.abc import Mapping
from typing import NamedTuple

from casework.rules.closing import TO_DISPUTE
from models.vocabulary import CaseState


class NextStep(NamedTuple):
    """The sentence in Thai and in English."""

    th: str
    en: str


C = CaseState

NEXT_STEPS: Mapping[CaseState, NextStep] = {
    C.NEW: NextStep(
        "เจ้าหน้าที่จะติดต่อท่าน กรุณาเก็บเอกสารที่เกี่ยวข้องไว้",
        "Somebody will contact you; keep all papers about the matter.",
    ),
    C.SCREENING: NextStep(
        "เจ้าหน้าที่กำลังตรวจสอบว่าหน่วยงานใดรับผิดชอบ ท่านยังไม่ต้องดำเนินการใด",
        "It is being found out which office is responsible; you need not do anything yet.",
    ),
    C.IN_PROGRESS: NextStep(
        "เรื่องของท่านกำลังดำเนินการ หากมีข้อมูลใหม่กรุณาแจ้งอาสาสมัครแรงงานของท่าน",
        "Your matter is being worked on; tell your labour volunteer if anything changes.",
    ),
    C.WAITING_CITIZEN: NextStep(
        "เจ้าหน้าที่รอข้อมูลจากท่าน กรุณาติดต่ออาสาสมัครแรงงานหรือสำนักงานที่รับเรื่อง",
        "Something is needed from you: contact your labour volunteer or the office.",
    ),
    C.WAITING_AGENCY: NextStep(
        "เรื่องของท่านรอผลจากหน่วยงาน ท่านยังไม่ต้องดำเนินการใด",
        "An office is working on it and will answer; you need not do anything yet.",
    ),
    C.RESOLVED: NextStep(
        f"มีผลแล้ว กรุณาตอบที่นี่หรือแจ้งอาสาสมัครแรงงานภายใน {TO_DISPUTE.days} วันว่าท่านยอมรับผลหรือไม่",
        f"There is a result: say here or to your labour volunteer within {TO_DISPUTE.days} days whether you accept it.",
    ),
    C.CLOSED: NextStep(
        "เรื่องนี้ยุติแล้ว หากปัญหายังไม่หมดไป กรุณาติดต่ออาสาสมัครแรงงานเพื่อเปิดเรื่องใหม่",
        "The matter is closed; if the problem is still there, ask your labour volunteer to open it again.",
    ),
    C.WITHDRAWN: NextStep(
        "เรื่องนี้ถอนไปแล้ว หากต้องการความช่วยเหลือ กรุณาแจ้งเรื่องใหม่",
        "The matter was withdrawn; tell us anew if you need help.",
    ),
    C.MERGED: NextStep(
        "เรื่องนี้รวมกับอีกเรื่องหนึ่งของท่านแล้ว กรุณาขอเลขที่เรื่องและรหัสติดตามจากอาสาสมัครแรงงาน",
        "It goes on in another of your matters: ask your labour volunteer for that reference and code.",
    ),
    C.OUT_OF_SCOPE: NextStep(
        "เรื่องนี้ไม่อยู่ในอำนาจของกระทรวงแรงงาน กรุณาถามอาสาสมัครแรงงานว่าควรติดต่อที่ใด",
        "This is not a matter for the Ministry of Labour: ask your labour volunteer where to turn.",
    ),
}
