"""What people are told of notices outside the service, in Thai and English, without a word about a person."""

from typing import Any, NamedTuple

from casework.rules.calendar import thai_instant
from resolvers.notice_news import CaseNotice, NoticeNews, WebhookNotice


class Message(NamedTuple):
    """What to tell somebody, in words without a person: `id` stays the same when it is sent again."""

    id: str
    subject: str
    text: str


def written(outgoing: Any, news: NoticeNews, public_url: str) -> Message:
    """Write the message: what it is about, why it is told, since when, and where to look."""
    subject, lines = _of_case(news) if isinstance(news, CaseNotice) else _of_webhook(news)
    return Message(f"notice-{outgoing.id}", subject, "\n".join([*lines, "", _where(public_url)]) + "\n")


def _of_case(news: CaseNotice) -> tuple[str, list[str]]:
    thai = [f"เรื่อง {news.reference}", news.reason.th, f"ตั้งแต่ {thai_instant(news.since)}"]
    return f"{news.reference}: {news.reason.th}", [*thai, "", f"Case {news.reference}: {news.reason.description}"]


def _of_webhook(news: WebhookNotice) -> tuple[str, list[str]]:
    thai = "ระบบปิดปลายทางรับข่าวของหน่วยงานแล้ว เพราะส่งไม่สำเร็จหลายวัน"
    english = "A webhook of your office failed for days, or answered 410: mend the receiver and activate it again."
    return thai, [thai, news.url, "", english]


def _where(public_url: str) -> str:
    place = f" {public_url}" if public_url else ""
    return f"ดูรายละเอียดในระบบประสาน{place} · See the details in Prasan{place}"
