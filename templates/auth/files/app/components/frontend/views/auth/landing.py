"""Where a person lands who has signed in: the first page of what is theirs."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.components.frontend.views.auth.acts import to_login
from app.core.db import session_scope
from app.services.auth import sign_out


async def landing(page: ft.Page) -> ft.Control:
    """Draw it."""
    who = await person()
    if who is None:
        return await to_login(page)
    hello = f"Hello, {who.full_name}" if who.full_name else "Hello"
    words = ui.muted("Only people who are signed in see this page. Make it yours.")
    return ui.column(ui.title(hello, f"You are signed in as {who.email}."), ui.card(words), sign_out_button())


def sign_out_button() -> ft.Control:
    """The way out."""
    return ft.OutlinedButton("Sign out", icon=ft.Icons.LOGOUT_ROUNDED, on_click=_sign_out)


async def _sign_out() -> None:
    who = await person()
    if who:
        async with session_scope() as session:
            await sign_out(session, who, client())
    # The gate finds the session ended, and has the browser's cookies cleared.
    await ui.leave("/login")
