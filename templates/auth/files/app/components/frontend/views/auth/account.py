"""The page of a signed-in person, and the way to it in the bar of every page."""

from datetime import datetime
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import browser_cookies, client, person
from app.core.db import session_scope
from app.core.errors import AppError
from app.services.auth import SessionInfo, cookies, end_session, list_sessions, sign_out

_SIGN_IN = f"/login?{urlencode({'next': '/app'})}"
_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux"}


async def account(_page: ft.Page) -> ft.Control:
    """Draw the page of the person signed in."""
    who = await person()
    if who is None:
        await ui.leave(_SIGN_IN)
        return ui.muted("Sign in first.")
    rows = ft.Column(spacing=4)

    async def draw() -> None:
        async with session_scope() as session:
            rows.controls = [_row(info, end) for info in await list_sessions(session, who)]

    async def end(sid: UUID) -> None:
        now = await person()
        if now is None:
            await ui.leave(_SIGN_IN)
            return
        async with session_scope() as session:
            await end_session(session, now, sid, client())
        await draw()

    await draw()
    return ui.column(
        ui.title(f"Hello, {who.full_name}" if who.full_name else "Hello", f"You are signed in as {who.email}."),
        ui.card(ui.heading("Where you are signed in"), rows),
        ft.OutlinedButton("Sign out", icon=ft.Icons.LOGOUT_ROUNDED, on_click=_leave),
    )
