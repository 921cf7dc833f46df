"""People, their sessions, and what sign-in writes down."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class User(SQLModel, table=True):
    """One account. Tokens and other tables know it by `id`; the address may change."""

    __tablename__ = "users"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=254)
    # The address as it is compared. Unique, so that of several registrations at once one succeeds.
    email_key: str = Field(max_length=510, unique=True)
    # When its owner last showed that the address is theirs; None: never.
    email_verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    full_name: str = Field(default="", max_length=200)
    # None: no password was ever set, so none is right.
    password_hash: str | None = Field(default=None, max_length=255)
    is_active: bool = True
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class AuthSession(SQLModel, table=True):
    """
    One sign-in on one device: the family of all refresh tokens that came of it.

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
    # Whether it began with proof given then and there. Else it never counts as recent.
    is_fresh: bool = True


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


class AuthEvent(SQLModel, table=True):
    """Who did what, when, from where. Outlives the account, and holds no secret."""

    __tablename__ = "auth_events"

    # SQLite counts up by itself in no other kind of column, and every integer of its has 64 bits.
    id: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    )
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
    kind: str = Field(max_length=40)
    # Whom it befell. No foreign key: the trail still tells after the account is gone.
    user_id: UUID | None = Field(default=None, index=True)
    # Somebody else who did it; empty where it was the person themselves, or the command line.
    actor_id: UUID | None = Field(default=None, index=True)
    session_id: UUID | None = None
    detail: str = Field(default="", max_length=100)
    address: str = Field(default="", max_length=64)
    user_agent: str = Field(default="", max_length=256)


class AuthLimit(SQLModel, table=True):
    """How often one subject (an address, an account, …) was counted under one rule."""

    __tablename__ = "auth_limits"

    key: str = Field(max_length=100, primary_key=True)
    hits: int
    blocked_until: datetime = Field(sa_type=UtcDateTime)
    forget_at: datetime = Field(sa_type=UtcDateTime, index=True)
