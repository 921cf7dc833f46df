"""The page of the organisations one belongs to: opening one, and making one."""

from urllib.parse import urlencode

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client, person
from app.components.frontend.views.auth import acts, forms
from app.components.frontend.views.auth.org import org
from app.core.db import session_scope
from app.services.auth import org_service
from app.services.auth.org_service import OrgInfo

_REQUIRED = {"name": "An organisation needs a name.", "slug": "Choose an address."}


async def orgs(page: ft.Page) -> ft.Control:
    """Draw the list, or the organisation that the address asks for."""
    who = await person()
    if who is None:
        return await acts.to_login(page)
    if slug := forms.query(page).get("open"):
        return await org(page, slug)
    async with session_scope() as session:
        mine = [_row(info) for info in await org_service.my_orgs(session, who)]
    none = ui.muted("You belong to none yet. Make one, or open the link of an invitation.")
    return ui.column(
        ui.title("Organisations", "What you share with others."),
        ui.card(ft.Column([*mine], spacing=0) if mine else none),
        _new(page),
    )


def orgs_card() -> ft.Control:
    """The way to that page."""
    there = ft.OutlinedButton("Your organisations", on_click=ui.to("/orgs"))
    return ui.card(ui.heading("Organisations"), ui.muted("What you share with others."), ft.Row([there]))


def _row(info: OrgInfo) -> ft.Control:
    return ft.ListTile(
        title=ft.Text(info.name, size=15),
        subtitle=ui.muted(f"{info.slug} · {info.role.capitalize()}"),
        leading=ft.Icon(ft.Icons.APARTMENT_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.OUTLINE),
        on_click=ui.to(_address(info.slug)),
        content_padding=ft.Padding.symmetric(horizontal=4),
        shape=ft.RoundedRectangleBorder(radius=10),
    )


def _new(page: ft.Page) -> ft.Control:
    async def send(values: dict[str, str]) -> None:
        who = await acts.somebody(page)
        async with session_scope() as session:
            made = await org_service.create_org(session, who, **values, client=client())
        await page.push_route(_address(made.slug))

    helper = "Small letters, digits and hyphens. It stays as it is."
    fields = {
        "name": forms.text_field("Name", ft.AutofillHint.ORGANIZATION_NAME),
        "slug": forms.text_field("Address", None, helper=helper),
    }
    form = forms.Form(fields, _REQUIRED, "Make an organisation", send)
    return ui.card(ui.heading("A new one"), form.control)


def _address(slug: str) -> str:
    return f"/orgs?{urlencode({'open': slug})}"
