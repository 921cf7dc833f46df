"""The API keys of a signed-in person: made here, shown once, and revoked."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import acts, forms
from app.core.db import session_scope
from app.models.api_key import ApiKey
from app.services.auth.api_key_service import list_keys, make_key, revoke_key

DAYS = 90


async def api_keys_card(page: ft.Page) -> ft.Control:
    """Draw the list, and the way to one more. Every click asks afresh who it is, and the service judges."""
    rows = ft.Column(spacing=0)
    name = forms.text_field("Name of the program", None)
    writes = ft.Checkbox(label="It may also change things")

    async def draw(*fresh: ft.Control) -> None:
        who = await acts.somebody(page)
        async with session_scope() as session:
            rows.controls = [*(_row(key, revoke) for key in await list_keys(session, who)), *fresh]
        rows.visible = bool(rows.controls)

    async def make(values: dict[str, str]) -> None:
        scopes = ["write"] if writes.value is True else ["read"]
        who = await acts.somebody(page)
        async with session_scope() as session:
            _, key = await make_key(
                session, who, **values, scopes=scopes, expires_in_days=DAYS, client=client()
            )
        name.value = ""
        await draw(ui.muted("Copy it now: it is not shown again."), ft.Text(key, selectable=True, size=14))

    async def revoke(key_id: UUID) -> None:
        async with acts.telling(), session_scope() as session:
            await revoke_key(session, await acts.somebody(page), key_id, client())
        await draw()

    await draw()
    form = forms.Form({"name": name}, {"name": "Say what it is for."}, "Make a key", make, writes)
    return ui.card(ui.heading("Keys for your programs"), rows, form.control)


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
