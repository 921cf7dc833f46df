"""The page where a person looks after their account, and the way to it in the bar of every page."""

from urllib.parse import urlsplit

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import browser_cookies, person
from app.components.frontend.views.auth.account_cards import delete_card, email_card, name_card, password_card
from app.components.frontend.views.auth.acts import to_login
from app.components.frontend.views.auth.landing import sign_out_button
from app.components.frontend.views.auth.sessions import sessions_card
from app.core.db import session_scope
from app.models.user import User
from app.services.auth import cookies


async def account(page: ft.Page) -> ft.Control:
    """Draw the page of the person signed in."""
    who = await person()
    if who is None:
        return await to_login(page)
    async with session_scope() as session:
        user = await session.get_one(User, who.user_id)
    return ui.column(
        ui.title("Account", f"You are signed in as {user.email}."),
        name_card(page, user),
        email_card(page, user),
        password_card(page, user),
        await sessions_card(page, who),
        delete_card(page),
        sign_out_button(),
    )


async def account_corner(page: ft.Page) -> ft.Control:
    """The way to that page, or to the one for signing in."""
    if await person():
        icon = ft.Icons.ACCOUNT_CIRCLE_OUTLINED
        return ft.TextButton("Account", icon=icon, on_click=ui.to("/account"))
    if cookies.read(browser_cookies(), "signed_in"):
        # This connection's session is over, and its browser may have another: a page load finds out.
        await ui.leave(page.route)
    shown = urlsplit(page.route).path not in {"/login", "/register"}
    return ft.TextButton("Sign in", visible=shown, on_click=ui.to("/login"))
