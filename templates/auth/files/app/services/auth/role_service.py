"""Roles: who has which, and what that lets them do. The permissions themselves are in `roles`."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import AppError
from app.models.role import UserRole
from app.models.user import User
from app.services.auth import events
from app.services.auth.errors import UserNotFoundError
from app.services.auth.holding import hold
from app.services.auth.principal import Client, Principal
from app.services.auth.roles import ADMIN, ORDINARY, ROLES, Permission, Role


class PermissionDeniedError(AppError):
    status = 403
    code = "permission_denied"
    message = "Your role does not permit this."


class LastAdminError(AppError):
    status = 409
    code = "last_admin"
    message = "This is the last admin. Make somebody else one first."


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, and what they may do. What administers takes nobody less; made by `actor_of`."""

    principal: Principal
    role: Role

    @property
    def id(self) -> UUID:
        """The account that acts."""
        return self.principal.user_id

    def require(self, permission: Permission) -> None:
        """Raises PermissionDeniedError unless the role permits it."""
        if permission not in ROLES[self.role]:
            raise PermissionDeniedError

    def require_role(self, role: Role) -> None:
        """Raises PermissionDeniedError for any other role."""
        if self.role != role:
            raise PermissionDeniedError


async def actor_of(session: AsyncSession, principal: Principal) -> Actor:
    """The person with the role they have at this moment: nothing of it stands in a token."""
    found = await session.get(UserRole, principal.user_id, populate_existing=True)
    return Actor(principal, known(found.role if found else ORDINARY))


async def granted(session: AsyncSession) -> dict[UUID, Role]:
    """All accounts that are more than ordinary users."""
    rows = await session.exec(select(UserRole))
    return {row.user_id: known(row.role) for row in rows}


def known(role: str | None) -> Role:
    """A role as stored; one that is not in the list permits nothing."""
    return next((name for name in ROLES if name == role), ORDINARY)


async def hold_account(session: AsyncSession, user_id: UUID) -> User:
    """The account, held until the transaction ends; raises UserNotFoundError."""
    user = await hold(session, user_id)
    if user is None:
        raise UserNotFoundError("There is no such account.")
    return user


async def set_role(
    session: AsyncSession, user_id: UUID, role: Role, client: Client, actor_id: UUID | None = None
) -> User:
    """Gives an account a role; raises LastAdminError rather than leave nobody to administer."""
    user = await hold_account(session, user_id)
    if role != ADMIN:
        await keep_an_admin(session, user_id)
    await session.exec(delete(UserRole).where(col(UserRole.user_id) == user_id))
    if role != ORDINARY:
        session.add(UserRole(user_id=user_id, role=role))
    events.record(session, "role_changed", client, user_id, actor_id=actor_id, detail=role)
    await session.commit()
    return user


async def keep_an_admin(session: AsyncSession, leaving: UUID) -> None:
    """
    Raises LastAdminError if nobody who can sign in would be admin any more.

    Locks the account and the rows of all admins first, in one order. Of two who leave at once the second
    waits, and then sees that the first is gone. An UPDATE, because SQLite locks for nothing less.
    """
    await hold_account(session, leaving)
    admins = select(UserRole.user_id).where(UserRole.role == ADMIN)
    locked = admins.order_by(col(UserRole.user_id)).with_for_update()
    await session.exec(
        update(UserRole)
        .where(col(UserRole.user_id).in_(locked))
        .values(role=ADMIN)
        .execution_options(synchronize_session=False)
    )
    active = admins.join(User, col(User.id) == UserRole.user_id).where(col(User.is_active).is_(True))
    if set((await session.exec(active)).all()) == {leaving}:
        raise LastAdminError
