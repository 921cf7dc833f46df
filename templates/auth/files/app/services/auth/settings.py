"""How long sessions live and how often a password may be tried. Keys are in `app.core.security`."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.core.config import ModuleSettings

Positive = Annotated[int, Field(gt=0)]
Several = Annotated[int, Field(gt=1)]


class AuthSettings(ModuleSettings):
    """The settings of sign-in."""

    refresh_token_expire_days: Positive = 14
    refresh_token_absolute_days: Positive = 90
    refresh_reuse_window_seconds: Annotated[int, Field(ge=0, le=60)] = 10
    password_grant_enabled: bool = True

    rate_limit_enabled: bool = True
    sign_ins_per_minute: Several = 10
    registrations_per_hour: Several = 100
    mail_requests_per_hour: Several = 20
    lockout_free_failures: Several = 5
    lockout_first_seconds: Positive = 60
    lockout_max_seconds: Positive = 900
    account_failures_per_hour: Several = 100

    auth_events_keep_days: Positive = 365

    @property
    def idle_limit(self) -> timedelta:
        """How long a session lives without a refresh."""
        return timedelta(days=self.refresh_token_expire_days)

    @property
    def absolute_limit(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(days=self.refresh_token_absolute_days)

    @property
    def events_kept(self) -> timedelta:
        """How long the trail of what happened goes back."""
        return timedelta(days=self.auth_events_keep_days)

    def production_problems(self) -> list[str]:
        problems = super().production_problems()
        return problems if self.rate_limit_enabled else [*problems, "RATE_LIMIT_ENABLED must be true"]
