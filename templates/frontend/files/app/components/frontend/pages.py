"""Where every browser tab starts: which page stands at which address, and what happens when one fails."""

import secrets
from urllib.parse import urlsplit

import flet as ft

from app.components.frontend import ui
from app.components.frontend.parts import CORNER, VIEWS
from app.core.logging import get_logger
from app.core.project import NAME

log = get_logger(__name__)


async def main(page: ft.Page) -> None:
    """Begin a tab. Flet runs this once for each of its sessions, and a session has one owner (see shield)."""

    async def show() -> None:
        await _show(page)

    def report(message: str) -> None:
        reference = secrets.token_hex(4)
        log.error("page_handler_failed", reference=reference, error=message)
        page.show_dialog(ft.SnackBar(_apology(reference)))

    # Flet would send the browser the traceback of whatever fails, its own failures included.
    page.session.error = report  # type: ignore[method-assign]
    page.on_route_change = show
    ui.dress(page)
    await show()


async def _show(page: ft.Page) -> None:
    route = page.route
    title, draw = VIEWS.get(urlsplit(route).path.rstrip("/") or "/", ("Not found", _missing))
    try:
        corner = [await part(page) for part in CORNER]
        content = await draw(page)
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("page_failed", reference=reference)
        corner, content = [], ui.notice("This page cannot be shown", _apology(reference))
    if page.route != route:
        return  # the person has gone on while this page was drawn
    page.title = f"{title} · {NAME}"
    page.views = [ui.frame(route, NAME, corner, content)]
    page.update()


async def _missing(_page: ft.Page) -> ft.Control:
    return ui.notice("Nothing is here", "This address belongs to no page.")


def _apology(reference: str) -> str:
    return f"Something went wrong. If you report it, quote {reference}."
