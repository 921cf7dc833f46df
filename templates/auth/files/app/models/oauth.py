"""The accounts that people have elsewhere, and sign-ins that are under way there."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel, UniqueConstraint

from app.models.base import UtcDateTime, utc_now


class OAuthIdentity(SQLModel, table=True):
    """
    An account at a provider that opens one here.

    It is known by issuer and subject, never by its address: that can change hands (OpenID Connect Core 5.7).
    """

    __tablename__ = "oauth_identities"
    __table_args__ = (UniqueConstraint("user_id", "issuer"),)

    issuer: str = Field(max_length=255, primary_key=True)
    subject: str = Field(max_length=255, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    # As it was when the two were connected; for the owner to recognise it by.
    email: str = Field(max_length=254)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class OAuthState(SQLModel, table=True):
    """
    One sign-in that has gone to a provider: all that its answer is judged by.

    Deleted by the first answer, whatever that is. `session_id` is that of the person who is connecting an
    account; without one, somebody is signing in.
    """

    __tablename__ = "oauth_states"

    state_hash: str = Field(max_length=64, primary_key=True)
    browser_hash: str = Field(max_length=64)
    provider: str = Field(max_length=20)
    code_verifier: str = Field(max_length=128)
    nonce: str = Field(max_length=64)
    redirect_uri: str = Field(max_length=2000)
    next_path: str = Field(max_length=2000)
    session_id: UUID | None = Field(
        default=None, foreign_key="auth_sessions.id", ondelete="CASCADE", index=True
    )
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
