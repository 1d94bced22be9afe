"""Notices by e-mail."""

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from server.notice_messages import Message
from server.settings import Settings

SECONDS = 20.0
"""For the whole talk with the mail server."""


class EmailChannel:
    """Hands messages to one mail server, which brings them on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, address: str, message: Message) -> None:
        """Say it in a mail of plain text; machines that answer mails are asked not to."""
        mail = EmailMessage()
        sender = self._settings.smtp_from
        mail["From"], mail["To"], mail["Subject"] = f"Prasan <{sender}>", address, message.subject
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        async with asyncio.timeout(SECONDS):
            await aiosmtplib.send(
                mail,
                hostname=self._settings.smtp_host,
                port=self._settings.smtp_port,
                username=self._settings.smtp_user,
                password=self._settings.smtp_password,
                use_tls=self._settings.smtp_tls == "tls",
                start_tls=self._settings.smtp_tls == "starttls",
            )
