"""Sending one mail: over SMTP, or in development to the terminal, where its links can be clicked."""

import asyncio
import smtplib
import ssl
import sys
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid, parseaddr
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator

from app.core.config import ModuleSettings, settings

# For each step of the conversation; a server that hangs longer gets the mail again later.
TIMEOUT_SECONDS = 10

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class MailSettings(ModuleSettings):
    """How mail leaves."""

    mail_backend: Literal["console", "smtp"] = "console"
    mail_from: str = "no-reply@localhost"
    smtp_host: str = "localhost"
    smtp_port: Annotated[int, Field(gt=0, le=65535)] = 587
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["starttls", "implicit", "none"] = "starttls"

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if "@" not in parseaddr(value)[1] or not value.isprintable():
            raise ValueError("must look like no-reply@example.com")
        return value

    def production_problems(self) -> list[str]:
        problems = super().production_problems()
        if self.mail_backend == "console":
            problems.append("MAIL_BACKEND must be smtp")
        if self.mail_from == type(self).model_fields["mail_from"].default:
            problems.append("MAIL_FROM is missing")
        if self.smtp_tls == "none" and self.smtp_host not in LOOPBACK:
            problems.append("SMTP_TLS must not be none, mails and SMTP_PASSWORD would travel in clear")
        return problems


async def send_mail(recipient: str, subject: str, text: str) -> None:
    """Hands one mail over; raises when nobody took it."""
    message = compose(recipient, subject, text)
    if settings(MailSettings).mail_backend == "smtp":
        await asyncio.to_thread(_send_by_smtp, message, recipient)
    else:
        _show(recipient, str(message["Subject"]), text)


def compose(recipient: str, subject: str, text: str) -> EmailMessage:
    """
    The mail as it goes over the wire.

    Nothing here can add a header: the recipient is one address and not a list of them, the subject is one
    line, and the standard library refuses line breaks in either.
    """
    message = EmailMessage(policy=SMTP)
    sender = settings(MailSettings).mail_from
    message["From"] = sender
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = "".join(char for char in subject if char.isprintable())[:200]
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    # RFC 3834: no out-of-office note wants to answer this.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _send_by_smtp(message: EmailMessage, recipient: str) -> None:
    config = settings(MailSettings)
    with _connection(config) as server:
        if config.smtp_tls == "starttls":
            # Raises when the server does not offer it: no falling back to clear text.
            server.starttls(context=ssl.create_default_context())
        if config.smtp_username:
            server.login(config.smtp_username, config.smtp_password.get_secret_value())
        server.send_message(message, to_addrs=[recipient])


def _connection(config: MailSettings) -> smtplib.SMTP:
    where = config.smtp_host, config.smtp_port
    if config.smtp_tls == "implicit":
        return smtplib.SMTP_SSL(*where, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(*where, timeout=TIMEOUT_SECONDS)


def _show(recipient: str, subject: str, text: str) -> None:
    # Standard output is this one's alone; the log, which is kept and copied around, has no token in it.
    rule = "─" * 72
    sys.stdout.write(f"{rule}\nMail to {recipient}: {subject}\n\n{text}\n{rule}\n")
    sys.stdout.flush()
