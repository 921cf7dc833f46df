"""Leaving: an account is deleted by its owner."""

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.user import User
from app.services.auth import events, outbox
from app.services.auth.principal import Client, Principal


async def delete_account(session: AsyncSession, principal: Principal, client: Client) -> None:
    """
    Deletes the account with everything that is its own: sessions, tokens and mails. Events stay, nameless.

    Needs a recent sign-in.
    """
    principal.require_recent()
    await outbox.cancel(session, principal.user_id)
    await session.exec(delete(User).where(col(User.id) == principal.user_id))
    events.record(session, "deleted", client, None)
    await session.commit()
