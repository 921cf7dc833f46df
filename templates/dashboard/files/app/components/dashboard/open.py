"""In development the page is there for everybody; in production its address belongs to no page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.core.config import AppSettings, settings

PATH = "/dashboard"


@asynccontextmanager
async def dashboard_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """List the page while the app runs, but in production."""
    # Here, because the page asks the app's list of parts, and that list holds this module.
    from app.components.dashboard.page import dashboard
    from app.components.frontend.parts import VIEWS

    if not settings(AppSettings).production:
        VIEWS[PATH] = ("Dashboard", dashboard)
    try:
        yield
    finally:
        VIEWS.pop(PATH, None)
