"""What tasks have done once and for all."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class TaskKey(SQLModel, table=True):
    """The note that something is done; it stands there exactly when its effect does."""

    __tablename__ = "task_keys"

    key: str = Field(primary_key=True, max_length=255)
    done_at: datetime = Field(sa_type=UtcDateTime, index=True)
