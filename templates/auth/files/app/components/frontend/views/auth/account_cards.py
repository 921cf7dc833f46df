"""The cards of the account page: name, address, password, and leaving."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import acts, forms
from app.core.db import session_scope
from app.models.user import User
from app.services.auth import account_service, email_service, password_service, rename


def name_card(page: ft.Page, user: User) -> ft.Control:
    """What the person is called."""

    async def send(values: dict[str, str]) -> None:
        who = await acts.somebody(page)
        async with session_scope() as session:
            await rename(session, who.user_id, values["full_name"], client())
        acts.say("Your name is saved.")

    field = forms.text_field("Name", ft.AutofillHint.NAME, value=user.full_name)
    return ui.card(ui.heading("Name"), forms.Form({"full_name": field}, {}, "Save name", send).control)


def email_card(page: ft.Page, user: User) -> ft.Control:
    """The person's address: whether it is verified, and a new one."""

    async def verify() -> None:
        async with acts.telling(), session_scope() as session:
            who = await acts.somebody(page)
            await email_service.request_verification(session, who, client())
            acts.say(f"A mail is on its way to {who.email}.")

    async def send(values: dict[str, str]) -> None:
        who = await acts.somebody(page)
        async with session_scope() as session:
            await email_service.request_change(session, who, email=values["email"], client=client())
        acts.say("A mail is on its way to the new address. Open the link in it to change to it.")

    again = ft.TextButton("Send a link to verify it", on_click=verify)
    state = [ui.muted("Verified.")] if user.email_verified_at else [ui.muted("Not verified yet."), again]
    field = forms.text_field("New email", ft.AutofillHint.EMAIL, keyboard_type=ft.KeyboardType.EMAIL)
    required = {"email": "Enter the new address."}
    form = forms.Form({"email": field}, required, "Change email", send)
    return ui.card(ui.heading("Email"), ft.Text(user.email), *state, form.control)


def password_card(page: ft.Page, user: User) -> ft.Control:
    """A new password by the one before; the first one by mail."""

    async def by_mail() -> None:
        async with acts.telling(), session_scope() as session:
            who = await acts.somebody(page)
            who.require_recent()
            await password_service.request_reset(session, email=who.email, client=client())
            acts.say(f"A mail is on its way to {who.email}.")

    async def send(values: dict[str, str]) -> None:
        who = await acts.somebody(page)
        async with session_scope() as session:
            await password_service.change_password(session, who, **values, client=client())
        acts.say("Your password is changed. Other devices were signed out.")

    if user.password_hash is None:
        none = ui.muted("You sign in without one.")
        return ui.card(ui.heading("Password"), none, ft.TextButton("Set one by mail", on_click=by_mail))
    fields = {
        "current_password": forms.password_field(ft.AutofillHint.PASSWORD, "Current password"),
        "new_password": forms.password_field(
            ft.AutofillHint.NEW_PASSWORD, "New password", helper="At least 8 characters."
        ),
    }
    required = {"current_password": "Enter your current password.", "new_password": "Choose a password."}
    return ui.card(ui.heading("Password"), forms.Form(fields, required, "Change password", send).control)


def delete_card(page: ft.Page) -> ft.Control:
    """The end of the account, asked for twice."""

    async def delete() -> None:
        async with acts.telling(), session_scope() as session:
            who = await acts.somebody(page)
            await account_service.delete_account(session, who, client())
            await ui.leave("/")

    def ask() -> None:
        words = "The account and everything in it goes, and cannot be brought back."
        acts.ask("Delete your account?", words, "Delete for good", delete)

    return ui.card(
        ui.heading("Leave"),
        ui.muted("Deletes your account, and signs you out everywhere."),
        ft.Row([ft.OutlinedButton("Delete account", on_click=ask)]),
    )
