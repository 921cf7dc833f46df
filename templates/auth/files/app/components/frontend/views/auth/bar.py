"""What the bar of every page has for a person: their account, and the way out (ASVS 7.4.4)."""

from urllib.parse import urlsplit

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import browser_cookies, client, person
from app.core.db import session_scope
from app.services.auth import cookies, sign_out


async def account_corner(page: ft.Page) -> ft.Control:
    """The way to the account and the one out, or the one for signing in."""
    if await person():
        to_account = ft.TextButton(
            "Account", icon=ft.Icons.ACCOUNT_CIRCLE_OUTLINED, on_click=ui.to("/account")
        )
        way_out = ui.icon_button(ft.Icons.LOGOUT_ROUNDED, "Sign out", on_click=_sign_out)
        return ft.Row([to_account, way_out], spacing=4, tight=True)
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
