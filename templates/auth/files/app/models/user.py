"""People who can sign in."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class User(SQLModel, table=True):
    """One account. Tokens and other tables know it by `id`; the address may change."""

    __tablename__ = "users"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=254)
    # The address as it is compared. Unique, so that of two registrations at once one fails.
    email_key: str = Field(max_length=510, unique=True)
    full_name: str = Field(default="", max_length=200)
    # None: no password was ever set, so no password is right.
    password_hash: str | None = Field(default=None, max_length=255)
    is_active: bool = True
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
