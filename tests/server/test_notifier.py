"""Notices by e-mail, through a real SMTP server: who is told what, once, and what is tried again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_network
from random import Random
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope

from casework.actions.accept_referral import accept_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.set_notice_address import set_notice_address
from casework.outgoing import forget_old_notices
from models.vocabulary import ReferralState
from models.webhook_words import NoticeChannel
from server.channels import channels_of
from server.courier import Courier
from server.database import DatabaseUrls
from server.endpoints import Endpoints
from server.notice_messages import Message
from server.notifier import LEASE, Notifier
from server.settings import Settings
from tests.casework import situations
from tests.schema.following import stamped
from tests.schema.scenes_of_webhooks import registered
from tests.server.receiver import HOST, receiving
from tests.world import COORDINATOR, DLPW, VOLUNTEER, World

DAY = timedelta(days=1)
HEAD = "head DLPW-43"
STATES = "SELECT state, attempts FROM outgoing_notice ORDER BY id"
PLACE = "https://prasan.example.go.th"
"""Where the service is, as people are told."""


class MailServer:
    """Takes mail, or answers that it does not."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[EmailMessage] = []
        self.taken_for: list[str] = []
        self.answer = "250 Taken"

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
            self.taken_for += envelope.rcpt_tos
        return self.answer


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    kept = MailServer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(kept, hostname="mail.test"), HOST, 0)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
        await server.wait_closed()


def notifier_of(world: World, mail: MailServer, **more: Any) -> Notifier:
    settings = Settings(
        smtp_host=HOST, smtp_port=mail.port, smtp_tls="none", smtp_from="prasan@example.go.th", public_url=PLACE, **more
    )
    chance = Random(20261129)  # noqa: S311 - how long to wait is no secret
    return Notifier(world.services(), world.worker, channels_of(settings), public_url=PLACE, chance=chance)


async def address(world: World, *handles: str) -> None:
    for handle in handles:
        await world.act(handle, set_notice_address, email=f"{handle.replace(' ', '.').lower()}@example.go.th")


async def unanswered(world: World, **sending: Any) -> situations.Sent:
    """Let an office leave a referral unanswered until it is told."""
    sent = await situations.referral_in(world, ReferralState.SENT, **sending)
    world.now += 7 * DAY
    await world.tend()
    return sent


async def test_a_notice_goes_to_who_fills_the_post_and_names_nobody(world: World) -> None:
    async with mail_server() as mail:
        await address(world, DLPW, COORDINATOR)
        sent = await unanswered(world)
        assert await notifier_of(world, mail).look() == 1
        (message,) = mail.mails
        reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=sent.case_id)
        assert mail.taken_for == ["officer.dlpw-43@example.go.th"]
        assert message["Subject"] == f"{reference}: การส่งต่อยังไม่มีผู้ตอบ"
        assert (message["From"], message["Auto-Submitted"]) == ("Prasan <prasan@example.go.th>", "auto-generated")
        said = message.get_content()
        for words in (reference, "A referral was not answered in time.", PLACE):
            assert words in said
        for name in ("สมหญิง", "ใจดี"):
            assert name not in said
        assert await world.rows(STATES) == [("DELIVERED", 1)]
        assert await notifier_of(world, mail).look() == 0


async def test_what_the_mail_server_does_not_take_is_tried_again_and_given_up_when_it_is_no_news(world: World) -> None:
    async with mail_server() as mail:
        await address(world, DLPW)
        await unanswered(world)
        mail.answer = "451 Later"
        notifier = notifier_of(world, mail)
        assert (await notifier.look(), await notifier.look()) == (0, 0)
        assert await world.rows(STATES) == [("PENDING", 1)]
        first_id = await world.value("SELECT id FROM outgoing_notice")
        mail.answer = "250 Taken"
        world.now += timedelta(seconds=6)
        assert await notifier.look() == 1
        assert mail.mails[0]["Message-ID"] == f"<notice-{first_id}@example.go.th>"
        await address(world, HEAD)
        await unanswered(world)
        mail.answer = "451 Later"
        world.now += 3 * DAY
        assert await notifier.look() == 0
        assert "FAILED" in {row.state for row in await world.rows(STATES)}


async def test_a_mail_server_that_is_away_loses_nothing(world: World) -> None:
    async with mail_server() as mail:
        await address(world, DLPW)
        await unanswered(world)
        gone = mail
    assert await notifier_of(world, gone).look() == 0
    assert await world.rows(STATES) == [("PENDING", 1)]


async def test_who_died_between_sending_and_noting_leaves_it_to_another_after_a_while(world: World) -> None:
    class Dying:
        async def send(self, _address: str, message: Message) -> None:
            sent.append(message.id)
            raise asyncio.CancelledError

    sent: list[str] = []
    await address(world, DLPW)
    await unanswered(world)
    dying = Notifier(world.services(), world.worker, {NoticeChannel.EMAIL: Dying()}, public_url="")
    with pytest.raises(asyncio.CancelledError):
        await dying.look()
    async with mail_server() as mail:
        notifier = notifier_of(world, mail)
        assert await notifier.look() == 0
        world.now += LEASE
        assert await notifier.look() == 1
        assert mail.mails[0]["Message-ID"] == f"<{sent[0]}@example.go.th>"


async def test_what_is_no_longer_the_matter_or_no_longer_for_that_person_is_withheld(world: World) -> None:
    async with mail_server() as mail:
        await address(world, DLPW, VOLUNTEER)
        answered = await unanswered(world)
        await world.on_referral(DLPW, receive_referral, answered.referral_id)
        await world.on_referral(DLPW, accept_referral, answered.referral_id)
        await world.tend()
        assert await notifier_of(world, mail).look() == 0
        assert await world.rows(STATES) == [("WITHHELD", 1)]
        await unanswered(world)
        await world.act(DLPW, set_notice_address, email=None)
        assert await notifier_of(world, mail).look() == 0
        assert {row.state for row in await world.rows(STATES)} == {"WITHHELD"}
        assert mail.mails == []


async def test_a_sensitive_case_is_told_to_those_of_the_office_who_see_it(world: World) -> None:
    async with mail_server() as mail:
        await address(world, DLPW, HEAD)
        await unanswered(world, problem="CHILD_LABOUR")
        assert await notifier_of(world, mail).look() == 1
        assert mail.taken_for == ["head.dlpw-43@example.go.th"]


async def test_without_a_mail_server_nothing_is_sent_and_little_is_kept(world: World) -> None:
    await address(world, DLPW)
    await unanswered(world)
    silent = Notifier(world.services(), world.worker, channels_of(Settings()), public_url="")
    assert await silent.look() == 0
    world.now += 3 * DAY
    assert await silent.look() == 0
    assert await world.rows(STATES) == [("FAILED", 2)]
    assert await forget_old_notices(world.worker, now=world.now + 31 * DAY) == 1


async def test_who_leads_the_office_is_told_that_a_webhook_was_disabled(world: World, urls: DatabaseUrls) -> None:
    async with mail_server() as mail, receiving("410 Gone") as receiver:
        await address(world, HEAD, DLPW)
        await registered(world, by=HEAD, url=receiver.url)
        await situations.referral_in(world, ReferralState.SENT)
        await stamped(urls)
        courier = Courier(world.services(), world.worker, Endpoints([ip_network("127.0.0.0/8")]))
        await courier.look()
        await courier.settled()
        assert await notifier_of(world, mail).look() == 1
        assert mail.taken_for == ["head.dlpw-43@example.go.th"]
        assert receiver.url in mail.mails[0].get_content()


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_mail_server_that_does_not_encrypt_is_told_nothing_unless_that_is_meant(world: World, tls: str) -> None:
    async with mail_server() as mail:
        await address(world, DLPW)
        await unanswered(world)
        settings = Settings(smtp_host=HOST, smtp_port=mail.port, smtp_tls=tls)
        notifier = Notifier(world.services(), world.worker, channels_of(settings), public_url="")
        assert (await notifier.look(), mail.mails) == (0, [])
        assert await world.rows(STATES) == [("PENDING", 1)]
