"""A mailbox: nothing is sent by itself, and what a test has delivered can be read."""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.services.auth import mail_sender


@dataclass(frozen=True)
class Sent:
    """A mail as its recipient has it."""

    to: str
    subject: str
    text: str

    @property
    def token(self) -> str:
        """The token of the link in it."""
        found = re.search(r"\?token=(\S+)", self.text)
        assert found, self.text
        return found.group(1)


class Mailbox:
    """Takes what is sent; refuses the next mails with what stands in `errors`."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.errors: list[Exception] = []
        self.filled = asyncio.Event()

    async def take(self, recipient: str, subject: str, text: str) -> None:
        """Stands in for the mail server."""
        self.sent.append(Sent(recipient, subject, text))
        self.filled.set()
        if self.errors:
            raise self.errors.pop()

    async def delivered(self) -> list[Sent]:
        """Delivers all that is due now; tells what was tried since the last time."""
        while await mail_sender.deliver_next():
            pass
        sent, self.sent = self.sent, []
        return sent


@pytest.fixture(autouse=True)
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """The mailbox of everybody."""
    box = Mailbox()
    monkeypatch.setattr(mail_sender, "POLL", timedelta(hours=1))
    monkeypatch.setattr(mail_sender, "send_mail", box.take)
    return box
