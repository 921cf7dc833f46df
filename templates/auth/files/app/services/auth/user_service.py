"""Accounts: making, finding, renaming and switching them off."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import hash_password
from app.models.base import utc_now
from app.models.user import AuthSession, User
from app.services.auth import api_key_service, events, letters, outbox
from app.services.auth.departures import check_departure
from app.services.auth.errors import EmailTakenError, UserNotFoundError
from app.services.auth.principal import Client
from app.services.auth.session_service import end_where
from app.services.auth.validation import check_email, check_full_name, check_new_password, email_key


async def create_user(
    session: AsyncSession, *, email: str, password: str, full_name: str, client: Client
) -> User:
    """A new account. Of several at once with one address, one succeeds."""
    address, name = check_email(email), check_full_name(full_name)
    check_new_password(password, address)
    # Before the hash, which is the dear part; the unique index has the last word.
    if await find_user(session, address):
        raise EmailTakenError(field="email")
    await session.commit()
    user = User(email=address, email_key=email_key(address) or address, full_name=name)
    user.password_hash = await hash_password(password)
    session.add(user)
    try:
        await session.flush()
    except IntegrityError as error:
        raise EmailTakenError(field="email") from error
    events.record(session, "registered", client, user.id)
    outbox.enqueue(session, letters.verify_email, user.email, user.id)
    await session.commit()
    return user


async def find_user(session: AsyncSession, email: str) -> User | None:
    """The account with this address in any spelling."""
    key = email_key(email)
    return (await session.exec(select(User).where(User.email_key == key))).first() if key else None


async def the_user(session: AsyncSession, email: str) -> User:
    """The account with this address; raises UserNotFoundError."""
    user = await find_user(session, email)
    if user is None:
        raise UserNotFoundError
    return user


async def list_users(session: AsyncSession) -> Sequence[User]:
    """All accounts, the oldest first."""
    return (await session.exec(select(User).order_by(col(User.created_at)))).all()


async def rename(
    session: AsyncSession, user_id: UUID, full_name: str, client: Client, actor_id: UUID | None = None
) -> User:
    """Changes what a person is called."""
    name = check_full_name(full_name)
    user = await session.get_one(User, user_id)
    user.full_name, user.updated_at = name, utc_now()
    session.add(user)
    events.record(session, "renamed", client, user.id, actor_id=actor_id)
    await session.commit()
    return user


async def deactivate(session: AsyncSession, user: User, client: Client, actor_id: UUID | None = None) -> None:
    """Switches an account off: its sessions and API keys end now, and no password is right any more."""
    await check_departure(session, user.id)
    user.is_active, user.updated_at = False, utc_now()
    session.add(user)
    await end_where(session, col(AuthSession.user_id) == user.id)
    await api_key_service.drop_keys(session, user.id)
    events.record(session, "deactivated", client, user.id, actor_id=actor_id)
    await session.commit()
