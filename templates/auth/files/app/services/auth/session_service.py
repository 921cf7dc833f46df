"""Sessions: opening, proving, listing and ending them. Refreshing is in `refresh_service`."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import settings
from app.core.security import SessionRef, access_token, fingerprint, read_access_token
from app.models.base import UtcDateTime, utc_now
from app.models.user import AuthSession, RefreshToken, SignInTicket, User
from app.services.auth import cookies as cookie_jar
from app.services.auth import events, letters, outbox
from app.services.auth.api_key_service import is_api_key, principal_of_key
from app.services.auth.errors import InvalidTokenError, SessionNotFoundError
from app.services.auth.holding import hold_signed_in
from app.services.auth.principal import Client, Principal, SignIn
from app.services.auth.settings import AuthSettings


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
    """The one definition of a session that still counts. The time is read whenever the statement runs."""
    return and_(
        col(AuthSession.ended_at).is_(None),
        col(AuthSession.expires_at) > bindparam(None, callable_=lambda: utc_now(), type_=UtcDateTime()),
        col(AuthSession.created_at) > bindparam(None, callable_=_oldest, type_=UtcDateTime()),
    )


def _oldest() -> datetime:
    return utc_now() - settings(AuthSettings).absolute_limit


# Asked with every request, so it is put together once.
_holder_of = (
    select(User, AuthSession)
    .join(AuthSession, col(AuthSession.user_id) == col(User.id))
    .where(AuthSession.id == bindparam("sid"), alive(), col(User.is_active).is_(True))
)


async def open_session(
    session: AsyncSession, sign_in: SignIn, client: Client, replaces: SessionRef | None
) -> cookie_jar.Issued:
    """Begins a session; the one the browser held until now ends with it."""
    user = await hold_signed_in(session, sign_in)
    if replaces:
        await end_where(session, col(AuthSession.id) == replaces.sid)
    row = AuthSession(user_id=user.id, expires_at=utc_now() + settings(AuthSettings).idle_limit)
    row.user_agent, row.address, row.is_fresh = client.label, client.address[:64], sign_in.is_fresh
    session.add(row)
    await session.flush()
    token = secrets.token_urlsafe(32)
    session.add(RefreshToken(token_hash=fingerprint(token), session_id=row.id))
    await session.commit()
    return issue(SessionRef(user.id, row.id), token, row.expires_at, client)


def issue(ref: SessionRef, refresh_token: str, expires_at: datetime, client: Client) -> cookie_jar.Issued:
    """The pair of tokens for a session that was just opened or refreshed."""
    access, access_expires_at = access_token(ref)
    device, person = client.device_cookie(ref.user_id), fingerprint(str(ref.user_id))[:16]
    return cookie_jar.Issued(access, access_expires_at, refresh_token, expires_at, device, person)


async def verify_token(session: AsyncSession, token: str) -> Principal:
    """
    The person an access token or an API key stands for; raises InvalidTokenError.

    Every way in goes through here, for HTTP and pages alike. The row of the session or the key is asked each
    time, so signing out, revoking and switching an account off take effect at once.
    """
    if is_api_key(token):
        principal = await principal_of_key(session, token)
    else:
        ref = read_access_token(token)
        principal = await principal_of(session, ref.sid) if ref else None
        principal = principal if ref and principal and principal.user_id == ref.user_id else None
    if principal is None:
        raise InvalidTokenError
    return principal


async def identify(session: AsyncSession, cookies: Mapping[str, str]) -> Principal | None:
    """The person the session cookie of a page load or handshake stands for. An API key is no cookie."""
    token = cookie_jar.read(cookies, "session") or ""
    with suppress(InvalidTokenError):
        return None if is_api_key(token) else await verify_token(session, token)
    return None


async def principal_of(session: AsyncSession, sid: UUID) -> Principal | None:
    """The person of a session that a token has proven before, while it is alive."""
    found = await session.exec(_holder_of, params={"sid": sid})
    if (row := found.first()) is None:
        return None
    user, its = row
    who = user.email, user.full_name, user.email_verified_at, user.created_at
    return Principal(user.id, sid, *who, its.created_at if its.is_fresh else None)


async def held_session(session: AsyncSession, cookies: Mapping[str, str]) -> SessionRef | None:
    """The session a browser's cookies belong to; for ending it, one cookie of the two is enough."""
    found = await session.exec(
        select(AuthSession.user_id, AuthSession.id)
        .join(RefreshToken, col(RefreshToken.session_id) == col(AuthSession.id))
        .where(RefreshToken.token_hash == fingerprint(cookie_jar.read(cookies, "refresh") or ""))
    )
    row = found.first()
    return SessionRef(*row) if row else read_access_token(cookie_jar.read(cookies, "session") or "")


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
    principal.require_session()
    rows = await session.exec(
        select(AuthSession)
        .where(AuthSession.user_id == principal.user_id, alive())
        .order_by(col(AuthSession.last_seen_at).desc())
    )
    hidden = {"user_id", "ended_at", "is_fresh"}
    return [SessionInfo(**row.model_dump(exclude=hidden), current=row.id == principal.sid) for row in rows]


async def end_session(session: AsyncSession, principal: Principal, sid: UUID, client: Client) -> None:
    """Ends one of a person's sessions; another than their own only after a recent sign-in."""
    principal.require_session()
    if sid != principal.sid:
        principal.require_recent()
    mine = and_(col(AuthSession.id) == sid, col(AuthSession.user_id) == principal.user_id)
    if not await end_where(session, mine):
        raise SessionNotFoundError
    events.record(session, "session_ended", client, principal.user_id, sid)
    await session.commit()


async def end_all_sessions(session: AsyncSession, user_id: UUID, client: Client) -> int:
    """Ends all sessions of a person, and sign-ins that are halfway; says how many sessions there were."""
    ended = await end_where(session, col(AuthSession.user_id) == user_id)
    await session.exec(delete(SignInTicket).where(col(SignInTicket.user_id) == user_id))
    # Whoever was in may have asked for another address.
    await outbox.cancel(session, user_id, letters.change_email)
    for sid in ended:
        events.record(session, "session_ended", client, user_id, sid)
    await session.commit()
    return len(ended)


async def sign_out(session: AsyncSession, ref: SessionRef, client: Client) -> None:
    """Ends one session at its owner's wish."""
    if await end_where(session, col(AuthSession.id) == ref.sid):
        events.record(session, "signed_out", client, ref.user_id, ref.sid)
    await session.commit()
