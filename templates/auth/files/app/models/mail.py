"""Mail that waits to be sent, and the tokens that mails have carried."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, utc_now

DUE = "sent_at IS NULL AND failed_at IS NULL"


class OutgoingMail(SQLModel, table=True):
    """
    One mail: what for, to whom, and about what. Its text and its token are made only when it is sent.

    Written in the transaction of its cause, so that there is never one without the other.
    """

    __tablename__ = "outgoing_mails"
    # What every process asks for each second: not among all that was sent.
    __table_args__ = (
        Index("ix_outgoing_mails_due", "next_try_at", sqlite_where=text(DUE), postgresql_where=text(DUE)),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    purpose: str = Field(max_length=40)
    recipient: str = Field(max_length=254)
    # A person, an invitation, …: what the purpose knows to look up.
    about_id: UUID | None = Field(default=None, index=True)
    attempts: int = 0
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    # While a process is at it, this is the end of its lease.
    next_try_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OneTimeToken(SQLModel, table=True):
    """The token that the latest try of a mail carried, by its hash; it goes with its mail and its person."""

    __tablename__ = "one_time_tokens"

    mail_id: UUID = Field(foreign_key="outgoing_mails.id", ondelete="CASCADE", primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    purpose: str = Field(max_length=40)
    token_hash: str = Field(max_length=64, unique=True)
    # Whoever has the token reads what is sent there. It proves no other address.
    email: str = Field(max_length=254)
    expires_at: datetime = Field(sa_type=UtcDateTime)
