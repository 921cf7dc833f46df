"""In development the page is there for everybody; in production its address belongs to no page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.components.dashboard.corner import PATH, dashboard_corner
from app.core.config import AppSettings, settings


@asynccontextmanager
async def dashboard_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """List the page and the way to it while the app runs, but in production."""
    # Here, because the page asks the app's list of parts, and that list holds this module.
    from app.components.dashboard.page import dashboard
    from app.components.frontend.parts import CORNER, VIEWS

    if settings(AppSettings).production:
        yield
        return
    VIEWS[PATH] = ("Dashboard", dashboard)
    CORNER.insert(0, dashboard_corner)
    try:
        yield
    finally:
        VIEWS.pop(PATH)
        CORNER.remove(dashboard_corner)
