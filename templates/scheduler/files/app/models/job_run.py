"""Which runs of which job have been."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class JobRun(SQLModel, table=True):
    """One run of one job; the key is what makes it once."""

    __tablename__ = "job_runs"

    job: str = Field(primary_key=True, max_length=100)
    due: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str | None = Field(default=None, max_length=1000)
