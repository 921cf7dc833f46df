"""Accounts: making, finding, renaming and switching them off."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.passwords import hash_password
from app.models.auth_session import AuthSession
from app.models.base import utc_now
from app.models.user import User
from app.services.auth import events
from app.services.auth.client import Client
from app.services.auth.errors import EmailTakenError, UserNotFoundError
from app.services.auth.sessions import end_where
from app.services.auth.validation import (
    check_email,
    check_full_name,
    check_new_password,
    email_key,
)


async def create_user(
    session: AsyncSession, *, email: str, password: str, full_name: str, client: Client
) -> User:
    """A new account. Of several at once with one address, one succeeds."""
    address, name = check_email(email), check_full_name(full_name)
    check_new_password(password, address)
    # Before the hash, which is the dear part; the unique index has the last word.
    if await find_user(session, address):
        raise EmailTakenError
    await session.commit()
    user = User(
        email=address,
        email_key=email_key(address) or address,
        full_name=name,
        password_hash=await hash_password(password),
    )
    session.add(user)
    try:
        await session.flush()
    except IntegrityError as error:
        await session.rollback()
        raise EmailTakenError from error
    events.record(session, "registered", client, user_id=user.id)
    await session.commit()
    return user


async def find_user(session: AsyncSession, email: str) -> User | None:
    """The account with this address in any spelling."""
    key = email_key(email)
    if key is None:
        return None
    found = await session.exec(select(User).where(User.email_key == key))
    return found.first()


async def the_user(session: AsyncSession, email: str) -> User:
    """The account with this address; raises UserNotFoundError."""
    user = await find_user(session, email)
    if user is None:
        raise UserNotFoundError
    return user


async def list_users(session: AsyncSession) -> Sequence[User]:
    """All accounts, the oldest first."""
    found = await session.exec(select(User).order_by(col(User.created_at)))
    return found.all()


async def get_user(session: AsyncSession, user_id: UUID) -> User:
    """The account with this id; raises UserNotFoundError."""
    user = await session.get(User, user_id, populate_existing=True)
    if user is None:
        raise UserNotFoundError
    return user


async def rename(session: AsyncSession, user_id: UUID, full_name: str, client: Client) -> None:
    """Changes what a person is called."""
    name = check_full_name(full_name)
    await session.exec(
        update(User).where(col(User.id) == user_id).values(full_name=name, updated_at=utc_now())
    )
    events.record(session, "renamed", client, user_id=user_id)
    await session.commit()


async def deactivate(session: AsyncSession, user_id: UUID, client: Client) -> None:
    """Switches an account off: its sessions end now, and no password is right any more."""
    await session.exec(
        update(User).where(col(User.id) == user_id).values(is_active=False, updated_at=utc_now())
    )
    await end_where(session, col(AuthSession.user_id) == user_id)
    events.record(session, "deactivated", client, user_id=user_id)
    await session.commit()
