"""The page that tells who did what, when, and from where."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.views.auth import acts
from app.components.frontend.views.auth.administration import as_actor, refused
from app.core.errors import AppError
from app.services.auth import audit_service
from app.services.auth.audit_service import EventInfo


async def audit(page: ft.Page) -> ft.Control:
    """Draw the trail, the latest first."""
    rows, before = ft.Column(spacing=14), None
    more = ft.OutlinedButton("Show earlier ones")

    async def read() -> None:
        nonlocal before
        async with as_actor(page) as (session, actor):
            found = await audit_service.list_events(session, actor, before=before)
        rows.controls = [*rows.controls, *(_row(event) for event in found.items)]
        before, more.visible = found.next, found.next is not None

    async def earlier() -> None:
        async with acts.telling():
            await read()
        page.update()

    more.on_click = earlier
    try:
        await read()
    except AppError as error:
        return refused(error)
    return ui.column(ui.title("Audit trail", "Who did what, when, and from where."), ui.card(rows, more))


def _row(event: EventInfo) -> ft.Control:
    words = f"{event.kind} {event.detail}".replace("_", " ").strip().capitalize()
    by = event.actor_email or event.actor_id
    whom = str(event.user_email or event.user_id or "an unknown account")
    about = f"{event.at:%d %B %Y, %H:%M:%S} UTC · {event.address}"
    return ft.Column(
        [ft.Text(f"{words}: {whom}{f', by {by}' if by else ''}", size=15), ui.muted(about)], spacing=2
    )
