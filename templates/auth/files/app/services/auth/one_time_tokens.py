"""
Tokens that a mail carries: for one purpose, one person and one address, once, and not for long.

32 random bytes each, stored as a hash; random, short-lived and used once, as ASVS 6.4.1 and 6.5.1 ask.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import fingerprint
from app.models.base import utc_now
from app.models.mail import OneTimeToken, OutgoingMail
from app.services.auth.errors import InvalidOneTimeTokenError


async def mint(
    session: AsyncSession, mail: OutgoingMail, user_id: UUID, email: str, lifetime: timedelta
) -> str:
    """The token for one try of a mail; the one of an earlier try is dead from now on."""
    token = secrets.token_urlsafe(32)
    await session.exec(delete(OneTimeToken).where(col(OneTimeToken.mail_id) == mail.id))
    session.add(
        OneTimeToken(
            mail_id=mail.id,
            user_id=user_id,
            purpose=mail.purpose,
            token_hash=fingerprint(token),
            email=email,
            expires_at=utc_now() + lifetime,
        )
    )
    return token


async def read(session: AsyncSession, purpose: str, token: str) -> tuple[UUID, str]:
    """Whose token it is and for which address, without using it; raises InvalidOneTimeTokenError."""
    found = await session.exec(select(OneTimeToken.user_id, OneTimeToken.email).where(_valid(purpose, token)))
    if (owner := found.first()) is None:
        raise InvalidOneTimeTokenError
    return owner


async def take(session: AsyncSession, purpose: str, token: str, user_id: UUID) -> str:
    """
    Uses a token of this person's in the caller's transaction; says for which address it was.

    One statement decides: of many uses at once, one finds it.
    """
    taken = await session.exec(
        delete(OneTimeToken)
        .where(_valid(purpose, token), col(OneTimeToken.user_id) == user_id)
        .returning(col(OneTimeToken.email))
        .execution_options(synchronize_session=False)
    )
    if (email := taken.scalar_one_or_none()) is None:
        raise InvalidOneTimeTokenError
    return str(email)


def _valid(purpose: str, token: str) -> ColumnElement[bool]:
    return and_(
        col(OneTimeToken.token_hash) == fingerprint(token),
        col(OneTimeToken.purpose) == purpose,
        col(OneTimeToken.expires_at) > utc_now(),
    )
