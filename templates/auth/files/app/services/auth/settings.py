"""Settings of sign-in; keys and hash costs are in `app.core.security`."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.core.config import ModuleSettings

Positive = Annotated[int, Field(gt=0)]


class AuthSettings(ModuleSettings):
    """How long sessions live and how often a password may be tried."""

    refresh_token_expire_days: Positive = 14
    refresh_token_absolute_days: Positive = 90
    refresh_reuse_window_seconds: Annotated[int, Field(ge=0, le=60)] = 10
    password_grant_enabled: bool = True

    rate_limit_enabled: bool = True
    sign_ins_per_minute: Positive = 10
    registrations_per_hour: Positive = 100
    lockout_free_failures: Positive = 5
    lockout_first_seconds: Positive = 60
    lockout_max_seconds: Positive = 900
    account_failures_per_hour: Positive = 100

    @property
    def idle_limit(self) -> timedelta:
        """How long a session lives without a refresh."""
        return timedelta(days=self.refresh_token_expire_days)

    @property
    def absolute_limit(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(days=self.refresh_token_absolute_days)

    @property
    def reuse_window(self) -> timedelta:
        """How long a rotated refresh token still leads to its successor."""
        return timedelta(seconds=self.refresh_reuse_window_seconds)

    def production_problems(self) -> list[str]:
        """Refuses to run without limits."""
        problems = super().production_problems()
        if not self.rate_limit_enabled:
            problems.append("RATE_LIMIT_ENABLED must be true in production")
        return problems
