"""What all pages share: colours, the frame round a page, and a few well-made pieces."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import flet as ft

Draw = Callable[[ft.Page], Awaitable[ft.Control]]
"""Draws a page, or a part of one, for the connection of the moment."""

WIDTH = 640
_LIGHT = ft.ColorScheme(
    primary="#3f51b5",
    on_primary="#ffffff",
    surface="#f7f8fa",
    on_surface="#1b1d23",
    on_surface_variant="#565d6d",
    surface_container_lowest="#ffffff",
    outline="#8a91a3",
    outline_variant="#dfe2ea",
    tertiary="#1f7a4d",
    error="#b3261e",
)
_DARK = ft.ColorScheme(
    primary="#aab6ff",
    on_primary="#111d5c",
    surface="#111318",
    on_surface="#e4e6ec",
    on_surface_variant="#a3aaba",
    surface_container_lowest="#1a1d24",
    outline="#737b8d",
    outline_variant="#2d323d",
    tertiary="#7fd3a5",
    error="#ffb4ab",
)


def dress(page: ft.Page) -> None:
    """Give the page its colours; light or dark follows the browser."""
    page.theme = ft.Theme(color_scheme=_LIGHT)
    page.dark_theme = ft.Theme(color_scheme=_DARK)


def frame(route: str, name: str, corner: Sequence[ft.Control], content: ft.Control) -> ft.View:
    """A whole page: the bar on top, the content in one calm column below."""
    home = ft.TextButton(ft.Text(name, size=16, color=ft.Colors.ON_SURFACE), url=here("/"), tooltip="Home")
    rest = ft.Row(list(corner), wrap=True, expand=True, spacing=4, alignment=ft.MainAxisAlignment.END)
    line = ft.Border(bottom=ft.BorderSide(1, ft.Colors.OUTLINE_VARIANT))
    return ft.View(
        route=route,
        padding=0,
        spacing=0,
        bgcolor=ft.Colors.SURFACE,
        scroll=ft.ScrollMode.AUTO,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        controls=[
            ft.Container(ft.Row([home, rest]), padding=ft.Padding(12, 8, 12, 8), border=line),
            ft.Container(content, padding=ft.Padding.only(left=16, right=16, top=40, bottom=48)),
        ],
    )


def title(text: str, below: str) -> ft.Control:
    """What a page is, and a quiet line on it."""
    return ft.Column([ft.Text(text, size=28), muted(below)], spacing=6)


def heading(text: str) -> ft.Text:
    """What a card is about."""
    return ft.Text(text, size=17)


def muted(text: str) -> ft.Text:
    """A quiet line."""
    return ft.Text(text, size=14, color=ft.Colors.ON_SURFACE_VARIANT)


def icon_button(icon: ft.IconData, words: str, **more: Any) -> ft.IconButton:
    """A button without text; the words are its name for those who cannot see it, and its tooltip."""
    return ft.IconButton(ft.Icon(icon, semantics_label=words), tooltip=words, **more)


def card(*controls: ft.Control, width: int = WIDTH) -> ft.Control:
    """A sheet that holds what belongs together; as wide as the window where that is narrower."""
    stretch = ft.CrossAxisAlignment.STRETCH
    return ft.Container(
        ft.Column(list(controls), spacing=16, tight=True, horizontal_alignment=stretch),
        width=width,
        padding=24,
        border_radius=16,
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOWEST,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
    )


def column(*controls: ft.Control, width: int = WIDTH) -> ft.Control:
    """The pieces of a page, one below the other."""
    return ft.Column(list(controls), spacing=20, width=width)


def notice(text: str, below: str) -> ft.Control:
    """A page that only says something."""
    return column(title(text, below), ft.OutlinedButton("Back to the start", url=here("/")))


def here(address: str) -> ft.Url:
    """A link that opens in this tab."""
    return ft.Url(address, ft.UrlTarget.SELF)


async def leave(address: str) -> None:
    """Send the running handler's tab to an address of this server: a new page load, and a new handshake."""
    with contextlib.suppress(TimeoutError):  # the tab may be gone before it can answer
        await asyncio.wait_for(ft.UrlLauncher().launch_url(address, web_only_window_name="_self"), 5)


def to(route: str) -> Callable[[], Awaitable[None]]:
    """A handler that goes on to another page without loading the application anew."""

    async def go() -> None:
        await ft.context.page.push_route(route)

    return go
