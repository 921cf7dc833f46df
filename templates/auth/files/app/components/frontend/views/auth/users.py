"""The page to look after people's accounts."""

from collections.abc import Awaitable, Callable

import flet as ft
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import acts
from app.components.frontend.views.auth.administration import as_actor, refused
from app.core.errors import AppError
from app.services.auth import admin_service
from app.services.auth.admin_service import UserInfo
from app.services.auth.role_service import Actor
from app.services.auth.roles import ADMIN, ORDINARY, Role

PAGE = 20
Act = Callable[[Callable[[AsyncSession, Actor], Awaitable[UserInfo]]], Awaitable[None]]


async def users(page: ft.Page) -> ft.Control:
    """Draw the list of accounts, with what an admin can do about each."""
    search = ft.TextField(label="Search by email", border_radius=10, border_color=ft.Colors.OUTLINE)
    rows, count, shown = ft.Column(spacing=16), ui.muted(""), PAGE
    more = ft.OutlinedButton("Show more")

    async def draw() -> None:
        words = search.value if isinstance(search.value, str) else ""
        async with as_actor(page) as (session, actor):
            found = await admin_service.list_users(session, actor, search=words[:254], limit=shown)
        rows.controls = [_row(info, act) for info in found.items]
        count.value = f"{found.total} account{'' if found.total == 1 else 's'}"
        more.visible = found.total > shown

    async def act(work: Callable[[AsyncSession, Actor], Awaitable[UserInfo]]) -> None:
        async with acts.telling(), as_actor(page) as (session, actor):
            await work(session, actor)
        await redraw()

    async def redraw() -> None:
        try:
            await draw()
        except AppError as error:
            rows.controls = [ui.muted(error.message)]
        page.update()

    async def grow() -> None:
        nonlocal shown
        shown += PAGE
        await redraw()

    search.on_submit, more.on_click = redraw, grow
    try:
        await draw()
    except AppError as error:
        return refused(error)
    trail = ft.TextButton("Audit trail", icon=ft.Icons.HISTORY_ROUNDED, on_click=ui.to("/admin/audit"))
    return ui.column(
        ui.title("Users", "Everybody with an account here."), ui.card(search, count, rows, more), trail
    )


def _row(info: UserInfo, act: Act) -> ft.Control:
    async def turn_role() -> None:
        role: Role = ORDINARY if info.role == ADMIN else ADMIN
        await act(lambda session, actor: admin_service.set_role(session, actor, info.id, role, client()))

    async def turn_state() -> None:
        work = admin_service.deactivate if info.is_active else admin_service.activate
        await act(lambda session, actor: work(session, actor, info.id, client()))

    words = [info.full_name, info.role.capitalize(), "" if info.is_active else "Switched off"]
    role_words = "Make ordinary user" if info.role == ADMIN else "Make admin"
    state_words = "Switch off" if info.is_active else "Switch on"
    buttons = [
        ft.TextButton(role_words, tooltip=f"{role_words}: {info.email}", on_click=turn_role),
        ft.TextButton(state_words, tooltip=f"{state_words}: {info.email}", on_click=turn_state),
    ]
    about = ui.muted(" · ".join(word for word in words if word))
    return ft.Column([ft.Text(info.email, size=15), about, ft.Row([*buttons], wrap=True)], spacing=2)
