"""
What protects a route by role or permission.

    @router.get("/reports")
    async def reports(actor: Annotated[Actor, require_permission("audit:read")]) -> …

or, where the route does not ask who it is, `@router.get("/reports", dependencies=[require_role("admin")])`.
"""

from typing import Annotated, Any

from fastapi import Depends

from app.components.backend.api.auth.deps import CurrentPrincipal
from app.core.db import SessionDep
from app.services.auth.role_service import Actor, actor_of
from app.services.auth.roles import Permission, Role


async def current_actor(principal: CurrentPrincipal, session: SessionDep) -> Actor:
    """The person signed in, and what they may do."""
    return await actor_of(session, principal)


CurrentActor = Annotated[Actor, Depends(current_actor)]


def require_permission(permission: Permission) -> Any:
    """401 for nobody, 403 for those whose role does not permit it; gives the Actor."""

    async def check(actor: CurrentActor) -> Actor:
        actor.require(permission)
        return actor

    return Depends(check)


def require_role(role: Role) -> Any:
    """401 for nobody, 403 for everybody of another role; gives the Actor."""

    async def check(actor: CurrentActor) -> Actor:
        actor.require_role(role)
        return actor

    return Depends(check)
