"""Organisations, who belongs to them, and who is invited."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class Organisation(SQLModel, table=True):
    """Something people share. Paths name it by its slug, everything else by its id."""

    __tablename__ = "organisations"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    slug: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """One person in one organisation."""

    __tablename__ = "memberships"

    organisation_id: UUID = Field(foreign_key="organisations.id", ondelete="CASCADE", primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True, index=True)
    role: str = Field(max_length=20)
    joined_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """An address that may join. The row goes once it was accepted or revoked, so it serves once."""

    __tablename__ = "invitations"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisations.id", ondelete="CASCADE", index=True)
    email: str = Field(max_length=254)
    # The address as it is compared with that of the account that accepts.
    email_key: str = Field(max_length=510, index=True)
    role: str = Field(max_length=20)
    # Whose word it is, for as long as there is such an account.
    invited_by: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL", index=True)
    # Of the latest mail; None until one is sent.
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
