"""The routes of administration: other people's accounts, and the audit trail."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.components.backend.api.auth.deps import CurrentClient, no_store
from app.components.backend.api.auth.roles import require_permission
from app.components.backend.api.auth.schemas import Profile, problems
from app.core.db import SessionDep
from app.services.auth import admin_service, audit_service
from app.services.auth.admin_service import UserInfo, UserPage
from app.services.auth.audit_service import EventPage
from app.services.auth.errors import UserNotFoundError
from app.services.auth.role_service import Actor
from app.services.auth.roles import Role

Reader = Annotated[Actor, require_permission("users:read")]
Writer = Annotated[Actor, require_permission("users:write")]
Deleter = Annotated[Actor, require_permission("users:delete")]
RoleGiver = Annotated[Actor, require_permission("roles:write")]
Auditor = Annotated[Actor, require_permission("audit:read")]
Search = Annotated[str, Query(max_length=254, description="part of an address")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Before = Annotated[int | None, Query(ge=1, le=2**63 - 1, description="`next` of the page before")]


async def whom(user_id: str) -> UUID:
    """The account a path names; what is no id names none."""
    try:
        return UUID(user_id)
    except ValueError:
        raise UserNotFoundError("There is no such account.") from None


Whom = Annotated[UUID, Depends(whom)]


class RoleChange(BaseModel):
    """The role an account is to have."""

    role: Role


users_router = APIRouter(
    prefix="/api/v1/users",
    tags=["users"],
    dependencies=[Depends(no_store)],
    responses=problems(400, 401, 403, 413, 422),
)
audit_router = APIRouter(
    prefix="/api/v1/audit",
    tags=["users"],
    dependencies=[Depends(no_store)],
    responses=problems(400, 401, 403, 413),
)


@users_router.get("")
async def list_users(
    actor: Reader, session: SessionDep, search: Search = "", limit: Limit = 50, offset: Offset = 0
) -> UserPage:
    """Accounts, the oldest first."""
    return await admin_service.list_users(session, actor, search=search, limit=limit, offset=offset)


@users_router.get("/{user_id}", responses=problems(404))
async def read_user(actor: Reader, user_id: Whom, session: SessionDep) -> UserInfo:
    """One account."""
    return await admin_service.read_user(session, actor, user_id)


@users_router.patch("/{user_id}", responses=problems(404))
async def rename_user(
    actor: Writer, user_id: Whom, body: Profile, session: SessionDep, client: CurrentClient
) -> UserInfo:
    """Change what somebody is called."""
    return await admin_service.rename(session, actor, user_id, body.full_name, client)


@users_router.delete("/{user_id}", status_code=204, responses=problems(404, 409))
async def delete_user(actor: Deleter, user_id: Whom, session: SessionDep, client: CurrentClient) -> None:
    """Delete an account and all that is its own; asks for a recent sign-in."""
    await admin_service.delete_user(session, actor, user_id, client)


@users_router.put("/{user_id}/role", responses=problems(404, 409))
async def change_role(
    actor: RoleGiver, user_id: Whom, body: RoleChange, session: SessionDep, client: CurrentClient
) -> UserInfo:
    """Give somebody another role; asks for a recent sign-in."""
    return await admin_service.set_role(session, actor, user_id, body.role, client)


@users_router.post("/{user_id}/activate", responses=problems(404))
async def activate(actor: Writer, user_id: Whom, session: SessionDep, client: CurrentClient) -> UserInfo:
    """Switch an account on again."""
    return await admin_service.activate(session, actor, user_id, client)


@users_router.post("/{user_id}/deactivate", responses=problems(404, 409))
async def deactivate(actor: Writer, user_id: Whom, session: SessionDep, client: CurrentClient) -> UserInfo:
    """Switch an account off; its sessions end at once."""
    return await admin_service.deactivate(session, actor, user_id, client)


@audit_router.get("", responses=problems(422))
async def list_events(
    actor: Auditor, session: SessionDep, user: UUID | None = None, before: Before = None, limit: Limit = 50
) -> EventPage:
    """Who did what to whom, when, and from where; the latest first."""
    return await audit_service.list_events(session, actor, user_id=user, before=before, limit=limit)
