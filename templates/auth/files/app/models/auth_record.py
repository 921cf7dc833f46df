"""What sign-in writes down: events for people, counts for the limits."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class AuthEvent(SQLModel, table=True):
    """Who did what, when, from where. Outlives the account, and holds no secret."""

    __tablename__ = "auth_events"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
    kind: str = Field(max_length=40)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL", index=True)
    session_id: UUID | None = None
    address: str = Field(default="", max_length=64)
    user_agent: str = Field(default="", max_length=256)


class AuthLimit(SQLModel, table=True):
    """How often one subject (an address, an account, …) was counted under one rule."""

    __tablename__ = "auth_limits"

    key: str = Field(max_length=100, primary_key=True)
    hits: int
    blocked_until: datetime = Field(sa_type=UtcDateTime)
    forget_at: datetime = Field(sa_type=UtcDateTime, index=True)
