"""The cards of an organisation's people: those who are in it, and those who are invited."""

import flet as ft

from app.components.frontend import ui
from app.components.frontend.auth_gate import client
from app.components.frontend.views.auth import acts, forms
from app.components.frontend.views.auth.membership import Act, Work
from app.services.auth import invitation_service, member_service, org_service
from app.services.auth.invitation_service import InvitationInfo
from app.services.auth.member_service import MemberInfo
from app.services.auth.org_guard import Member
from app.services.auth.org_roles import MEMBER, OWNER, RANKS, InvitedRole, OrgRole

_HAND_OVER = "They become its owner, and you an admin."
_REMOVE = "They see nothing of it any more. To come back they need a new invitation."


def members_card(me: Member, people: list[MemberInfo], act: Act, more: ft.Control) -> ft.Control:
    """Who belongs to it, each with what the person looking may do about them."""
    rows = [_member(info, _choices(me, info, act), info.user_id == me.id) for info in people]
    return ui.card(ui.heading("Members"), ft.Column([*rows], spacing=0), more)


def _member(info: MemberInfo, choices: list[ft.PopupMenuItem], is_me: bool) -> ft.Control:
    words = [info.email if info.full_name else "", info.role.capitalize(), "You" if is_me else ""]
    label = f"Change {info.email}"
    icon = ft.Icon(ft.Icons.MORE_VERT_ROUNDED, semantics_label=label)
    menu = ft.PopupMenuButton(icon=icon, tooltip=label, items=choices, visible=bool(choices))
    return ft.ListTile(
        title=ft.Text(info.full_name or info.email, size=15),
        subtitle=ui.muted(" · ".join(word for word in words if word)),
        leading=ft.Icon(ft.Icons.PERSON_OUTLINE_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=menu,
        content_padding=ft.Padding.symmetric(horizontal=4),
    )


def _choices(me: Member, info: MemberInfo, act: Act) -> list[ft.PopupMenuItem]:
    """What is worth offering; whether it may be done is for the service to say."""

    def item(words: str, work: Work, question: str = "") -> ft.PopupMenuItem:
        async def do() -> None:
            await act(work)

        async def click() -> None:
            acts.ask(f"{words}: {info.email}?", question, words, do) if question else await do()

        return ft.PopupMenuItem(words, on_click=click)

    def role_item(role: OrgRole) -> ft.PopupMenuItem:
        work = member_service.set_member_role
        return item(f"Make {role}", lambda session, by: work(session, by, info.user_id, role, client()))

    if me.role == MEMBER or (info.role == OWNER and me.role != OWNER):
        return []
    items = [role_item(role) for role in RANKS if role != info.role and (role != OWNER or me.role == OWNER)]
    if info.user_id == me.id:
        return items
    give, gone = org_service.transfer, member_service.remove_member
    if me.role == OWNER:
        over = item("Hand over", lambda session, by: give(session, by, info.user_id, client()), _HAND_OVER)
        items.append(over)
    return [*items, item("Remove", lambda session, by: gone(session, by, info.user_id, client()), _REMOVE)]


def invitations_card(invited: list[InvitationInfo], act: Act, send: Act) -> ft.Control:
    """Who may join, and the way to invite one more."""
    admin = ft.Checkbox(label="As an admin")

    async def invite(values: dict[str, str]) -> None:
        role: InvitedRole = "admin" if admin.value is True else "member"
        await send(
            lambda session, me: invitation_service.invite(session, me, values["email"], role, client())
        )
        acts.say("The invitation is on its way.")

    form = forms.Form({"email": forms.email_field()}, {"email": "Enter an address."}, "Invite", invite, admin)
    rows = [_invitation(info, act) for info in invited]
    return ui.card(ui.heading("Invitations"), *rows, form.control)


def _invitation(info: InvitationInfo, act: Act) -> ft.Control:
    async def revoke() -> None:
        await act(lambda session, me: invitation_service.revoke_invitation(session, me, info.id, client()))

    return ft.ListTile(
        title=ft.Text(info.email, size=15),
        subtitle=ui.muted(f"{info.role.capitalize()} · until {info.expires_at:%d %B %Y}"),
        leading=ft.Icon(ft.Icons.MAIL_OUTLINE_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        trailing=ft.TextButton("Revoke", tooltip=f"Revoke {info.email}", on_click=revoke),
        content_padding=ft.Padding.symmetric(horizontal=4),
    )
