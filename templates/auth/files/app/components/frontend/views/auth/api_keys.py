"""The API keys of a signed-in person: made here, shown once, and revoked."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.core.db import session_scope
from app.core.errors import AppError
from app.models.api_key import ApiKey
from app.services.auth import Principal
from app.services.auth.api_key_service import list_keys, make_key, revoke_key
from app.services.auth.errors import NotSignedInError

DAYS = 90


async def api_keys_card(page: ft.Page) -> ft.Control:
    """Draw the list, and the way to one more. Every click asks afresh who it is, and the service judges."""
    rows, fresh = ft.Column(spacing=0), ft.Column(spacing=8)
    name = ft.TextField(label="Name of the program", border_radius=10, border_color=ft.Colors.OUTLINE)
    writes = ft.Checkbox(label="It may also change things")

    async def draw() -> None:
        async with session_scope() as session:
            rows.controls = [_row(key, revoke) for key in await list_keys(session, await _who())]

    async def make() -> None:
        # A client may set any property of a control to anything.
        text = name.value if isinstance(name.value, str) else ""
        scopes = ["write"] if writes.value is True else ["read"]
        name.error, fresh.controls = None, []
        try:
            async with session_scope() as session:
                _, key = await make_key(
                    session, await _who(), name=text, scopes=scopes, expires_in_days=DAYS, client=client()
                )
        except AppError as error:
            name.error = error.message
            return
        name.value, fresh.controls = "", _shown(key)
        await draw()

    async def revoke(key_id: UUID) -> None:
        try:
            async with session_scope() as session:
                await revoke_key(session, await _who(), key_id, client())
        except AppError as error:
            page.show_dialog(ft.SnackBar(error.message))
        await draw()

    name.on_submit = make
    await draw()
    button = ft.FilledButton("Make a key", height=44, on_click=make)
    return ui.card(ui.heading("Keys for your programs"), rows, fresh, name, writes, button)


async def _who() -> Principal:
    if (who := await person()) is None:
        raise NotSignedInError
    return who


def _shown(key: str) -> list[ft.Control]:
    return [ui.muted("Copy it now: it is not shown again."), ft.Text(key, selectable=True, size=14)]


def _row(key: ApiKey, revoke: Callable[[UUID], Awaitable[None]]) -> ft.Control:
    async def click() -> None:
        await revoke(key.id)

    may = "may change things" if "write" in key.scopes else "may read"
    used = f"last used {key.last_used_at:%d %B %Y}" if key.last_used_at else "never used"
    return ft.ListTile(
        title=ft.Text(key.name, size=15),
        subtitle=ui.muted(f"{may} · {used} · until {key.expires_at:%d %B %Y}"),
        leading=ft.Icon(ft.Icons.KEY_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=ft.TextButton("Revoke", tooltip=f"Revoke {key.name}", on_click=click),
        content_padding=ft.Padding.symmetric(horizontal=4),
    )
