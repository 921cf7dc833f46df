"""Reading the trail that `events` writes: who did what to whom, when, and from where."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.user import AuthEvent, User
from app.services.auth.role_service import Actor


@dataclass(frozen=True, slots=True)
class EventInfo:
    """
    One event. An address is empty where its account is gone, or nobody was signed in.

    `actor_id` is empty where it was the person themselves, or the command line.
    """

    id: int
    at: datetime
    kind: str
    detail: str
    user_id: UUID | None
    user_email: str
    actor_id: UUID | None
    actor_email: str
    address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some of the events, the latest first; `next` asks for those before them."""

    items: list[EventInfo]
    next: int | None


async def list_events(
    session: AsyncSession,
    actor: Actor,
    *,
    user_id: UUID | None = None,
    before: int | None = None,
    limit: int = 50,
) -> EventPage:
    """The trail; of one account, if it is named: what befell it, and what it did to others."""
    actor.require("audit:read")
    whom, who = aliased(User), aliased(User)
    events = (
        select(AuthEvent, whom.email, who.email)
        .join(whom, col(whom.id) == col(AuthEvent.user_id), isouter=True)
        .join(who, col(who.id) == col(AuthEvent.actor_id), isouter=True)
        .order_by(col(AuthEvent.id).desc())
        .limit(limit + 1)
    )
    if user_id:
        events = events.where(or_(col(AuthEvent.user_id) == user_id, col(AuthEvent.actor_id) == user_id))
    if before:
        events = events.where(col(AuthEvent.id) < before)
    items = [
        EventInfo(**event.model_dump(exclude={"session_id"}), user_email=user or "", actor_email=by or "")
        for event, user, by in await session.exec(events)
    ]
    return EventPage(items[:limit], items[limit - 1].id if len(items) > limit else None)
