"""The ways to sign in with an account elsewhere, and what came of the last try."""

from urllib.parse import parse_qs, urlencode, urlsplit

import flet as ft

from app.components.frontend import ui
from app.services.auth.oauth.errors import sentence
from app.services.auth.oauth.provider import Provider
from app.services.auth.oauth.providers import configured


def provider_buttons(onward: str) -> list[ft.Control]:
    """A button for each provider that is set up."""
    return [_button(provider, onward) for provider in configured()]


def refusal(page: ft.Page) -> list[ft.Control]:
    """Why the provider's answer was not taken, if that is what brought the person here."""
    codes = parse_qs(urlsplit(page.route).query).get("error")
    words = sentence(codes[0] if codes else None)
    return [ft.Text(words, size=14, color=ft.Colors.ERROR)] if words else []


def _button(provider: Provider, onward: str) -> ft.Control:
    address = f"/api/v1/auth/oauth/{provider.name}/start?{urlencode({'next': onward})}"

    async def go() -> None:
        await ui.leave(address)

    return ft.OutlinedButton(f"Continue with {provider.title}", height=44, on_click=go)
