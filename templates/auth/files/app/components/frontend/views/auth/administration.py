"""What the pages of administration share: as whom they act, and the way to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import flet as ft
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend import ui
from app.components.frontend.auth_gate import person
from app.components.frontend.views.auth import acts
from app.core.db import session_scope
from app.core.errors import AppError
from app.services.auth.role_service import Actor, actor_of
from app.services.auth.roles import ADMIN


@asynccontextmanager
async def as_actor(page: ft.Page) -> AsyncIterator[tuple[AsyncSession, Actor]]:
    """
    The person behind the running handler, and what they may do: found afresh each time.

    A hidden button can be fired by a forged frame, so what may be done is for the service to say.
    """
    who = await acts.somebody(page)
    async with session_scope() as session:
        yield session, await actor_of(session, who)


def refused(error: AppError) -> ft.Control:
    """What stands in place of a page that this person may not see."""
    return ui.notice("This page is not for everybody", error.message)


async def is_admin() -> bool:
    """Whether an admin is at the other end."""
    who = await person()
    if who is None:
        return False
    async with session_scope() as session:
        return (await actor_of(session, who)).role == ADMIN


async def admin_corner(_page: ft.Page) -> ft.Control:
    """The way to these pages, for admins."""
    icon = ft.Icons.GROUP_OUTLINED
    return ft.TextButton("Users", icon=icon, visible=await is_admin(), on_click=ui.to("/admin/users"))
