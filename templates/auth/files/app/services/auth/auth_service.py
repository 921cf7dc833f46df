"""
Registration, and sign-in by password: the same for HTTP and for pages.

Limits, lock-out and the audit trail sit here and not in HTTP middleware: a page's WebSocket passes none. Nor
can a page set an HttpOnly cookie: its handler checks the password here, and its browser fetches the cookies
with a ticket, which works once, for half a minute, and only together with that browser's nonce cookie.
"""

import secrets
from datetime import timedelta
from urllib.parse import unquote, urlencode

from sqlalchemy import delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import fingerprint, verify_password
from app.models.base import utc_now
from app.models.user import SignInTicket, User
from app.services.auth import events, limits
from app.services.auth.errors import InvalidCredentialsError, InvalidTicketError
from app.services.auth.holding import hold_signed_in
from app.services.auth.principal import Client, SignIn
from app.services.auth.user_service import create_user, find_user
from app.services.auth.validation import email_key, usable

TICKET_LIFETIME = timedelta(seconds=30)


async def register(
    session: AsyncSession, *, email: str, password: str, full_name: str = "", client: Client
) -> SignIn:
    """Makes an account, whose owner counts as signed in."""
    await limits.admit(session, limits.registrations(client))
    async with limits.store():
        user = await create_user(session, email=email, password=password, full_name=full_name, client=client)
    return SignIn(user.id)


async def sign_in(session: AsyncSession, *, email: str, password: str, client: Client) -> SignIn:
    """
    Checks a password; raises InvalidCredentialsError or TooManyAttemptsError.

    Once the address's limit has let an attempt through, it costs exactly one verification, whatever it finds.
    An unknown account is counted and locked like a known one.
    """
    await limits.admit(session, limits.sign_ins(client))
    async with limits.store():
        user = await find_user(session, email)
    counted = limits.failures(email_key(email) or email[:1000], client, user)
    locked_until = await limits.count(session, counted)
    # No transaction is open while the hash is computed: it would hold a connection.
    stored = user.password_hash if user and usable(password) else None
    right, upgrade = await verify_password(password if usable(password) else "", stored)
    if locked_until:
        events.record(session, "sign_in_locked", client, user.id if user else None)
        await session.commit()
        raise limits.refusal(locked_until)
    if user is None or not user.is_active or not right:
        events.record(session, "sign_in_failed", client, user.id if user else None)
        await session.commit()
        raise InvalidCredentialsError
    await limits.give_back(session, counted)
    if upgrade:
        # Unless the password was changed meanwhile.
        unchanged = col(User.id) == user.id, col(User.password_hash) == stored
        await session.exec(update(User).where(*unchanged).values(password_hash=upgrade))
    events.record(session, "signed_in", client, user.id)
    await session.commit()
    return SignIn(user.id, upgrade or stored)


async def make_ticket(session: AsyncSession, sign_in: SignIn, nonce: str) -> str:
    """A ticket for the browser that holds the nonce."""
    if not nonce:
        raise InvalidTicketError
    await hold_signed_in(session, sign_in)
    ticket, expires_at = secrets.token_urlsafe(32), utc_now() + TICKET_LIFETIME
    hashes = {"ticket_hash": fingerprint(ticket), "nonce_hash": fingerprint(nonce)}
    session.add(SignInTicket(**hashes, user_id=sign_in.user_id, expires_at=expires_at))
    await session.commit()
    return ticket


async def take_ticket(session: AsyncSession, ticket: str, nonce: str | None) -> SignIn:
    """Swaps a ticket for the sign-in it stands for; raises InvalidTicketError."""
    taken = await session.exec(
        delete(SignInTicket)
        .where(
            col(SignInTicket.ticket_hash) == fingerprint(ticket),
            col(SignInTicket.nonce_hash) == fingerprint(nonce or ""),
            col(SignInTicket.expires_at) > utc_now(),
        )
        .returning(col(SignInTicket.user_id))
        .execution_options(synchronize_session=False)
    )
    user_id = taken.scalar_one_or_none()
    await session.commit()
    if user_id is None:
        raise InvalidTicketError
    return SignIn(user_id)


def ticket_url(ticket: str, next_path: str | None) -> str:
    """Where the page sends its own tab."""
    return f"/api/v1/auth/session?{urlencode({'ticket': ticket, 'next': safe_next(next_path)})}"


def login_url(next_path: str | None) -> str:
    """Where a browser starts over whose ticket was no good."""
    return f"/login?{urlencode({'error': 'ticket', 'next': safe_next(next_path)})}"


def safe_next(value: str | None, default: str = "/app") -> str:
    """The path to go on to, if it stays on this origin however often it is decoded."""
    text = value or ""
    for _ in range(5):
        stays = text.startswith("/") and not text.startswith("//") and "\\" not in text
        if not stays or not text.isprintable() or len(text) > 2000:
            return default
        decoded = unquote(text)
        if decoded == text:
            return value or default
        text = decoded
    return default
