"""Sessions: opening, listing and ending them. Refreshing is in `refresh_service`."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import settings
from app.core.security import SessionRef, access_token, fingerprint
from app.models.auth_session import AuthSession, RefreshToken
from app.models.base import utc_now
from app.models.user import User
from app.services.auth import events
from app.services.auth.client import Client
from app.services.auth.errors import InvalidCredentialsError, SessionNotFoundError
from app.services.auth.principal import Principal
from app.services.auth.settings import AuthSettings


@dataclass(frozen=True, slots=True)
class SignIn:
    """Proof that the right password was shown just now. Holds no token and opens no session."""

    user_id: UUID
    email: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh pair of tokens, on its way into cookies. Nothing else keeps them."""

    access_token: str
    access_expires_at: datetime
    refresh_token: str
    session_expires_at: datetime
    device_cookie: str


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session as its owner sees it."""

    id: UUID
    user_agent: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


def alive() -> ColumnElement[bool]:
    """The one definition of a session that still counts."""
    now = utc_now()
    return and_(
        col(AuthSession.ended_at).is_(None),
        col(AuthSession.expires_at) > now,
        col(AuthSession.created_at) > now - settings(AuthSettings).absolute_limit,
    )


async def open_session(
    session: AsyncSession, sign_in: SignIn, client: Client, replaces: UUID | None = None
) -> Issued:
    """Begins a session; the one the browser held until now ends with it."""
    user = await session.get(User, sign_in.user_id, populate_existing=True)
    if user is None or not user.is_active:
        raise InvalidCredentialsError
    if replaces:
        await end_where(session, col(AuthSession.id) == replaces)
    row = AuthSession(
        user_id=user.id,
        user_agent=client.label,
        address=client.address[:64],
        expires_at=utc_now() + settings(AuthSettings).idle_limit,
    )
    token = secrets.token_urlsafe(32)
    session.add(row)
    await session.flush()
    session.add(RefreshToken(token_hash=fingerprint(token), session_id=row.id))
    await session.commit()
    return issue(user.id, row.id, token, row.expires_at, client)


def issue(user_id: UUID, sid: UUID, refresh_token: str, expires_at: datetime, client: Client) -> Issued:
    """The pair of tokens for a session that was just opened or refreshed."""
    access, access_expires_at = access_token(user_id, sid)
    device = client.device_cookie(user_id)
    return Issued(access, access_expires_at, refresh_token, expires_at, device)


async def end_where(session: AsyncSession, which: ColumnElement[bool]) -> list[UUID]:
    """Ends the sessions and with them their tokens; says which were alive until now."""
    ended = await session.exec(
        update(AuthSession)
        .where(which, alive())
        .values(ended_at=utc_now())
        .returning(col(AuthSession.id))
        .execution_options(synchronize_session=False)
    )
    return list(ended.scalars())


async def list_sessions(session: AsyncSession, principal: Principal) -> list[SessionInfo]:
    """All living sessions of one person, the latest first."""
    rows = await session.exec(
        select(AuthSession)
        .where(AuthSession.user_id == principal.user_id, alive())
        .order_by(col(AuthSession.last_seen_at).desc())
    )
    return [
        SessionInfo(
            id=row.id,
            user_agent=row.user_agent,
            address=row.address,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            current=row.id == principal.sid,
        )
        for row in rows
    ]


async def end_session(session: AsyncSession, principal: Principal, sid: UUID, client: Client) -> None:
    """Ends one of a person's sessions; another than their own only after a recent sign-in."""
    if sid != principal.sid:
        principal.require_recent()
    mine = and_(col(AuthSession.id) == sid, col(AuthSession.user_id) == principal.user_id)
    if not await end_where(session, mine):
        raise SessionNotFoundError
    events.record(session, "session_ended", client, user_id=principal.user_id, session_id=sid)
    await session.commit()


async def end_all_sessions(session: AsyncSession, user_id: UUID, client: Client) -> int:
    """Ends all sessions of a person; says how many there were."""
    ended = await end_where(session, col(AuthSession.user_id) == user_id)
    for sid in ended:
        events.record(session, "session_ended", client, user_id=user_id, session_id=sid)
    await session.commit()
    return len(ended)


async def sign_out(session: AsyncSession, held: Principal | SessionRef, client: Client) -> None:
    """Ends one session at its owner's wish."""
    if await end_where(session, col(AuthSession.id) == held.sid):
        events.record(session, "signed_out", client, user_id=held.user_id, session_id=held.sid)
    await session.commit()
