"""Where a person is signed in, device by device, and the way to end that."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth.acts import somebody, telling
from app.core.db import session_scope
from app.services.auth import Principal, SessionInfo, end_session, list_sessions

# In this order: most browsers also call themselves by the names of those below them.
_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


async def sessions_card(page: ft.Page, who: Principal) -> ft.Control:
    """Draw the list."""
    rows = ft.Column(spacing=0)

    async def draw() -> None:
        async with session_scope() as session:
            rows.controls = [_row(info, end) for info in await list_sessions(session, who)]

    async def end(sid: UUID) -> None:
        async with telling(), session_scope() as session:
            now = await somebody(page)
            await end_session(session, now, sid, client())
        await draw()

    await draw()
    return ui.card(ui.heading("Where you are signed in"), rows)


def _row(info: SessionInfo, end: Callable[[UUID], Awaitable[None]]) -> ft.Control:
    async def click() -> None:
        await end(info.id)

    seen = "Active now" if info.current else f"Last active {info.last_seen_at:%d %B %Y, %H:%M} UTC"
    here = ft.Text("This browser", size=14, color=ft.Colors.TERTIARY)
    return ft.ListTile(
        title=ft.Text(device(info.user_agent), size=15),
        subtitle=ui.muted(f"{seen} · {info.address}"),
        leading=ft.Icon(ft.Icons.DEVICES_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=here if info.current else ft.TextButton("End", tooltip="Sign out there", on_click=click),
        content_padding=ft.Padding.symmetric(horizontal=4),
    )


def device(user_agent: str) -> str:
    """What a browser says it is, in a few words."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), None)
    system = next((name for name in _SYSTEMS if name in user_agent), None)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or user_agent[:40] or "Unknown device"
