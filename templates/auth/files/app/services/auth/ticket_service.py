"""Tickets: how a page, which cannot set an HttpOnly cookie, gets its browser signed in.

The page's handler has checked the password; the browser then fetches its cookies with a ticket that
works once, for half a minute, and only together with the nonce cookie of the browser it was made for.
"""

import secrets
from datetime import timedelta
from urllib.parse import unquote, urlencode

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import fingerprint
from app.models.auth_session import SignInTicket
from app.models.base import utc_now
from app.models.user import User
from app.services.auth.errors import InvalidTicketError
from app.services.auth.sessions import SignIn

LIFETIME = timedelta(seconds=30)
HOME, LOGIN = "/app", "/login"


async def make_ticket(session: AsyncSession, sign_in: SignIn, nonce: str) -> str:
    """A ticket for the browser that holds the nonce."""
    if not nonce:
        raise InvalidTicketError
    ticket = secrets.token_urlsafe(32)
    session.add(
        SignInTicket(
            ticket_hash=fingerprint(ticket),
            nonce_hash=fingerprint(nonce),
            user_id=sign_in.user_id,
            expires_at=utc_now() + LIFETIME,
        )
    )
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
    user = await session.get(User, user_id) if user_id else None
    await session.commit()
    if user is None:
        raise InvalidTicketError
    return SignIn(user.id, user.email)


def ticket_url(ticket: str, next_path: str | None) -> str:
    """Where the page sends its own tab."""
    query = urlencode({"ticket": ticket, "next": safe_next(next_path)})
    return f"/api/v1/auth/session?{query}"


def login_url(next_path: str | None) -> str:
    """Where a browser starts over whose ticket was no good."""
    return f"{LOGIN}?{urlencode({'error': 'ticket', 'next': safe_next(next_path)})}"


def safe_next(value: str | None, default: str = HOME) -> str:
    """The path to go on to, if it stays on this origin however often it is decoded."""
    if not value or len(value) > 2000:
        return default
    text = value
    for _ in range(5):
        leaves = not text.startswith("/") or text.startswith("//") or "\\" in text
        if leaves or not text.isprintable():
            return default
        decoded = unquote(text)
        if decoded == text:
            return value
        text = decoded
    return default
