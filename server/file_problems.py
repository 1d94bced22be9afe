"""What keeps the routes of files from doing what was asked, and how it is told."""

from enum import Enum
from http import HTTPStatus

import orjson
from starlette.responses import Response

RETRY_AFTER = "60"
"""Seconds until what was busy may be asked for again."""


class Problem(Enum):
    """Status, code, and a sentence in Thai and English that says what to do next."""

    LINK_UNKNOWN = 404, "ไม่พบลิงก์นี้ กรุณาขอลิงก์ใหม่", "There is no such link; ask for a new one."
    LINK_EXPIRED = 410, "ลิงก์หมดเวลาแล้ว กรุณาขอลิงก์ใหม่", "This link has run out; ask for a new one."
    UPLOAD_OVER = 409, "ไฟล์นี้ยืนยันแล้วหรือหมดเวลา", "This upload is confirmed or given up; it takes no bytes."
    NOT_READY = 409, "ไฟล์นี้ยังดาวน์โหลดไม่ได้", "This file cannot be downloaded; look at its state."
    CONTENT_TYPE_DIFFERS = (
        415,
        "content-type ไม่ตรงกับที่แจ้งไว้",
        "Send the headers that came with the link: the content-type is another one.",
    )
    BODY_TOO_LARGE = 413, "ไฟล์ใหญ่กว่าที่แจ้งไว้", "More bytes came than were announced; nothing was kept."
    CONTENT_DIFFERS = (
        422,
        "ไฟล์ไม่ตรงกับขนาดหรือ SHA-256 ที่แจ้งไว้ กรุณาส่งใหม่",
        "Length or SHA-256 are not those announced; nothing was kept, send the file again.",
    )
    REPORTS_BUSY = (
        503,
        "ขณะนี้มีผู้ขอรายงานหลายราย กรุณาเปิดลิงก์อีกครั้งในหนึ่งนาที",
        "Other reports are being made; open the link again in a minute.",
    )
    REPORT_NOT_MADE = (
        503,
        "จัดทำรายงานไม่สำเร็จ กรุณาเปิดลิงก์อีกครั้ง",
        "The report could not be made; open the link again.",
    )
    TOO_SLOW = 408, "ส่งไฟล์นานเกินไป กรุณาส่งใหม่", "The file took too long; nothing was kept, send it again."


class ProblemError(Exception):
    """What keeps a route from doing what was asked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.name)
        self.problem = problem


def told(problem: Problem, *, thai: bool, request_id: str) -> Response:
    """Write a problem as RFC 9457 wants it."""
    status, th, en = problem.value
    about = {"status": status, "code": problem.name, "title": th if thai else en, "requestId": request_id}
    headers = {"retry-after": RETRY_AFTER} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Response(orjson.dumps(about), status, headers, media_type="application/problem+json")
