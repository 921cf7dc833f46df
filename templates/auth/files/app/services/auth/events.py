"""The trail of what happened to accounts, in the database and in the log."""

from typing import Literal
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.logging import get_logger
from app.models.auth_record import AuthEvent
from app.services.auth.client import Client

Kind = Literal[
    "registered",
    "signed_in",
    "sign_in_failed",
    "sign_in_locked",
    "signed_out",
    "session_ended",
    "refresh_reused",
    "deactivated",
    "renamed",
]
COMMAND_LINE = Client(address="command line")

_log = get_logger("app.auth")


def record(
    session: AsyncSession,
    kind: Kind,
    client: Client,
    *,
    user_id: UUID | None = None,
    session_id: UUID | None = None,
) -> None:
    """Adds an event to the caller's transaction, who commits it.

    A failed attempt at an unknown address leaves no trace of what was typed: that field now and
    then holds a password.
    """
    session.add(
        AuthEvent(
            kind=kind,
            user_id=user_id,
            session_id=session_id,
            address=client.address[:64],
            user_agent=client.label,
        )
    )
    _log.info(
        kind,
        user_id=str(user_id) if user_id else None,
        session_id=str(session_id) if session_id else None,
        address=client.address,
    )
