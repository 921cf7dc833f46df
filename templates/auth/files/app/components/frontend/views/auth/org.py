"""The page of one organisation: its people, and what its owners and admins do about it."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import acts, forms
from app.components.frontend.views.auth.membership import Act, Work, as_member
from app.components.frontend.views.auth.org_people import invitations_card, members_card
from app.core.errors import AppError
from app.services.auth import invitation_service, member_service, org_service
from app.services.auth.org_guard import Member
from app.services.auth.org_roles import MEMBER, OWNER
from app.services.auth.org_service import OrgInfo

PAGE = 50


async def org(page: ft.Page, slug: str) -> ft.Control:
    """Draw it for the person signed in, who may be a stranger to it."""
    cards, shown = ft.Column(spacing=20), PAGE

    async def draw() -> None:
        async with as_member(page, slug) as (session, me):
            info = await org_service.read_org(session, me)
            people = await member_service.list_members(session, me, limit=shown + 1)
            above = me.role != MEMBER
            invited = await invitation_service.list_invitations(session, me) if above else []
        more = ft.OutlinedButton("Show more", visible=len(people) > shown, on_click=grow)
        cards.controls = [
            ui.title(info.name, f"{info.slug} · you are {'a member' if not above else f'its {me.role}'}"),
            members_card(me, people[:shown], act, more),
            *([invitations_card(invited, act, send), _name_card(info, send)] if above else []),
            _end_card(page, me),
        ]

    async def redraw() -> None:
        try:
            await draw()
        except AppError as error:
            cards.controls = [ui.notice("This page is not for everybody", error.message)]
        page.update()

    async def act(work: Work) -> None:
        async with acts.telling(), as_member(page, slug) as (session, me):
            await work(session, me)
        await redraw()

    async def send(work: Work) -> None:
        # The form that asked says itself what is wrong.
        async with as_member(page, slug) as (session, me):
            await work(session, me)
        await redraw()

    async def grow() -> None:
        nonlocal shown
        shown += PAGE
        await redraw()

    await redraw()
    return ui.column(cards, ft.TextButton("All organisations", on_click=ui.to("/orgs")))


def _name_card(info: OrgInfo, send: Act) -> ft.Control:
    async def rename(values: dict[str, str]) -> None:
        await send(lambda session, me: org_service.rename_org(session, me, values["name"], client()))
        acts.say("The name is saved.")

    field = forms.text_field("Name", ft.AutofillHint.ORGANIZATION_NAME, value=info.name)
    return ui.card(ui.heading("Name"), forms.Form({"name": field}, {}, "Save name", rename).control)


def _end_card(page: ft.Page, me: Member) -> ft.Control:
    async def leave() -> None:
        async with acts.telling(), as_member(page, me.slug) as (session, member):
            await member_service.remove_member(session, member, member.id, client())
            await page.push_route("/orgs")

    async def delete() -> None:
        async with acts.telling(), as_member(page, me.slug) as (session, member):
            await org_service.delete_org(session, member, client())
            await page.push_route("/orgs")

    def ask_leave() -> None:
        acts.ask("Leave this organisation?", "To come back you need a new invitation.", "Leave", leave)

    def ask_delete() -> None:
        words = "It goes for everybody in it, with its invitations, and cannot be brought back."
        acts.ask("Delete this organisation?", words, "Delete for good", delete)

    buttons = [
        ft.OutlinedButton("Leave", on_click=ask_leave),
        ft.OutlinedButton("Delete organisation", visible=me.role == OWNER, on_click=ask_delete),
    ]
    return ui.card(ui.heading("Leave"), ft.Row([*buttons], wrap=True))
