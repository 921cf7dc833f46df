"""
Who may do what in which organisation.

Everything about an organisation asks for a `Member`, and there is one way to get one: being a member. So a
stranger finds nothing, and each query has the id it is scoped to.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import AppError
from app.models.org import Membership, Organisation
from app.models.user import User
from app.services.auth.org_roles import MEMBER, OWNER, RANKS, OrgRole
from app.services.auth.principal import Principal


class OrgNotFoundError(AppError):
    """No such organisation, or none of this person's: the answer does not tell which."""

    status = 404
    code = "org_not_found"
    message = "There is no such organisation."


class OrgRoleRequiredError(AppError):
    status = 403
    code = "org_role_required"
    message = "Your role in this organisation does not permit this."


class LastOwnerError(AppError):
    status = 409
    code = "last_owner"
    message = "An organisation needs an owner. Make somebody else one first, or delete the organisation."


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody signed in, as one organisation knows them. Made by `member_of` and `current_member` alone."""

    principal: Principal
    org_id: UUID
    slug: str
    role: OrgRole

    @property
    def id(self) -> UUID:
        """The member's account."""
        return self.principal.user_id

    def require(self, role: OrgRole) -> None:
        """Raises OrgRoleRequiredError below that role."""
        if RANKS.index(self.role) < RANKS.index(role):
            raise OrgRoleRequiredError


async def member_of(session: AsyncSession, principal: Principal, slug: str) -> Member:
    """The person as a member of the organisation that a path names; raises OrgNotFoundError."""
    found = await session.exec(
        select(Organisation.id, Membership.role)
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(Organisation.slug == slug, Membership.user_id == principal.user_id)
    )
    row = found.first()
    if row is None:
        raise OrgNotFoundError
    return Member(principal, row[0], slug, known(row[1]))


def known(role: str) -> OrgRole:
    """A role as stored; one that is not in the list is the least."""
    return next((name for name in RANKS if name == role), MEMBER)


async def hold_org(session: AsyncSession, org_id: UUID) -> None:
    """
    Locks the organisation until the transaction ends: changes to its people come one after the other.

    Raises OrgNotFoundError.
    """
    held = await session.exec(
        update(Organisation)
        .where(col(Organisation.id) == org_id)
        .values(name=Organisation.name)
        .returning(col(Organisation.id))
        .execution_options(synchronize_session=False)
    )
    if held.first() is None:
        raise OrgNotFoundError


async def require_unchanged(session: AsyncSession, member: Member) -> None:
    """
    Raises OrgRoleRequiredError if the member's own role went down while waiting for the organisation.

    The caller holds it, so from here on the role stays as it is.
    """
    own = await session.get(Membership, (member.org_id, member.id), populate_existing=True)
    if own is None or RANKS.index(known(own.role)) < RANKS.index(member.role):
        raise OrgRoleRequiredError


async def require_other_owner(session: AsyncSession, org_id: UUID, leaving: UUID) -> None:
    """Raises LastOwnerError without another owner who can sign in. The caller holds the organisation."""
    if not (await session.exec(select(_has_other_owner(org_id, leaving)))).one():
        raise LastOwnerError


async def keep_an_owner(session: AsyncSession, leaving: UUID) -> None:
    """Raises LastOwnerError if the account's deletion would leave an organisation without an owner."""
    owned = (
        select(Organisation.id)
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(Membership.user_id == leaving, Membership.role == OWNER)
    )
    # In one order, so that two deletions at once do not wait for each other.
    for org_id in (await session.exec(owned.order_by(col(Organisation.id)))).all():
        await hold_org(session, org_id)
        await require_other_owner(session, org_id, leaving)


def _has_other_owner(org_id: UUID, leaving: UUID) -> ColumnElement[bool]:
    other, user = aliased(Membership), aliased(User)
    return exists().where(
        col(other.organisation_id) == org_id,
        col(other.role) == OWNER,
        col(other.user_id) != leaving,
        col(user.id) == col(other.user_id),
        col(user.is_active).is_(True),
    )
