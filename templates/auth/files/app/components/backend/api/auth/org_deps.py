"""
What protects a route of an organisation; its path names the organisation as `{slug}`.

    @router.get("/api/v1/orgs/{slug}/projects")
    async def projects(member: OrgMember) -> …              # any member; a stranger gets 404
    @router.post("/api/v1/orgs/{slug}/projects")
    async def create(member: Annotated[Member, require_org_role("admin")]) -> …

Queries of such a route are scoped by `member.org_id`.
"""

from typing import Annotated, Any

from fastapi import Depends

from app.components.backend.api.auth.deps import CurrentPrincipal
from app.core.db import SessionDep
from app.services.auth.org_guard import Member, member_of
from app.services.auth.org_roles import OrgRole


async def current_member(slug: str, principal: CurrentPrincipal, session: SessionDep) -> Member:
    """The person signed in, as a member of the organisation in the path; 404 for everybody else."""
    return await member_of(session, principal, slug)


OrgMember = Annotated[Member, Depends(current_member)]


def require_org_role(role: OrgRole) -> Any:
    """403 for members below that role; gives the Member."""

    async def check(member: OrgMember) -> Member:
        member.require(role)
        return member

    return Depends(check)
