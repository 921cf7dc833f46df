"""Step-up: the page that asks for the password once more, before something that matters."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.components.frontend.views.auth import acts, forms
from app.core.db import session_scope
from app.services.auth import sign_in


async def sign_in_again(page: ft.Page) -> ft.Control:
    """Draw it; afterwards the tab is back where it came from, in a new session."""
    onward = forms.wanted(page)
    who = await person()
    if who is None:
        return await acts.to_login(page)

    async def send(values: dict[str, str]) -> None:
        now = await acts.somebody(page)
        async with session_scope() as session:
            proof = await sign_in(session, email=now.email, **values, client=client())
        await forms.hand_over(proof, onward)

    field = forms.password_field(ft.AutofillHint.PASSWORD, autofocus=True)
    form = forms.Form({"password": field}, {"password": "Enter your password."}, "Go on", send)
    below = f"To be sure it is you, {who.email}, enter your password again."
    # Not by a provider: it would let them through without asking for anything.
    by_mail = ft.TextButton("No password, or forgotten?", on_click=ui.to("/forgot-password"))
    return forms.sheet("Is it you?", below, form.control, by_mail)
