"""
Administration of other people's accounts, for routes and pages alike.

Each function judges the actor itself, so that no caller can forget to: a page's handler can be fired by
anybody who reaches its WebSocket.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.role import UserRole
from app.models.user import User
from app.services.auth import account_service, events, role_service, user_service
from app.services.auth.errors import UserNotFoundError
from app.services.auth.principal import Client
from app.services.auth.role_service import Actor, hold_account, known
from app.services.auth.roles import Role


@dataclass(frozen=True, slots=True)
class UserInfo:
    """An account as an admin sees it."""

    id: UUID
    email: str
    full_name: str
    is_active: bool
    created_at: datetime
    role: Role


@dataclass(frozen=True, slots=True)
class UserPage:
    """Some of the accounts, and how many there are in all."""

    items: list[UserInfo]
    total: int


async def list_users(
    session: AsyncSession, actor: Actor, *, search: str = "", limit: int = 50, offset: int = 0
) -> UserPage:
    """Accounts whose address contains the text, the oldest first."""
    actor.require("users:read")
    key = col(User.email_key)
    wanted = key.contains(search.strip().lower(), autoescape=True)
    total = (await session.exec(select(func.count()).select_from(User).where(wanted))).one()
    rows = await session.exec(
        select(User, UserRole.role)
        .join(UserRole, col(UserRole.user_id) == col(User.id), isouter=True)
        .where(wanted)
        .order_by(col(User.created_at), key)
        .limit(limit)
        .offset(offset)
    )
    return UserPage([_info(user, role) for user, role in rows], total)


async def read_user(session: AsyncSession, actor: Actor, user_id: UUID) -> UserInfo:
    """One account; raises UserNotFoundError."""
    actor.require("users:read")
    return await _read(session, user_id)


async def rename(
    session: AsyncSession, actor: Actor, user_id: UUID, full_name: str, client: Client
) -> UserInfo:
    """Changes what somebody is called."""
    actor.require("users:write")
    await hold_account(session, user_id)
    await user_service.rename(session, user_id, full_name, client, actor.id)
    return await _read(session, user_id)


async def set_role(
    session: AsyncSession, actor: Actor, user_id: UUID, role: Role, client: Client
) -> UserInfo:
    """Gives somebody another role, after a recent sign-in; raises LastAdminError."""
    actor.require("roles:write")
    actor.principal.require_recent()
    user = await role_service.set_role(session, user_id, role, client, actor.id)
    return _info(user, role)


async def activate(session: AsyncSession, actor: Actor, user_id: UUID, client: Client) -> UserInfo:
    """Switches an account on again, after a recent sign-in; its sessions of before stay ended."""
    actor.require("users:write")
    actor.principal.require_recent()
    user = await hold_account(session, user_id)
    user.is_active = True
    session.add(user)
    events.record(session, "activated", client, user_id, actor_id=actor.id)
    await session.commit()
    return await _read(session, user_id)


async def deactivate(session: AsyncSession, actor: Actor, user_id: UUID, client: Client) -> UserInfo:
    """Switches an account off at once, after a recent sign-in; raises LastAdminError."""
    actor.require("users:write")
    actor.principal.require_recent()
    user = await hold_account(session, user_id)
    await user_service.deactivate(session, user, client, actor.id)
    return await _read(session, user_id)


async def delete_user(session: AsyncSession, actor: Actor, user_id: UUID, client: Client) -> None:
    """Deletes an account with all that is its own, after a recent sign-in; may raise LastAdminError."""
    actor.require("users:delete")
    actor.principal.require_recent()
    await hold_account(session, user_id)
    await account_service.remove(session, user_id, client, actor.id)


async def _read(session: AsyncSession, user_id: UUID) -> UserInfo:
    found = await session.exec(
        select(User, UserRole.role)
        .join(UserRole, col(UserRole.user_id) == col(User.id), isouter=True)
        .where(User.id == user_id)
    )
    row = found.first()
    if row is None:
        raise UserNotFoundError("There is no such account.")
    return _info(*row)


def _info(user: User, role: str | None) -> UserInfo:
    shown = user.model_dump(include={"id", "email", "full_name", "is_active", "created_at"})
    return UserInfo(**shown, role=known(role))
