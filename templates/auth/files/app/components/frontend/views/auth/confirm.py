"""
Where links lead that confirm an address.

A click is asked for, because programs that look through mail follow links; and a sign-in, so that nobody
confirms for somebody else's account.
"""

from collections.abc import Awaitable, Callable

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.components.frontend.views.auth import acts, forms
from app.core.db import session_scope
from app.services.auth import email_service

Confirm = Callable[..., Awaitable[str]]


async def verify_email(page: ft.Page) -> ft.Control:
    """Draw the page that confirms the address of the account."""
    return await _draw(page, "Verify your address", email_service.confirm_verification)


async def confirm_email(page: ft.Page) -> ft.Control:
    """Draw the page that changes to a new address."""
    return await _draw(page, "Confirm your new address", email_service.confirm_change)


async def _draw(page: ft.Page, title: str, confirm: Confirm) -> ft.Control:
    token = forms.query(page).get("token", "")
    who = await person()
    if who is None:
        return await acts.to_login(page)

    async def click() -> None:
        async with acts.telling(), session_scope() as session:
            now = await acts.somebody(page)
            email = await confirm(session, now, token=token, client=client())
            said.value = f"Thank you. {email} is confirmed."
            button.visible = False

    said = ui.muted(f"This is for the account you are signed in to as {who.email}.")
    button = ft.FilledButton("Confirm", height=44, on_click=click)
    on = ft.TextButton("Go on to your account", on_click=ui.to("/account"))
    return forms.sheet(title, "One click, and it is done.", said, button, on)
