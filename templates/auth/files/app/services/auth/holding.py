"""
Holding an account: what must not happen to it at once happens one after the other.

The row is held by an UPDATE that changes nothing, because SQLite locks for nothing less. A reset, a takeover
and a deletion change the same row: whoever comes after them sees what they left.
"""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.user import AuthSession, User
from app.services.auth.errors import InvalidCredentialsError, InvalidTokenError
from app.services.auth.principal import Principal, SignIn


async def hold(session: AsyncSession, user_id: UUID) -> User | None:
    """The account as it is from now on; None where there is none any more."""
    held = await session.exec(
        update(User)
        .where(col(User.id) == user_id)
        .values(updated_at=User.updated_at)
        .returning(User)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    user: User | None = held.scalar_one_or_none()
    return user


async def hold_signed_in(session: AsyncSession, sign_in: SignIn) -> User:
    """
    The account of a sign-in, so that no session opens beside a reset or a takeover.

    Raises InvalidCredentialsError where the account is off, or has another password by now.
    """
    user = await hold(session, sign_in.user_id)
    if user is None or not user.is_active or sign_in.shown_for not in {None, user.password_hash}:
        raise InvalidCredentialsError
    return user


async def hold_own(session: AsyncSession, principal: Principal) -> User:
    """
    The account of somebody signed in, before a way in is given to it or taken from it.

    Raises InvalidTokenError where their session was ended meanwhile: whoever ended it, by a reset or a
    takeover, ended the ways in as well, and none may come after that.
    """
    user = await hold(session, principal.user_id)
    lives = select(AuthSession.id).where(AuthSession.id == principal.sid, col(AuthSession.ended_at).is_(None))
    if user is None or (await session.exec(lives)).first() is None:
        raise InvalidTokenError
    return user
