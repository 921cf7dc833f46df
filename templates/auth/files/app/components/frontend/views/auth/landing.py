"""Where a person lands who has signed in: the first page of what is theirs."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import person
from app.components.frontend.views.auth.acts import to_login


async def landing(page: ft.Page) -> ft.Control:
    """Draw it."""
    who = await person()
    if who is None:
        return await to_login(page)
    hello = f"Hello, {who.full_name}" if who.full_name else "Hello"
    words = ui.muted("Only people who are signed in see this page. Make it yours.")
    return ui.column(ui.title(hello, f"You are signed in as {who.email}."), ui.card(words))
