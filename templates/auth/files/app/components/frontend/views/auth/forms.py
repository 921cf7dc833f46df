"""A form whose errors stand beside their field, and the way from a right password to a signed-in browser."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import browser_cookies, person
from app.components.frontend.views.auth.acts import sign_in_again
from app.core.db import session_scope
from app.core.errors import AppError
from app.services.auth import SignIn, cookies, make_ticket, safe_next, ticket_url
from app.services.auth.errors import ReauthenticationRequiredError

Send = Callable[[dict[str, str]], Awaitable[None]]
WIDTH = 400


class Form:
    """Fields, what is chosen besides, a button, and what becomes of them; Enter in any field sends it."""

    def __init__(
        self,
        fields: dict[str, ft.TextField],
        required: dict[str, str],
        action: str,
        send: Send,
        *besides: ft.Control,
    ) -> None:
        self.fields = fields
        self.required = required
        self.send = send
        self.besides = besides
        self.button = ft.FilledButton(action, height=44, on_click=self.submit)
        self.secrets = [field for field in fields.values() if field.password]
        for field in fields.values():
            field.on_submit = self.submit

    @property
    def control(self) -> ft.Control:
        """What is shown."""
        stretch = ft.CrossAxisAlignment.STRETCH
        pieces: list[ft.Control] = [*self.fields.values(), *self.besides, self.button]
        return ft.AutofillGroup(ft.Column(pieces, spacing=16, tight=True, horizontal_alignment=stretch))

    async def submit(self) -> None:
        """Send what stands in the fields, and say beside them what is wrong with it."""
        if self.button.disabled:
            return
        values = {name: _text(field) for name, field in self.fields.items()}
        missing = {name: words for name, words in self.required.items() if not values[name]}
        self._say(missing)
        if not missing:
            self.button.disabled = True
            self.button.update()
            try:
                await self.send(values)
                for field in self.secrets:  # Flet keeps a page's state after its tab has left
                    field.value = ""
            except ReauthenticationRequiredError:
                await sign_in_again()
            except AppError as error:
                named = error.field if error.field in self.fields else list(self.fields)[-1]
                missing = {named: error.message}
            finally:
                self.button.disabled = False
                self._say(missing)
        if missing:
            await self.fields[next(iter(missing))].focus()  # type: ignore[no-untyped-call]

    def _say(self, words: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.error = words.get(name)
        ft.context.page.update()


def text_field(label: str, hint: ft.AutofillHint | None, **more: Any) -> ft.TextField:
    """A field of a form."""
    return ft.TextField(
        label=label, autofill_hints=hint, border_radius=10, border_color=ft.Colors.OUTLINE, **more
    )


def email_field(**more: Any) -> ft.TextField:
    """Where an address goes."""
    return text_field("Email", ft.AutofillHint.EMAIL, keyboard_type=ft.KeyboardType.EMAIL, **more)


def password_field(hint: ft.AutofillHint, label: str = "Password", **more: Any) -> ft.TextField:
    """Where a password goes; it can be shown."""
    field = text_field(label, hint, password=True, **more)

    def turn() -> None:
        field.password = not field.password
        field.suffix_icon = eye()

    def eye() -> ft.Control:
        if field.password:
            return ui.icon_button(ft.Icons.VISIBILITY_OUTLINED, "Show password", on_click=turn)
        return ui.icon_button(ft.Icons.VISIBILITY_OFF_OUTLINED, "Hide password", on_click=turn)

    field.suffix_icon = eye()
    return field


def sheet(title: str, below: str, *controls: ft.Control) -> ft.Control:
    """The card that a form stands on."""
    return ui.column(ui.title(title, below), ui.card(*controls, width=WIDTH), width=WIDTH)


def wanted(page: ft.Page) -> str:
    """Where the person wants to go once signed in."""
    return safe_next(query(page).get("next"))


def came_late(page: ft.Page) -> bool:
    """Whether an earlier sign-in of this tab took too long to be completed."""
    return query(page).get("error") == "ticket"


def other_page(text: str, route: str, onward: str) -> ft.Control:
    """The way to the other form, which leads to the same place afterwards."""
    return ft.TextButton(text, on_click=ui.to(f"{route}?{urlencode({'next': onward})}"))


async def is_signed_in(onward: str) -> bool:
    """Whether there is nothing to sign in to any more; then the tab goes on by itself."""
    if await person() is None:
        return False
    await ui.leave(onward)
    return True


async def hand_over(proof: SignIn, onward: str) -> None:
    """Send the tab to fetch its cookies: a page cannot set one that scripts cannot read."""
    nonce = cookies.read(browser_cookies(), "nonce")
    if nonce is None:
        raise AppError("The browser sent no cookies. Allow them for this site, then load the page again.")
    async with session_scope() as session:
        ticket = await make_ticket(session, proof, nonce)
    await ui.leave(ticket_url(ticket, onward))


def query(page: ft.Page) -> dict[str, str]:
    """What the page's address says behind the question mark."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.route).query).items()}


def _text(field: ft.TextField) -> str:
    # A client may set any property of a control to anything.
    return field.value if isinstance(field.value, str) else ""
