"""How people are reached outside the service: what every channel is given, and which there are.

Another channel is one file with a class like server/email_channel.py, its word in models/webhook_words.py with the
check of its column, and a line in `channels_of`; see docs/how-to/notices.md.
"""

from collections.abc import Mapping
from typing import Protocol

from models.webhook_words import NoticeChannel
from server.email_channel import EmailChannel
from server.notice_messages import Message
from server.settings import Settings


class Channel(Protocol):
    """One way to reach people. Whatever it raises, the message is tried again later."""

    async def send(self, address: str, message: Message) -> None: ...


def channels_of(settings: Settings) -> Mapping[NoticeChannel, Channel]:
    """Give the channels that this installation has been told how to use."""
    return {} if settings.smtp_host is None else {NoticeChannel.EMAIL: EmailChannel(settings)}
