"""Flet, mounted in the application: whatever no route of the API takes is a page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import flet_web.fastapi as flet_web
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from app.components.frontend.shield import shield
from app.core.project import NAME

# How long Flet keeps the state of a tab that is not connected, half-typed text included.
KEEP_SECONDS = 15 * 60


class PageApp:
    """The pages as one ASGI app, made anew at each start: Flet deletes its files when it stops."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            raise RuntimeError("the pages are served only inside frontend_lifespan")
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve the pages while this context lasts."""
        # Here, because pages may use any part of the app, and the app's list of parts holds this module.
        from app.components.frontend.pages import main
        from app.components.frontend.parts import GATES, SCRIPTS

        await _manager.start()
        flet = flet_web.app(
            main,
            assets_dir=str(Path(__file__).parent / "assets"),
            app_name=NAME,
            app_description=f"The pages of {NAME}",
            no_cdn=True,
            session_timeout_seconds=KEEP_SECONDS,
        )
        self._app = shield(flet, GATES, SCRIPTS)
        try:
            yield
        finally:
            self._app = None
            await _manager.shutdown()


page_app = PageApp()
_manager: Any = flet_web.app_manager  # its methods have no types


@asynccontextmanager
async def frontend_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Start and stop Flet with the application."""
    async with page_app.running():
        yield
