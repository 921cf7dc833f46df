"""The routes of organisations, their members, and invitations."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.components.backend.api.auth.deps import CurrentClient, CurrentPrincipal, no_store
from app.components.backend.api.auth.org_deps import OrgMember, require_org_role
from app.components.backend.api.auth.schemas import problems
from app.core.db import SessionDep
from app.services.auth import invitation_service, member_service, org_service
from app.services.auth.invitation_service import InvitationInfo, InvitationNotFoundError
from app.services.auth.member_service import MemberInfo, MemberNotFoundError
from app.services.auth.org_guard import Member
from app.services.auth.org_roles import InvitedRole, OrgRole
from app.services.auth.org_service import OrgInfo

OrgAdmin = Annotated[Member, require_org_role("admin")]
OrgOwner = Annotated[Member, require_org_role("owner")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class NewOrg(BaseModel):
    """An organisation to be; paths name it by its slug."""

    slug: str
    name: str


class OrgName(BaseModel):
    name: str


class NewOwner(BaseModel):
    """The member who is to own it."""

    user_id: UUID


class MemberRole(BaseModel):
    role: OrgRole


class NewInvitation(BaseModel):
    email: str
    role: InvitedRole = "member"


class InvitationToken(BaseModel):
    """What stands in the link of the mail."""

    token: str


async def whom(user_id: str) -> UUID:
    """The member a path names; what is no id names none."""
    try:
        return UUID(user_id)
    except ValueError:
        raise MemberNotFoundError from None


async def which(invitation_id: str) -> UUID:
    """The invitation a path names; what is no id names none."""
    try:
        return UUID(invitation_id)
    except ValueError:
        raise InvitationNotFoundError("There is no such invitation.") from None


Whom = Annotated[UUID, Depends(whom)]
Which = Annotated[UUID, Depends(which)]
orgs_router = APIRouter(
    prefix="/api/v1/orgs",
    tags=["orgs"],
    dependencies=[Depends(no_store)],
    responses=problems(400, 401, 403, 413, 422),
)
invitations_router = APIRouter(
    prefix="/api/v1/invitations",
    tags=["orgs"],
    dependencies=[Depends(no_store)],
    responses=problems(400, 401, 403, 413, 422),
)


@orgs_router.post("", status_code=201, responses=problems(409, 429, 503))
async def create_org(
    body: NewOrg, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> OrgInfo:
    """Make an organisation; one is its owner."""
    return await org_service.create_org(session, principal, **body.model_dump(), client=client)


@orgs_router.get("")
async def my_orgs(principal: CurrentPrincipal, session: SessionDep) -> list[OrgInfo]:
    """The organisations one belongs to."""
    return await org_service.my_orgs(session, principal)


@orgs_router.get("/{slug}", responses=problems(404))
async def read_org(member: OrgMember, session: SessionDep) -> OrgInfo:
    """One organisation, and one's role in it."""
    return await org_service.read_org(session, member)


@orgs_router.patch("/{slug}", responses=problems(404))
async def rename_org(member: OrgAdmin, body: OrgName, session: SessionDep, client: CurrentClient) -> OrgInfo:
    """Change its name; the address stays."""
    return await org_service.rename_org(session, member, body.name, client)


@orgs_router.delete("/{slug}", status_code=204, responses=problems(404))
async def delete_org(member: OrgOwner, session: SessionDep, client: CurrentClient) -> None:
    """Delete it; asks for a recent sign-in."""
    await org_service.delete_org(session, member, client)


@orgs_router.post("/{slug}/transfer", responses=problems(404))
async def transfer(member: OrgOwner, body: NewOwner, session: SessionDep, client: CurrentClient) -> OrgInfo:
    """Hand it over to another member; asks for a recent sign-in."""
    return await org_service.transfer(session, member, body.user_id, client)


@orgs_router.get("/{slug}/members", responses=problems(404))
async def list_members(
    member: OrgMember, session: SessionDep, limit: Limit = 100, offset: Offset = 0
) -> list[MemberInfo]:
    """Who belongs to it, the oldest first."""
    return await member_service.list_members(session, member, limit=limit, offset=offset)


@orgs_router.put("/{slug}/members/{user_id}/role", responses=problems(404, 409))
async def change_member_role(
    member: OrgAdmin, user_id: Whom, body: MemberRole, session: SessionDep, client: CurrentClient
) -> MemberInfo:
    """Give a member another role."""
    return await member_service.set_member_role(session, member, user_id, body.role, client)


@orgs_router.delete("/{slug}/members/{user_id}", status_code=204, responses=problems(404, 409))
async def remove_member(member: OrgMember, user_id: Whom, session: SessionDep, client: CurrentClient) -> None:
    """Take a member out, or leave."""
    await member_service.remove_member(session, member, user_id, client)


@orgs_router.post("/{slug}/invitations", status_code=201, responses=problems(404, 409, 429, 503))
async def invite(
    member: OrgAdmin, body: NewInvitation, session: SessionDep, client: CurrentClient
) -> InvitationInfo:
    """Invite an address by mail."""
    return await invitation_service.invite(session, member, body.email, body.role, client)


@orgs_router.get("/{slug}/invitations", responses=problems(404))
async def list_invitations(member: OrgAdmin, session: SessionDep) -> list[InvitationInfo]:
    """The invitations that are still open."""
    return await invitation_service.list_invitations(session, member)


@orgs_router.delete("/{slug}/invitations/{invitation_id}", status_code=204, responses=problems(404))
async def revoke_invitation(
    member: OrgAdmin, invitation_id: Which, session: SessionDep, client: CurrentClient
) -> None:
    """Take an invitation back."""
    await invitation_service.revoke_invitation(session, member, invitation_id, client)


@invitations_router.post("/accept", responses=problems(404))
async def accept_invitation(
    body: InvitationToken, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> OrgInfo:
    """Join the organisation that a mail invited one's address to."""
    return await invitation_service.accept_invitation(session, principal, body.token, client)
