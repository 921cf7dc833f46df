"""Organisations: making, reading, renaming, handing over and deleting them."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import AppError
from app.models.org import Membership, Organisation
from app.services.auth import events, limits
from app.services.auth.errors import InvalidFieldError
from app.services.auth.member_service import hold_member, require_able
from app.services.auth.org_guard import Member, OrgNotFoundError, hold_org, known, require_unchanged
from app.services.auth.org_roles import ADMIN, OWNER, OrgRole
from app.services.auth.principal import Client, Principal
from app.services.auth.validation import check_full_name

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
CREATIONS_PER_DAY = 20


class SlugTakenError(AppError):
    status = 409
    code = "slug_taken"
    message = "There is already an organisation at this address."


@dataclass(frozen=True, slots=True)
class OrgInfo:
    """An organisation as one of its members sees it."""

    id: UUID
    slug: str
    name: str
    role: OrgRole


async def create_org(
    session: AsyncSession, principal: Principal, *, slug: str, name: str, client: Client
) -> OrgInfo:
    """A new organisation with one owner. Of several at once at one address, one succeeds."""
    if not SLUG.fullmatch(slug):
        message = "Use up to 40 small letters, digits and hyphens."
        raise InvalidFieldError("slug", "invalid_slug", message)
    org = Organisation(slug=slug, name=_check_name(name))
    await limits.admit(
        session, limits.Limit("org", str(principal.user_id), CREATIONS_PER_DAY, timedelta(days=1))
    )
    try:
        session.add(org)
        await session.flush()
        session.add(Membership(organisation_id=org.id, user_id=principal.user_id, role=OWNER))
        await session.flush()
    except IntegrityError as error:
        raise SlugTakenError(field="slug") from error
    events.record(session, "org_created", client, principal.user_id, detail=slug)
    await session.commit()
    return OrgInfo(org.id, slug, org.name, OWNER)


async def my_orgs(session: AsyncSession, principal: Principal) -> list[OrgInfo]:
    """The organisations a person belongs to."""
    rows = await session.exec(
        select(Organisation, Membership.role)
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(Membership.user_id == principal.user_id)
        .order_by(Organisation.slug)
    )
    return [OrgInfo(org.id, org.slug, org.name, known(role)) for org, role in rows]


async def read_org(session: AsyncSession, member: Member) -> OrgInfo:
    """The organisation."""
    org = await session.get(Organisation, member.org_id, populate_existing=True)
    if org is None:
        raise OrgNotFoundError
    return OrgInfo(org.id, org.slug, org.name, member.role)


async def rename_org(session: AsyncSession, member: Member, name: str, client: Client) -> OrgInfo:
    """Changes its name; the address stays."""
    member.require(ADMIN)
    its = col(Organisation.id) == member.org_id
    await session.exec(update(Organisation).where(its).values(name=_check_name(name)))
    events.record(session, "org_renamed", client, member.id, detail=member.slug)
    await session.commit()
    return await read_org(session, member)


async def transfer(session: AsyncSession, member: Member, user_id: UUID, client: Client) -> OrgInfo:
    """Makes another member the owner and the owner an admin, after a recent sign-in."""
    member.require(OWNER)
    member.principal.require_recent()
    target = await hold_member(session, member, user_id)
    own = await session.get(Membership, (member.org_id, member.id), populate_existing=True)
    if own is None:
        raise OrgNotFoundError
    await require_able(session, user_id)
    if own is not target:
        target.role, own.role = OWNER, ADMIN
        events.record(session, "org_transferred", client, user_id, actor_id=member.id, detail=member.slug)
    await session.commit()
    return await read_org(session, replace(member, role=known(own.role)))


async def delete_org(session: AsyncSession, member: Member, client: Client) -> None:
    """Deletes it with its memberships and invitations, after a recent sign-in."""
    member.require(OWNER)
    member.principal.require_recent()
    await hold_org(session, member.org_id)
    await require_unchanged(session, member)
    await session.exec(delete(Organisation).where(col(Organisation.id) == member.org_id))
    events.record(session, "org_deleted", client, member.id, detail=member.slug)
    await session.commit()


def _check_name(text: str) -> str:
    try:
        name = check_full_name(text)
    except InvalidFieldError as error:
        raise InvalidFieldError("name", "invalid_name", error.message) from None
    if not name:
        raise InvalidFieldError("name", "invalid_name", "An organisation needs a name.")
    return name
