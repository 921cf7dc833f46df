"""What the dashboard can be told."""

from typing import Annotated

from pydantic import Field

from app.core.config import ModuleSettings


class DashboardSettings(ModuleSettings):
    """How often it looks."""

    dashboard_refresh_seconds: Annotated[float, Field(ge=1, le=3600)] = 5
