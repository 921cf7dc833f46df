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
    "activated",
    "deactivated",
    "deleted",
    "password_changed",
    "password_change_failed",
    "password_reset",
    "email_verified",
    "email_change_requested",
    "email_changed",
    "role_changed",
    "org_created",
    "org_renamed",
    "org_transferred",
    "org_deleted",
    "invited",
    "invitation_revoked",
    "member_joined",
    "member_role_changed",
    "member_removed",
    "identity_connected",
    "identity_disconnected",
    "account_taken_over",
    "api_key_made",
    "api_key_revoked",
]
COMMAND_LINE = Client(address="command line")
log = get_logger("app.auth")


def record(
    session: AsyncSession,
    kind: Kind,
    client: Client,
    user_id: UUID | None,
    session_id: UUID | None = None,
    *,
    actor_id: UUID | None = None,
    detail: str = "",
) -> None:
    """
    Adds an event to the caller's transaction, who commits it. `actor_id`: who else than `user_id` did it.

    A failed attempt at an unknown address leaves no trace of what was typed: now and then that is a password.
    """
    event = AuthEvent(kind=kind, user_id=user_id, actor_id=actor_id, session_id=session_id, detail=detail)
    event.address, event.user_agent = client.address[:64], client.label
    session.add(event)
    ids = {"user_id": user_id, "actor_id": actor_id, "session_id": session_id}
    said = {name: str(value or "") for name, value in ids.items()}
    log.info(kind, **said, detail=detail, address=client.address)
