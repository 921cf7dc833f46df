"""A signed-in person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.models.base import utc_now
from app.services.auth.errors import ReauthenticationRequiredError

RECENT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who is known by a session that is alive. Made by `identity` alone."""

    user_id: UUID
    sid: UUID
    email: str
    full_name: str
    authenticated_at: datetime

    def require_recent(self) -> None:
        """Step-up: some acts need a sign-in that is not older than ten minutes."""
        if utc_now() - self.authenticated_at > RECENT:
            raise ReauthenticationRequiredError
