"""API keys: what a person's programs show instead of a session."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now


class ApiKey(SQLModel, table=True):
    """One key, by its hash. Revoking it deletes the row; what became of it stands in the events."""

    __tablename__ = "api_keys"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    key_hash: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=100)
    # With spaces between them, as RFC 6749, 3.3 writes scopes.
    scope: str = Field(max_length=100)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def scopes(self) -> list[str]:
        """What it may do."""
        return self.scope.split()
