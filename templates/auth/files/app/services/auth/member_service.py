"""The people of an organisation: who they are, their roles, and leaving."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from app.core.errors import AppError
from app.models.org import Membership
from app.models.user import User
from app.services.auth import events
from app.services.auth.errors import UserNotFoundError
from app.services.auth.org_guard import Member, hold_org, known, require_other_owner, require_unchanged
from app.services.auth.org_roles import ADMIN, OWNER, OrgRole
from app.services.auth.principal import Client
from app.services.auth.role_service import hold_account


class MemberNotFoundError(AppError):
    status = 404
    code = "member_not_found"
    message = "There is no such member."


@dataclass(frozen=True, slots=True)
class MemberInfo:
    """A member as the others see them."""

    user_id: UUID
    email: str
    full_name: str
    role: OrgRole
    joined_at: datetime


async def list_members(
    session: AsyncSession, member: Member, *, limit: int = 100, offset: int = 0
) -> list[MemberInfo]:
    """The members, the oldest first."""
    rows = await session.exec(
        _members(member).order_by(col(Membership.joined_at), col(User.email_key)).limit(limit).offset(offset)
    )
    return [_info(user, membership) for user, membership in rows]


async def set_member_role(
    session: AsyncSession, member: Member, user_id: UUID, role: OrgRole, client: Client
) -> MemberInfo:
    """Gives a member another role. Owners are made and unmade by owners, after a recent sign-in."""
    member.require(ADMIN)
    member.principal.require_session()
    target = await hold_member(session, member, user_id)
    if OWNER in {role, target.role}:
        member.require(OWNER)
        member.principal.require_recent()
    if role == OWNER:
        await require_able(session, user_id)
    if target.role == OWNER and role != OWNER:
        await require_other_owner(session, member.org_id, user_id)
    target.role = role
    events.record(
        session, "member_role_changed", client, user_id, actor_id=member.id, detail=f"{member.slug} {role}"
    )
    changed = _info(*(await session.exec(_members(member).where(User.id == user_id))).one())
    await session.commit()
    return changed


async def remove_member(session: AsyncSession, member: Member, user_id: UUID, client: Client) -> None:
    """Takes a member out, or lets one leave; raises LastOwnerError."""
    if user_id != member.id:
        member.require(ADMIN)
    target = await hold_member(session, member, user_id)
    if target.role == OWNER:
        member.require(OWNER)
        if user_id != member.id:
            member.principal.require_recent()
        await require_other_owner(session, member.org_id, user_id)
    await session.delete(target)
    actor = None if user_id == member.id else member.id
    events.record(session, "member_removed", client, user_id, actor_id=actor, detail=member.slug)
    await session.commit()


async def hold_member(session: AsyncSession, member: Member, user_id: UUID) -> Membership:
    """
    Somebody's membership, with their account and the organisation locked; raises MemberNotFoundError.

    The account as well: it could else be deleted at the moment it becomes the only owner.
    """
    try:
        await hold_account(session, user_id)
    except UserNotFoundError:
        raise MemberNotFoundError from None
    await hold_org(session, member.org_id)
    await require_unchanged(session, member)
    found = await session.get(Membership, (member.org_id, user_id), populate_existing=True)
    if found is None:
        raise MemberNotFoundError
    return found


async def require_able(session: AsyncSession, user_id: UUID) -> None:
    """Raises MemberNotFoundError for an account that is switched off: an owner has to be able to sign in."""
    if not (await session.get_one(User, user_id)).is_active:
        raise MemberNotFoundError("This account is switched off.")


def _members(member: Member) -> Select[User, Membership]:
    return (
        select(User, Membership)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(Membership.organisation_id == member.org_id)
    )


def _info(user: User, membership: Membership) -> MemberInfo:
    return MemberInfo(user.id, user.email, user.full_name, known(membership.role), membership.joined_at)
