"""What the pages of administration share: whose act it is, and what becomes of a refusal."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import flet as ft
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.core.db import session_scope
from app.core.errors import AppError
from app.services.auth import sign_out
from app.services.auth.errors import NotSignedInError, ReauthenticationRequiredError
from app.services.auth.role_service import Actor, actor_of
from app.services.auth.roles import ADMIN

T = TypeVar("T")
Work = Callable[[AsyncSession, Actor], Awaitable[T]]


async def as_actor(work: Work[T]) -> T:
    """
    Do something as the person behind the running handler, found afresh each time.

    A hidden button can be fired by a forged frame, so what may be done is for the service to say.
    """
    who = await person()
    if who is None:
        raise NotSignedInError
    async with session_scope() as session:
        return await work(session, await actor_of(session, who))


async def attempt(page: ft.Page, work: Work[object]) -> None:
    """Do it, or say why not."""
    try:
        await as_actor(work)
    except NotSignedInError:
        await ui.leave(_sign_in(page))
    except ReauthenticationRequiredError as error:
        page.show_dialog(_step_up(page, error.message))
    except AppError as error:
        page.show_dialog(ft.SnackBar(error.message))


async def refused(page: ft.Page, error: AppError) -> ft.Control:
    """What stands in place of a page that this person may not see."""
    if isinstance(error, NotSignedInError):
        await ui.leave(_sign_in(page))
    return ui.notice("This page is not for everybody", error.message)


async def admin_corner(_page: ft.Page) -> ft.Control:
    """The way to these pages, for admins."""
    who = await person()
    if who is None:
        return ft.Text(visible=False)
    async with session_scope() as session:
        role = (await actor_of(session, who)).role
    icon = ft.Icons.GROUP_OUTLINED
    return ft.TextButton("Users", icon=icon, visible=role == ADMIN, on_click=ui.to("/admin/users"))


def _sign_in(page: ft.Page) -> str:
    return f"/login?{urlencode({'next': urlsplit(page.route).path})}"


def _step_up(page: ft.Page, message: str) -> ft.AlertDialog:
    async def again() -> None:
        who = await person()
        if who:
            async with session_scope() as session:
                await sign_out(session, who, client())
        await ui.leave(_sign_in(page))

    return ft.AlertDialog(
        title=ft.Text("Is it you?"),
        content=ft.Text(message),
        actions=[ft.TextButton("Sign in again", on_click=again)],
    )
