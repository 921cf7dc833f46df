"""What the buttons of a signed-in person's pages share: who clicked, and what is said when they may not."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import person
from app.core.errors import AppError
from app.services.auth import Principal
from app.services.auth.errors import NotSignedInError, ReauthenticationRequiredError


async def to_login(page: ft.Page) -> ft.Control:
    """Send the tab to sign in and then back to this page; what is shown meanwhile."""
    await ui.leave(f"/login?{urlencode({'next': page.route})}")
    return ui.muted("Sign in first.")


async def somebody(page: ft.Page) -> Principal:
    """Who is behind the running handler; nobody is sent to sign in."""
    who = await person()
    if who is None:
        await to_login(page)
        raise NotSignedInError
    return who


@asynccontextmanager
async def telling() -> AsyncIterator[None]:
    """For a button without a form: a refusal is said at the foot of the page."""
    try:
        yield
    except ReauthenticationRequiredError:
        await sign_in_again()
    except AppError as error:
        say(error.message)


def say(words: str) -> None:
    """A line at the foot of the page, for a moment."""
    ft.context.page.show_dialog(ft.SnackBar(words))


def ask(question: str, words: str, yes: str, act: Callable[[], Awaitable[None]]) -> None:
    """Asks a second time before something that cannot be taken back."""
    page = ft.context.page

    async def go() -> None:
        page.pop_dialog()
        await act()

    buttons = [ft.TextButton("Cancel", on_click=page.pop_dialog), ft.FilledButton(yes, on_click=go)]
    page.show_dialog(ft.AlertDialog(title=ft.Text(question), content=ft.Text(words), actions=[*buttons]))


async def sign_in_again() -> None:
    """Go where the password is asked for once more, and come back to this page."""
    page = ft.context.page
    await page.push_route(f"/sign-in-again?{urlencode({'next': page.route})}")
