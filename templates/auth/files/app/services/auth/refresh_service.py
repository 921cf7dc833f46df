"""
Rotation of refresh tokens.

A token is good once. Its successor is derived from it, so that a browser whose tabs woke up at once, or whose
answer was lost, is handed the same successor again for some seconds, and no plain token is stored for that.
Shown later, or after its successor was used, a token is in two hands: the family ends.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import settings
from app.core.security import SessionRef, derived_keys, fingerprint
from app.models.base import utc_now
from app.models.user import AuthSession, RefreshToken, User
from app.services.auth import events, letters, outbox
from app.services.auth.cookies import Issued
from app.services.auth.errors import InvalidTokenError
from app.services.auth.principal import Client
from app.services.auth.session_service import alive, end_where, issue
from app.services.auth.settings import AuthSettings


async def rotate(session: AsyncSession, token: str, client: Client) -> Issued:
    """Takes a refresh token and hands out the next pair; raises InvalidTokenError."""
    successor = _successors(token)[0]
    # The whole race is decided by this one statement: of many at once, one finds the token unused.
    used = await session.exec(
        update(RefreshToken)
        .where(col(RefreshToken.token_hash) == fingerprint(token), col(RefreshToken.rotated_at).is_(None))
        .values(rotated_at=utc_now())
        .returning(col(RefreshToken.session_id))
        .execution_options(synchronize_session=False)
    )
    sid = used.scalar_one_or_none()
    if sid is not None:
        session.add(RefreshToken(token_hash=fingerprint(successor), session_id=sid))
    else:
        sid, successor = await _shown_again(session, token, client)
    issued = await _prolong(session, sid, successor, client)
    await session.commit()
    return issued


async def _shown_again(session: AsyncSession, token: str, client: Client) -> tuple[UUID, str]:
    """Tells a second tab from a thief: the second tab gets its session and the same successor."""
    earlier = await session.get(RefreshToken, fingerprint(token))
    if earlier is None or earlier.rotated_at is None:
        raise InvalidTokenError
    window = timedelta(seconds=settings(AuthSettings).refresh_reuse_window_seconds)
    if window and utc_now() - earlier.rotated_at < window:
        # Under the previous secret too: else whoever refreshes while it is exchanged would look like a thief.
        for successor in _successors(token):
            following = await session.get(RefreshToken, fingerprint(successor))
            if following and following.rotated_at is None:
                return earlier.session_id, successor
    family = await session.get_one(AuthSession, earlier.session_id)
    if await end_where(session, col(AuthSession.id) == family.id):
        events.record(session, "refresh_reused", client, family.user_id, family.id)
        owner = await session.get_one(User, family.user_id)
        outbox.enqueue(session, letters.session_stolen, owner.email, owner.id)
        await session.commit()
    raise InvalidTokenError


async def _prolong(session: AsyncSession, sid: UUID, successor: str, client: Client) -> Issued:
    """Moves the end of a living session on, never past the absolute limit."""
    found = await session.exec(
        select(User.id, AuthSession.created_at)
        .join(AuthSession, col(AuthSession.user_id) == col(User.id))
        .where(AuthSession.id == sid, col(User.is_active).is_(True))
    )
    if (owner := found.first()) is None:
        raise InvalidTokenError
    user_id, created_at = owner
    config, now = settings(AuthSettings), utc_now()
    expires_at = min(now + config.idle_limit, created_at + config.absolute_limit)
    # Conditional, so that a sign-out in between wins.
    prolonged = await session.exec(
        update(AuthSession)
        .where(col(AuthSession.id) == sid, alive())
        .values(last_seen_at=now, expires_at=expires_at)
        .returning(col(AuthSession.id))
        .execution_options(synchronize_session=False)
    )
    if prolonged.scalar_one_or_none() is None:
        raise InvalidTokenError
    return issue(SessionRef(user_id, sid), successor, expires_at, client)


def _successors(token: str) -> list[str]:
    text, keys = token.encode("utf-8", "surrogatepass"), derived_keys("refresh-successor")
    digests = [hmac.digest(key, text, "sha256") for key in keys]
    return [urlsafe_b64encode(digest).decode().rstrip("=") for digest in digests]
