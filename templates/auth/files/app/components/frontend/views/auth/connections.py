"""The card of the account page that connects accounts elsewhere."""

from collections.abc import Awaitable, Callable

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import browser_cookies, client
from app.components.frontend.connection import connection
from app.components.frontend.views.auth import acts
from app.components.frontend.views.auth.providers import refusal
from app.core.db import session_scope
from app.core.errors import AppError
from app.core.network import own_origin
from app.services.auth import Principal, cookies
from app.services.auth.oauth import accounts, flow
from app.services.auth.oauth.accounts import Connection
from app.services.auth.oauth.provider import Provider
from app.services.auth.oauth.providers import configured

Draw = Callable[[], Awaitable[None]]


async def connections(page: ft.Page, who: Principal) -> ft.Control:
    """Draw the card for the person signed in."""
    rows = ft.Column(spacing=0)

    async def draw() -> None:
        async with session_scope() as session:
            held = {one.provider: one for one in await accounts.connections(session, who.user_id)}
        rows.controls = [_row(page, provider, held.get(provider.name), draw) for provider in configured()]

    await draw()
    card = ui.card(ui.heading("Accounts you can sign in with"), *refusal(page), rows)
    card.visible = bool(rows.controls)
    return card


def _row(page: ft.Page, provider: Provider, held: Connection | None, draw: Draw) -> ft.Control:
    async def click() -> None:
        async with acts.telling():
            who = await acts.somebody(page)
            await (_disconnect(provider, who) if held else _connect(provider, who))
            await draw()

    return ft.ListTile(
        title=ft.Text(provider.title, size=15),
        subtitle=ui.muted(held.email if held else "Not connected"),
        leading=ft.Icon(ft.Icons.LINK_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=ft.TextButton("Disconnect" if held else "Connect", on_click=click),
        content_padding=ft.Padding.symmetric(horizontal=4),
    )


async def _connect(provider: Provider, who: Principal) -> None:
    """Go to the provider. Begun by an event of this connection, so no other site can have begun it."""
    nonce = cookies.read(browser_cookies(), "nonce")
    if nonce is None:
        raise AppError("The browser sent no cookies. Allow them for this site, then load the page again.")
    origin = own_origin({"scheme": "http", "headers": connection().headers.raw})
    async with session_scope() as session:
        browser = flow.Browser(nonce, client())
        url = await flow.begin_connecting(session, provider, browser, who, origin)
    await ui.leave(url)


async def _disconnect(provider: Provider, who: Principal) -> None:
    async with session_scope() as session:
        await accounts.disconnect(session, who, provider, client())
