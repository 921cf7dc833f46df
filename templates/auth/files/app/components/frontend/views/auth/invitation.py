"""
Where the link of an invitation leads.

A click is asked for, because programs that look through mail follow links; and a sign-in, because an
invitation is for the account whose address it went to.
"""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.components.frontend.views.auth import acts, forms
from app.core.db import session_scope
from app.services.auth.invitation_service import accept_invitation


async def invitation(page: ft.Page) -> ft.Control:
    """Draw the page that joins an organisation."""
    token = forms.query(page).get("token", "")
    who = await person()
    if who is None:
        return await acts.to_login(page)

    async def click() -> None:
        async with acts.telling(), session_scope() as session:
            org = await accept_invitation(session, await acts.somebody(page), token, client())
            said.value = f"Welcome. You belong to {org.name} now, as {org.role}."
            button.visible = False

    said = ui.muted(f"This is for the account you are signed in to as {who.email}.")
    button = ft.FilledButton("Join", height=44, on_click=click)
    return forms.sheet("You are invited", "One click, and you belong to an organisation.", said, button)
