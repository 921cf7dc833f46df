"""Leaving: an account is deleted, by its owner or by somebody who may."""

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.user import User
from app.services.auth import events, outbox
from app.services.auth.departures import check_deletion
from app.services.auth.principal import Client, Principal


async def delete_account(session: AsyncSession, principal: Principal, client: Client) -> None:
    """Deletes one's own account, after a recent sign-in."""
    principal.require_recent()
    await remove(session, principal.user_id, client)


async def remove(session: AsyncSession, user_id: UUID, client: Client, actor_id: UUID | None = None) -> None:
    """
    Deletes an account with everything that is its own: sessions, tokens and mails.

    Its events stay, and from now on say no more of it than an id that belongs to nobody.
    """
    await check_deletion(session, user_id)
    await outbox.cancel(session, user_id)
    await session.exec(delete(User).where(col(User.id) == user_id))
    events.record(session, "deleted", client, user_id, actor_id=actor_id)
    await session.commit()
