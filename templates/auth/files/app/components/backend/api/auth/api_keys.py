"""The routes of API keys. A program shows its key as `Authorization: Bearer <key>`, on every other route."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from app.components.backend.api.auth.deps import CurrentClient, CurrentPrincipal, no_store
from app.components.backend.api.auth.schemas import problems
from app.core.db import SessionDep
from app.services.auth import api_key_service
from app.services.auth.errors import ApiKeyNotFoundError


class NewApiKey(BaseModel):
    """What a key is for, and for how long."""

    name: str
    scopes: list[str] = ["read"]
    expires_in_days: int = 90


class ApiKeyOut(BaseModel):
    """A key as its owner sees it ever after."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class ApiKeyMade(ApiKeyOut):
    """A key as its owner sees it once: `key` is what the program shows."""

    key: str


api_keys_router = APIRouter(
    prefix="/api/v1/auth/api-keys",
    tags=["auth"],
    dependencies=[Depends(no_store)],
    responses=problems(400, 401, 403, 413),
)


@api_keys_router.get("")
async def list_api_keys(principal: CurrentPrincipal, session: SessionDep) -> list[ApiKeyOut]:
    """The keys of the person signed in."""
    rows = await api_key_service.list_keys(session, principal)
    return [ApiKeyOut.model_validate(row) for row in rows]


@api_keys_router.post("", status_code=201, responses=problems(409, 422))
async def make_api_key(
    body: NewApiKey, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> ApiKeyMade:
    """Make a key; it is shown this once. Needs a recent sign-in."""
    row, key = await api_key_service.make_key(session, principal, **body.model_dump(), client=client)
    return ApiKeyMade(**ApiKeyOut.model_validate(row).model_dump(), key=key)


@api_keys_router.delete("/{key_id}", status_code=204, responses=problems(404, 422))
async def revoke_api_key(
    key_id: str, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> None:
    """Revoke a key, at once and for good. Needs a recent sign-in."""
    try:
        revoked = UUID(key_id)
    except ValueError:
        raise ApiKeyNotFoundError from None
    await api_key_service.revoke_key(session, principal, revoked, client)
