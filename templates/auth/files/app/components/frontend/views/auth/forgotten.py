"""The way back in by mail: the page that asks for a link, and the one it leads to."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import forms
from app.core.db import session_scope
from app.services.auth import password_service, safe_next

_SENT = "If there is an account with this address, a mail is on its way. Its link works for half an hour."


async def forgot_password(_page: ft.Page) -> ft.Control:
    """Draw the page that asks for a link."""
    done = ui.muted("")

    async def send(values: dict[str, str]) -> None:
        async with session_scope() as session:
            await password_service.request_reset(session, email=values["email"], client=client())
        done.value = _SENT

    fields = {"email": forms.email_field(autofocus=True)}
    form = forms.Form(fields, {"email": "Enter your email address."}, "Send the link", send)
    back = ft.TextButton("Back to sign in", on_click=ui.to("/login"))
    return forms.sheet(
        "Forgot your password?", "A link to a new one comes by mail.", form.control, done, back
    )


async def reset_password(page: ft.Page) -> ft.Control:
    """Draw the page for a new password; whoever sets one is signed in with it."""
    token = forms.query(page).get("token", "")

    async def send(values: dict[str, str]) -> None:
        async with session_scope() as session:
            proof = await password_service.confirm_reset(session, token=token, **values, client=client())
        await forms.hand_over(proof, safe_next(None))

    hint = ft.AutofillHint.NEW_PASSWORD
    field = forms.password_field(hint, "New password", helper="At least 8 characters.", autofocus=True)
    form = forms.Form({"new_password": field}, {"new_password": "Choose a password."}, "Set password", send)
    again = ft.TextButton("Ask for a new link", on_click=ui.to("/forgot-password"))
    below = "You are signed in with it, and signed out everywhere else."
    return forms.sheet("Choose a new password", below, form.control, again)
