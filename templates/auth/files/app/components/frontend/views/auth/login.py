"""The page to sign in."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import forms
from app.core.db import session_scope
from app.core.project import NAME
from app.services.auth import sign_in

_REQUIRED = {"email": "Enter your email address.", "password": "Enter your password."}


async def login(page: ft.Page) -> ft.Control:
    """Draw the page to sign in."""
    onward = forms.wanted(page)
    if await forms.is_signed_in(onward):
        return ui.muted("You are signed in.")

    async def send(values: dict[str, str]) -> None:
        async with session_scope() as session:
            proof = await sign_in(session, **values, client=client())
        await forms.hand_over(proof, onward)

    fields = {
        "email": forms.email_field(autofocus=True),
        "password": forms.password_field(ft.AutofillHint.PASSWORD),
    }
    late = [ui.muted("That took too long. Please sign in again.")] if forms.came_late(page) else []
    return forms.sheet(
        "Sign in",
        f"Welcome back to {NAME}.",
        *late,
        forms.Form(fields, _REQUIRED, "Sign in", send).control,
        ft.TextButton("Forgot your password?", on_click=ui.to("/forgot-password")),
        forms.other_page("Create an account instead", "/register", onward),
    )
