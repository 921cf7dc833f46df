"""Who has which role."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class UserRole(SQLModel, table=True):
    """The role of one account. Without a row, the account is an ordinary user."""

    __tablename__ = "user_roles"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True)
    role: str = Field(max_length=20, index=True)
    granted_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
