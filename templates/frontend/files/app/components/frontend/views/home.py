"""The first page: what this application is, whether it is well, and where its documentation lies."""

import flet as ft

from app.components.backend.health import readiness
from app.components.frontend import ui
from app.core.config import AppSettings, settings
from app.core.project import NAME

_DOCS = (
    ("API reference", "Every route, ready to try", "/docs", ft.Icons.CODE_ROUNDED),
    ("OpenAPI description", "The same for machines", "/openapi.json", ft.Icons.DATA_OBJECT_ROUNDED),
)
_PROBE = ("Readiness probe", "What a load balancer asks", "/health/ready", ft.Icons.MONITOR_HEART_OUTLINED)


async def home(_page: ft.Page) -> ft.Control:
    """Draw the first page."""
    parts = ft.Column(spacing=14)

    async def check() -> None:
        parts.controls = _health(await readiness())

    await check()
    again = ui.icon_button(ft.Icons.REFRESH_ROUNDED, "Check again", on_click=check)
    links = (_PROBE,) if settings(AppSettings).production else (*_DOCS, _PROBE)
    title = ft.Row([ui.heading("Health"), again], alignment=ft.MainAxisAlignment.SPACE_BETWEEN)
    return ui.column(
        ui.title(f"Welcome to {NAME}", "The application is running. This is its first page; make it yours."),
        ui.card(title, parts),
        ui.card(ui.heading("Documentation"), ft.Column([_link(*link) for link in links], spacing=0)),
    )


def _health(parts: dict[str, bool]) -> list[ft.Control]:
    return [_part("application", True), *(_part(name, well) for name, well in parts.items())]


def _part(name: str, well: bool) -> ft.Control:
    icon = ft.Icons.CHECK_CIRCLE_ROUNDED if well else ft.Icons.ERROR_ROUNDED
    colour = ft.Colors.TERTIARY if well else ft.Colors.ERROR
    state = ui.muted("Running" if well else "Not answering")
    return ft.Row([ft.Icon(icon, color=colour, size=20), ft.Text(name.capitalize(), expand=True), state])


def _link(title: str, text: str, address: str, icon: ft.IconData) -> ft.Control:
    return ft.ListTile(
        title=ft.Text(title, size=15),
        subtitle=ui.muted(text),
        leading=ft.Icon(icon, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.OUTLINE),
        url=ui.here(address),
        content_padding=ft.Padding.symmetric(horizontal=4),
        shape=ft.RoundedRectangleBorder(radius=10),
    )
