"""The page of a signed-in person, and the way to it in the bar of every page."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import browser_cookies, client, person
from app.components.frontend.views.auth.api_keys import api_keys_card
from app.core.db import session_scope
from app.core.errors import AppError
from app.services.auth import SessionInfo, cookies, end_session, list_sessions, sign_out

_SIGN_IN = f"/login?{urlencode({'next': '/app'})}"
# In this order: most browsers also call themselves by the names of those below them.
_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


async def account(page: ft.Page) -> ft.Control:
    """Draw the page of the person signed in."""
    who = await person()
    if who is None:
        await ui.leave(_SIGN_IN)
        return ui.muted("Sign in first.")
    rows = ft.Column(spacing=0)

    async def draw() -> None:
        async with session_scope() as session:
            rows.controls = [_row(info, end) for info in await list_sessions(session, who)]

    async def end(sid: UUID) -> None:
        now = await person()
        if now is None:
            await ui.leave(_SIGN_IN)
            return
        try:
            async with session_scope() as session:
                await end_session(session, now, sid, client())
        except AppError as error:
            page.show_dialog(ft.SnackBar(error.message))
        await draw()

    await draw()
    hello = f"Hello, {who.full_name}" if who.full_name else "Hello"
    return ui.column(
        ui.title(hello, f"You are signed in as {who.email}."),
        ui.card(ui.heading("Where you are signed in"), rows),
        await api_keys_card(page),
        ft.OutlinedButton("Sign out", icon=ft.Icons.LOGOUT_ROUNDED, on_click=_sign_out),
    )


async def account_corner(page: ft.Page) -> ft.Control:
    """The way to that page, or to the one for signing in."""
    if await person():
        icon = ft.Icons.ACCOUNT_CIRCLE_OUTLINED
        return ft.TextButton("Account", icon=icon, on_click=ui.to("/app"))
    if cookies.read(browser_cookies(), "signed_in"):
        # This connection's session is over, and its browser may have another: a page load finds out.
        await ui.leave(page.route)
    shown = urlsplit(page.route).path not in {"/login", "/register"}
    return ft.TextButton("Sign in", visible=shown, on_click=ui.to("/login"))


async def _sign_out() -> None:
    who = await person()
    if who:
        async with session_scope() as session:
            await sign_out(session, who, client())
    # The gate finds the session ended, and has the browser's cookies cleared.
    await ui.leave("/login")


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
