"""Sign-ins that are still going on, and what carries them from one request to the next."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class AuthSession(SQLModel, table=True):
    """One sign-in on one device: the family of all refresh tokens that came of it.

    An access token is worth no more than its session row, so ending the row ends both at once.
    """

    __tablename__ = "auth_sessions"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    user_agent: str = Field(default="", max_length=256)
    address: str = Field(default="", max_length=64)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    last_seen_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    # Moves on with every refresh, but never past the absolute limit after `created_at`.
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RefreshToken(SQLModel, table=True):
    """One refresh token, by its hash. Kept after its use: showing it again is how theft shows."""

    __tablename__ = "refresh_tokens"

    token_hash: str = Field(max_length=64, primary_key=True)
    session_id: UUID = Field(foreign_key="auth_sessions.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    rotated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInTicket(SQLModel, table=True):
    """A right password, waiting some seconds for its browser to fetch the cookies."""

    __tablename__ = "sign_in_tickets"

    ticket_hash: str = Field(max_length=64, primary_key=True)
    nonce_hash: str = Field(max_length=64)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
