"""Empties the outbox while the app runs, in every process of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.db import session_scope
from app.core.logging import get_logger
from app.core.mail import send_mail
from app.models.base import utc_now
from app.models.mail import OutgoingMail
from app.services.auth.outbox import PURPOSES

log = get_logger("app.mail")
POLL = timedelta(seconds=1)
# Longer than any conversation with a server takes. Only a process that died leaves one to run out.
LEASE = timedelta(minutes=5)
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))


async def deliver_next() -> bool:
    """Tries the mail that has been due for longest; False when none is."""
    async with session_scope() as session:
        due = await session.exec(
            select(OutgoingMail.id).where(_is_due()).order_by(col(OutgoingMail.next_try_at)).limit(1)
        )
        mail_id = due.first()
        # Another process may have read the same one: it goes to whoever claims it.
        mail = await _claim(session, mail_id) if mail_id else None
        if mail:
            await _try(session, mail)
    return mail_id is not None


def _is_due() -> ColumnElement[bool]:
    return and_(
        col(OutgoingMail.sent_at).is_(None),
        col(OutgoingMail.failed_at).is_(None),
        col(OutgoingMail.next_try_at) <= utc_now(),
        # While a new version is rolled out, an old process leaves alone what it cannot write.
        col(OutgoingMail.purpose).in_(list(PURPOSES)),
    )


async def _claim(session: AsyncSession, mail_id: UUID) -> OutgoingMail | None:
    """Takes a mail for as long as the lease, in one statement: of several processes at once, one gets it."""
    claimed = await session.exec(
        update(OutgoingMail)
        .where(col(OutgoingMail.id) == mail_id, _is_due())
        .values(attempts=OutgoingMail.attempts + 1, next_try_at=utc_now() + LEASE)
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False)
    )
    mail = claimed.scalar_one_or_none()
    await session.commit()
    return mail


async def _try(session: AsyncSession, mail: OutgoingMail) -> None:
    """One try: writes the mail, commits the token in it, hands it over, and notes what came of it."""
    about = {"mail": str(mail.id), "purpose": mail.purpose, "attempt": mail.attempts}
    this_try = and_(col(OutgoingMail.id) == mail.id, col(OutgoingMail.attempts) == mail.attempts)
    delay = DELAYS[mail.attempts - 1] if mail.attempts <= len(DELAYS) else None
    try:
        letter = await PURPOSES[mail.purpose].write(session, mail)
        if letter is None:
            await session.exec(delete(OutgoingMail).where(this_try))
            return
        await session.commit()
        await send_mail(letter.recipient or mail.recipient, letter.subject, letter.text)
    except (IntegrityError, StaleDataError):
        # Its account went, or it was cancelled, after it was claimed: there is nobody to write to any more.
        await session.rollback()
        return
    except Exception:
        log.exception("mail_not_sent" if delay else "mail_given_up", **about)
        await session.rollback()
        outcome = {"next_try_at": utc_now() + delay} if delay else {"failed_at": utc_now()}
    else:
        log.info("mail_sent", **about)
        outcome = {"sent_at": utc_now()}
    # Not for another try that began when this one's lease had run out.
    await session.exec(
        update(OutgoingMail).where(this_try).values(outcome).execution_options(synchronize_session=False)
    )


@asynccontextmanager
async def mail_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Sends what is due while the app runs."""
    stopping = asyncio.Event()
    sender = asyncio.create_task(_send_until(stopping))
    try:
        yield
    finally:
        # Not cancelled: the mail on its way would be sent again.
        stopping.set()
        await sender


async def _send_until(stopping: asyncio.Event) -> None:
    is_down = False
    while not stopping.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), POLL.total_seconds())
        try:
            while not stopping.is_set() and await deliver_next():
                pass
            is_down = False
        except (SQLAlchemyError, OSError) as error:
            # Said once and not every second: readiness tells about the database, and the next round tries.
            if not is_down:
                log.warning("outbox_unavailable", error=type(error).__name__)
            is_down = True
