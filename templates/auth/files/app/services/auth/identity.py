"""Who is asking: the one place that believes a token."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import SessionRef, read_access_token
from app.models.auth_session import AuthSession
from app.models.user import User
from app.services.auth import cookies as cookie_jar
from app.services.auth.errors import InvalidTokenError
from app.services.auth.principal import Principal
from app.services.auth.refresh_service import family_of
from app.services.auth.sessions import alive


async def verify_token(session: AsyncSession, token: str) -> Principal:
    """The person an access token stands for; raises InvalidTokenError.

    Every way in goes through here, for HTTP and pages alike. The session row is asked each time,
    so signing out and switching an account off take effect at once.
    """
    claims = read_access_token(token)
    principal = await principal_of(session, claims.sid) if claims else None
    if not claims or not principal or principal.user_id != claims.user_id:
        raise InvalidTokenError
    return principal


async def identify(session: AsyncSession, cookies: Mapping[str, str]) -> Principal | None:
    """The person the session cookie of a page load or handshake stands for."""
    token = cookie_jar.read(cookies, "session")
    try:
        return await verify_token(session, token) if token else None
    except InvalidTokenError:
        return None


async def principal_of(session: AsyncSession, sid: UUID) -> Principal | None:
    """The person of a session that a token has proven before, while it is alive."""
    found = await session.exec(
        select(User.id, User.email, User.full_name, AuthSession.created_at)
        .join(AuthSession, col(AuthSession.user_id) == col(User.id))
        .where(AuthSession.id == sid, alive(), col(User.is_active).is_(True))
    )
    row = found.first()
    if row is None:
        return None
    user_id, email, full_name, created_at = row
    return Principal(user_id, sid, email, full_name, created_at)


async def held_session(session: AsyncSession, cookies: Mapping[str, str]) -> SessionRef | None:
    """The session a browser's cookies belong to; for ending it, one cookie of the two is enough."""
    refresh = cookie_jar.read(cookies, "refresh")
    if refresh and (held := await family_of(session, refresh)):
        return held
    token = cookie_jar.read(cookies, "session")
    return read_access_token(token) if token else None
