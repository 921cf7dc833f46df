"""The page to make an account."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import forms
from app.core.db import session_scope
from app.core.project import NAME
from app.services.auth import register as register_account

_REQUIRED = {"email": "Enter your email address.", "password": "Choose a password."}


async def register(page: ft.Page) -> ft.Control:
    """Draw the page to make an account."""
    onward = forms.wanted(page)
    if await forms.is_signed_in(onward):
        return ui.muted("You are signed in.")

    async def send(values: dict[str, str]) -> None:
        async with session_scope() as session:
            proof = await register_account(session, **values, client=client())
        await forms.hand_over(proof, onward)

    fields = {
        "full_name": forms.text_field("Name (optional)", ft.AutofillHint.NAME, autofocus=True),
        "email": forms.email_field(),
        "password": forms.password_field(ft.AutofillHint.NEW_PASSWORD, helper="At least 8 characters."),
    }
    return forms.sheet(
        "Create an account",
        f"To use {NAME}, and find it again as you left it.",
        forms.Form(fields, _REQUIRED, "Create account", send).control,
        forms.other_page("Sign in instead", "/login", onward),
    )
