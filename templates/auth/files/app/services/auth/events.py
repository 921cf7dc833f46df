"""The trail of what happened to accounts, in the database and in the log."""

from typing import Literal
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.logging import get_logger
from app.models.user import AuthEvent
from app.services.auth.principal import Client

Kind = Literal[
    "registered",
    "signed_in",
    "sign_in_failed",
    "sign_in_locked",
    "signed_out",
    "session_ended",
    "refresh_reused",
    "renamed",
    "deactivated",
    "api_key_made",
    "api_key_revoked",
]
COMMAND_LINE = Client(address="command line")
log = get_logger("app.auth")


def record(
    session: AsyncSession, kind: Kind, client: Client, user_id: UUID | None, session_id: UUID | None = None
) -> None:
    """
    Adds an event to the caller's transaction, who commits it.

    A failed attempt at an unknown address leaves no trace of what was typed: now and then that is a password.
    """
    event = AuthEvent(kind=kind, user_id=user_id, session_id=session_id)
    event.address, event.user_agent = client.address[:64], client.label
    session.add(event)
    user, sid = str(user_id or ""), str(session_id or "")
    log.info(kind, user_id=user, session_id=sid, address=client.address)
