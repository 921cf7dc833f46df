"""The outbox: every mail once, a fresh token each time it is tried, and nothing of a stranger's in it."""

import asyncio
import smtplib
from email.message import EmailMessage
from typing import Any, Self
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from sqlmodel import delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import ConfigError, check_settings, settings
from app.core.db import session_scope
from app.core.mail import MailSettings, compose, send_mail
from app.models.mail import OneTimeToken, OutgoingMail
from app.services.auth import letters, mail_sender, outbox
from app.services.auth.account_service import remove
from app.services.auth.events import COMMAND_LINE
from app.services.auth.user_service import the_user
from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, Browser, Travel, register
from tests.plugins.mail import Mailbox

RESET = f"{API}/password-reset"


async def _outbox(session: AsyncSession) -> list[OutgoingMail]:
    session.expire_all()
    return list((await session.exec(select(OutgoingMail))).all())


async def test_a_mail_is_written_when_it_is_sent(
    client: Browser, mailbox: Mailbox, session: AsyncSession
) -> None:
    await register(client)
    (waiting,) = await _outbox(session)
    assert (waiting.purpose, waiting.recipient, waiting.attempts) == ("verify_email", EMAIL, 0)
    assert (await session.exec(select(OneTimeToken))).all() == []

    (sent,) = await mailbox.delivered()
    assert sent.to == EMAIL
    (token,) = (await session.exec(select(OneTimeToken))).all()
    assert sent.token not in repr(token)
    assert await mailbox.delivered() == []


async def test_a_second_try_ends_the_token_of_the_first(
    client: Browser, mailbox: Mailbox, travel: Travel
) -> None:
    await register(client)
    mailbox.errors = [OSError("try again later")]
    (first,) = await mailbox.delivered()
    assert await mailbox.delivered() == []
    travel(mail_sender.DELAYS[0])
    (second,) = await mailbox.delivered()
    for token, status in [(first.token, 400), (second.token, 200), (second.token, 400)]:
        answer = await client.post(f"{API}/verify-email/confirm", json={"token": token})
        assert answer.status_code == status


async def test_a_mail_nobody_takes_is_given_up(
    client: Browser,
    mailbox: Mailbox,
    session: AsyncSession,
    travel: Travel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await register(client)
    tries = len(mail_sender.DELAYS) + 1
    mailbox.errors = [OSError("no such mailbox")] * 99
    waited = mail_sender.DELAYS[0] * 0
    for delay in (*mail_sender.DELAYS, *mail_sender.DELAYS):
        await mailbox.delivered()
        waited += delay
        travel(waited)
    (row,) = await _outbox(session)
    assert row.failed_at
    assert (row.attempts, row.sent_at) == (tries, None)
    assert "mail_given_up" in caplog.text


async def test_several_senders_send_it_once(client: Browser, mailbox: Mailbox) -> None:
    await register(client)
    await asyncio.gather(*(mail_sender.deliver_next() for _ in range(8)))
    assert len(await mailbox.delivered()) == 1


async def test_a_purpose_of_a_newer_version_is_left_alone(session: AsyncSession, mailbox: Mailbox) -> None:
    session.add(OutgoingMail(purpose="of_tomorrow", recipient=EMAIL))
    await session.commit()
    assert await mailbox.delivered() == []
    assert len(await _outbox(session)) == 1


async def test_what_has_become_pointless_is_not_sent(
    client: Browser, mailbox: Mailbox, session: AsyncSession
) -> None:
    await client.post(f"{RESET}/request", json={"email": "nobody@example.com"})
    outbox.enqueue(session, letters.change_email, EMAIL, uuid4())
    await session.commit()
    assert await mailbox.delivered() == []
    assert await _outbox(session) == []


@pytest.mark.parametrize("goes", ["account", "mail"])
@pytest.mark.parametrize("purpose", [letters.reset_password, letters.change_email, letters.password_changed])
async def test_a_mail_that_is_cancelled_while_it_is_claimed(
    client: Browser,
    mailbox: Mailbox,
    session: AsyncSession,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    purpose: outbox.Purpose,
    goes: str,
) -> None:
    await register(client)
    await mailbox.delivered()
    user = await the_user(session, EMAIL)
    outbox.enqueue(session, purpose, EMAIL, user.id)
    await session.commit()

    async def write(sending: AsyncSession, mail: OutgoingMail) -> outbox.Letter | None:
        # At the worst moment: the mail is claimed, and its token is not made yet.
        async with session_scope() as other:
            if goes == "account":
                await remove(other, user.id, COMMAND_LINE)
            else:
                await other.exec(delete(OutgoingMail))
        return await purpose.write(sending, mail)

    monkeypatch.setitem(outbox.PURPOSES, purpose.name, outbox.Purpose(purpose.name, write))
    sent = await mailbox.delivered()
    # One without a token is written by now, and is true.
    assert len(sent) == (purpose is letters.password_changed)
    assert await _outbox(session) == []
    assert (await session.exec(select(OneTimeToken))).all() == []
    assert "mail_not_sent" not in caplog.text


async def test_the_app_sends_by_itself(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox, session: AsyncSession
) -> None:
    broken = [OperationalError("", None, Exception())]

    async def deliver() -> bool:
        if broken:
            raise broken.pop()
        return await _deliver()

    _deliver = mail_sender.deliver_next
    monkeypatch.setattr(mail_sender, "POLL", mail_sender.POLL / 3_600_000)
    monkeypatch.setattr(mail_sender, "deliver_next", deliver)
    outbox.enqueue(session, letters.password_changed, EMAIL)
    await session.commit()
    async with mail_sender.mail_lifespan(app):
        await mailbox.filled.wait()
    assert not broken


async def test_links_never_follow_the_host_header(
    client: Browser, mailbox: Mailbox, configure: Configure
) -> None:
    for public_url, origin in [("", "http://localhost:8000"), ("https://app.example.com",) * 2]:
        configure(public_url=public_url)
        evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
        await client.post(
            f"{API}/register", json={"email": f"a{len(origin)}@b.example", "password": "s" * 9}, headers=evil
        )
        (sent,) = await mailbox.delivered()
        assert f"\n{origin}/verify-email?token=" in sent.text
        assert "evil" not in sent.text


def test_nothing_adds_a_header(configure: Configure) -> None:
    configure(mail_from="App <no-reply@example.com>")
    message = compose(EMAIL, "Hello\r\nBcc: eve@example.com\n\nText", "Text — with a dash\n")
    assert message["Subject"] == "HelloBcc: eve@example.comText"
    assert (message["Bcc"], message["From"]) == (None, "App <no-reply@example.com>")
    for recipient in (f"{EMAIL}, eve@example.com", f"{EMAIL}\nBcc: eve@example.com"):
        with pytest.raises(ValueError, match=r".+"):
            compose(recipient, "Hello", "")


async def test_the_console_shows_the_mail_outside_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    await send_mail(EMAIL, "Hello", "http://localhost:8000/x?token=1")
    shown = capsys.readouterr()
    assert f"Mail to {EMAIL}: Hello" in shown.out
    assert "token" not in shown.err


class Server:
    """A mail server that notes what is asked of it."""

    def __init__(self, host: str, port: int, **_more: Any) -> None:
        self.said: list[object] = [(host, port)]
        SERVERS.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.said.append("bye")

    def starttls(self, **_more: Any) -> None:
        self.said.append("starttls")

    def login(self, name: str, password: str) -> None:
        self.said.append((name, password))

    def send_message(self, message: EmailMessage, to_addrs: list[str]) -> None:
        self.said.append((str(message["Subject"]), to_addrs))


SERVERS: list[Server] = []


@pytest.mark.parametrize(("tls", "how"), [("starttls", ["starttls"]), ("implicit", []), ("none", [])])
async def test_mail_goes_out_by_smtp(
    tls: str, how: list[str], configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtplib, "SMTP_SSL" if tls == "implicit" else "SMTP", Server)
    configure(mail_backend="smtp", smtp_host="mail.example", smtp_port=25, smtp_tls=tls)
    configure(smtp_username="me", smtp_password="secret")
    await send_mail(EMAIL, "Hello", "Text")
    assert SERVERS[-1].said == [("mail.example", 25), *how, ("me", "secret"), ("Hello", [EMAIL]), "bye"]


def test_production_wants_a_mail_server(configure: Configure) -> None:
    assert len(settings(MailSettings).production_problems()) == 2
    configure(mail_backend="smtp", mail_from="me@example.com", smtp_tls="none", smtp_host="mail.example")
    assert "SMTP_TLS" in settings(MailSettings).production_problems()[0]
    configure(mail_from="nobody")
    with pytest.raises(ConfigError, match="MAIL_FROM"):
        check_settings([MailSettings])
