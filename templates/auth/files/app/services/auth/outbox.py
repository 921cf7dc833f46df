"""
The outbox: what is to be mailed, and what each mail says.

A mail is queued in the transaction of its cause, as a purpose, a recipient and the id of what it is about.
What it says is written when it is sent, and so is its token: each try has a new one, which ends the one of
the try before, and none ever waits in the database. `mail_sender` does the sending.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import AppSettings, settings
from app.models.mail import OutgoingMail


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in plain text."""

    subject: str
    text: str
    # Where it goes when that was not known yet when the mail was queued.
    recipient: str | None = None


# Writes the letter of a mail in the sender's transaction; None when there is nothing to say any more.
Write = Callable[[AsyncSession, OutgoingMail], Awaitable[Letter | None]]


@dataclass(frozen=True, slots=True)
class Purpose:
    """A kind of mail."""

    name: str
    write: Write


PURPOSES: dict[str, Purpose] = {}


def purpose(name: str) -> Callable[[Write], Purpose]:
    """Makes a function the one that writes all mails of this name."""

    def register(write: Write) -> Purpose:
        PURPOSES[name] = Purpose(name, write)
        return PURPOSES[name]

    return register


def enqueue(session: AsyncSession, purpose: Purpose, recipient: str, about_id: UUID | None = None) -> None:
    """Adds a mail to the caller's transaction, who commits it. The recipient is a checked address."""
    session.add(OutgoingMail(purpose=purpose.name, recipient=recipient, about_id=about_id))


async def cancel(session: AsyncSession, about_id: UUID, *purposes: Purpose) -> None:
    """Forgets mails about something, sent or not, and with them the tokens they carried."""
    mails = col(OutgoingMail.about_id) == about_id
    if purposes:
        mails = mails & col(OutgoingMail.purpose).in_([each.name for each in purposes])
    await session.exec(delete(OutgoingMail).where(mails).execution_options(synchronize_session=False))


def link(path: str, token: str) -> str:
    """A link for a mail. The Host header of a request has no part in it: a stranger could choose it."""
    config = settings(AppSettings)
    origin = config.public_url or f"http://localhost:{config.port}"
    return f"{origin}{path}?{urlencode({'token': token})}"
