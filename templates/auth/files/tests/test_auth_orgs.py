"""Organisations: their people, invitations, and what a stranger sees of them."""

import asyncio
import re
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend.views.auth.invitation import invitation
from app.models.base import utc_now
from app.models.org import Invitation, Membership
from app.services.auth.events import COMMAND_LINE
from app.services.auth.sweeping import sweep
from app.services.auth.user_service import deactivate, the_user
from tests.plugins.auth import API, EMAIL, Browser, Travel, register
from tests.plugins.backend import browser
from tests.plugins.mail import Mailbox
from tests.plugins.pages import Tab, arrive, buttons
from tests.test_auth_roles import EVE, give

ORGS, ACCEPT = "/api/v1/orgs", "/api/v1/invitations/accept"
ACME = f"{ORGS}/acme"


async def owner(client: Browser) -> str:
    """Somebody with an organisation; says their id."""
    own = (await register(client)).json()["id"]
    made = await client.post(ORGS, json={"slug": "acme", "name": "Acme"})
    assert (made.status_code, made.json()["role"]) == (201, "owner")
    return str(own)


async def verify(session: AsyncSession, email: str) -> None:
    """As if the link of the mail had been followed."""
    user = await the_user(session, email)
    user.email_verified_at = utc_now()
    session.add(user)
    await session.commit()


async def invite(client: Browser, mailbox: Mailbox, email: str = EVE, role: str = "member") -> str:
    """Invites; says the token that the mail carries."""
    asked = await client.post(f"{ACME}/invitations", json={"email": email, "role": role})
    assert asked.status_code == 201, asked.text
    assert "token" not in asked.text
    (mail,) = [mail for mail in await mailbox.delivered() if "/invitation?" in mail.text]
    assert mail.to == email
    return mail.token


async def join(client: Browser, other: Browser, session: AsyncSession, email: str, role: str) -> str:
    """Somebody new in the organisation; says their id."""
    user_id = UUID((await register(other, email)).json()["id"])
    org_id = UUID((await client.get(ACME)).json()["id"])
    session.add(Membership(organisation_id=org_id, user_id=user_id, role=role))
    await session.commit()
    return str(user_id)


def org_routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every route of an organisation, with ids that are somebody's or nobody's."""
    paths = [
        (method, str(route.path))
        for route in iter_route_contexts(app.routes)
        if "{slug}" in str(route.path)
        for method in route.methods or ()
    ]
    assert len(paths) >= 10
    return [(method, re.sub(r"\{(?!slug)\w+\}", str(uuid4()), path)) for method, path in paths]


async def test_a_stranger_finds_nothing(app: FastAPI, client: Browser) -> None:
    await owner(client)
    before = (await client.get(f"{ACME}/members")).json()
    async with browser(app) as eve, browser(app) as nobody:
        await register(eve, EVE)
        # To administer all accounts is not to belong to an organisation.
        await give(EVE, "admin")
        body = {"name": "x", "role": "member", "email": EVE, "user_id": before[0]["user_id"]}
        for method, path in org_routes(app):
            for slug in ("acme", "no-such"):
                asked = method, path.format(slug=slug)
                answer = await eve.request(*asked, json=body)
                assert (answer.status_code, answer.json()["code"]) == (404, "org_not_found"), asked
                assert (await nobody.request(*asked, json=body)).status_code == 401, asked
        assert (await eve.get(ORGS)).json() == []
    assert (await client.get(f"{ACME}/members")).json() == before


async def test_an_organisation_from_first_to_last(client: Browser) -> None:
    await owner(client)
    again = await client.post(ORGS, json={"slug": "acme", "name": "Other"})
    assert (again.status_code, again.json()["field"]) == (409, "slug")
    for slug, name, field in [
        ("A", "x", "slug"),
        ("-a", "x", "slug"),
        ("a" * 41, "x", "slug"),
        ("a", " ", "name"),
    ]:
        refused = await client.post(ORGS, json={"slug": slug, "name": name})
        assert (refused.status_code, refused.json()["field"]) == (422, field), slug
    renamed = await client.patch(ACME, json={"name": "Acme & Söhne"})
    assert renamed.json() == (await client.get(ACME)).json()
    assert (await client.get(ORGS)).json() == [renamed.json()]
    assert (await client.patch(ACME, json={"name": "a\nb"})).json()["field"] == "name"
    assert (await client.delete(ACME)).status_code == 204
    assert (await client.get(ACME)).status_code == 404


async def test_what_each_role_may(app: FastAPI, client: Browser, session: AsyncSession) -> None:
    own = await owner(client)
    async with browser(app) as eve, browser(app) as bob:
        eve_id = await join(client, eve, session, EVE, "member")
        bob_id = await join(client, bob, session, "bob@example.com", "admin")
        members = (await eve.get(f"{ACME}/members")).json()
        assert [member["role"] for member in members] == ["owner", "member", "admin"]

        def role_of(user_id: str, role: str) -> tuple[str, str, dict[str, str]]:
            return "PUT", f"{ACME}/members/{user_id}/role", {"role": role}

        denied: list[tuple[Browser, tuple[str, str, Any]]] = [
            (eve, ("PATCH", ACME, {"name": "x"})),
            (eve, ("GET", f"{ACME}/invitations", None)),
            (eve, ("POST", f"{ACME}/invitations", {"email": EMAIL})),
            (eve, ("DELETE", f"{ACME}/invitations/{uuid4()}", None)),
            (eve, ("DELETE", f"{ACME}/members/{bob_id}", None)),
            (eve, role_of(eve_id, "admin")),
            (bob, ("DELETE", ACME, None)),
            (bob, ("POST", f"{ACME}/transfer", {"user_id": bob_id})),
            (bob, ("DELETE", f"{ACME}/members/{own}", None)),
            (bob, role_of(own, "member")),
            (bob, role_of(bob_id, "owner")),
        ]
        for who, (method, path, body) in denied:
            answer = await who.request(method, path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "org_role_required"), (method, path)

        assert (await bob.patch(ACME, json={"name": "x"})).status_code == 200
        promoted = await bob.put(f"{ACME}/members/{eve_id}/role", json={"role": "admin"})
        assert (promoted.status_code, promoted.json()["role"]) == (200, "admin")
        assert (await eve.delete(f"{ACME}/members/{bob_id}")).status_code == 204
        assert (await bob.get(ACME)).status_code == 404
        assert (await eve.delete(f"{ACME}/members/{eve_id}")).status_code == 204
    for user_id in (bob_id, uuid4(), "no-id"):
        answer = await client.delete(f"{ACME}/members/{user_id}")
        assert (answer.status_code, answer.json()["code"]) == (404, "member_not_found")
    assert (await client.delete(f"{ACME}/invitations/no-id")).status_code == 404


async def test_the_last_owner_stays(app: FastAPI, client: Browser, session: AsyncSession) -> None:
    own = await owner(client)
    async with browser(app) as eve:
        eve_id = await join(client, eve, session, EVE, "admin")
        for method, path, body in [
            ("DELETE", f"{ACME}/members/{own}", None),
            ("PUT", f"{ACME}/members/{own}/role", {"role": "admin"}),
            ("DELETE", f"{API}/me", None),
        ]:
            answer = await client.request(method, path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (409, "last_owner"), path

        handed_over = await client.post(f"{ACME}/transfer", json={"user_id": eve_id})
        assert (handed_over.status_code, handed_over.json()["role"]) == (200, "admin")
        assert (await eve.get(ACME)).json()["role"] == "owner"
        kept = await eve.post(f"{ACME}/transfer", json={"user_id": eve_id})
        assert kept.json()["role"] == "owner"
        nobody = await eve.post(f"{ACME}/transfer", json={"user_id": str(uuid4())})
        assert nobody.status_code == 404
        assert (await client.delete(f"{API}/me")).status_code == 204


async def test_ownership_needs_a_recent_sign_in(client: Browser, travel: Travel) -> None:
    own = await owner(client)
    travel(timedelta(minutes=11))
    for method, path, body in [
        ("DELETE", ACME, None),
        ("POST", f"{ACME}/transfer", {"user_id": own}),
        ("PUT", f"{ACME}/members/{own}/role", {"role": "owner"}),
    ]:
        answer = await client.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required"), path


async def test_owners_are_people_who_can_sign_in(
    app: FastAPI, client: Browser, session: AsyncSession, travel: Travel
) -> None:
    await owner(client)
    async with browser(app) as other, browser(app) as third:
        off = await join(client, other, session, EVE, "member")
        second = await join(client, third, session, "grace@example.com", "owner")
    await deactivate(session, await the_user(session, EVE), COMMAND_LINE)
    refused = await client.post(f"{ACME}/transfer", json={"user_id": off})
    assert (refused.status_code, refused.json()["code"]) == (404, "member_not_found")
    refused = await client.put(f"{ACME}/members/{off}/role", json={"role": "owner"})
    assert (refused.status_code, refused.json()["code"]) == (404, "member_not_found")
    travel(timedelta(minutes=11))
    refused = await client.delete(f"{ACME}/members/{second}")
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")


@pytest.mark.parametrize("way", ["leave", "role", "delete"])
async def test_of_owners_who_leave_at_once_one_stays(
    app: FastAPI, client: Browser, session: AsyncSession, way: str
) -> None:
    ids = [await owner(client)]
    async with browser(app) as other:
        ids.append(await join(client, other, session, EVE, "owner"))

        async def leave(who: Browser, user_id: str) -> int:
            if way == "delete":
                return (await who.delete(f"{API}/me")).status_code
            if way == "leave":
                return (await who.delete(f"{ACME}/members/{user_id}")).status_code
            return (await who.put(f"{ACME}/members/{user_id}/role", json={"role": "member"})).status_code

        statuses = await asyncio.gather(leave(client, ids[0]), leave(other, ids[1]))
    assert Counter(statuses) == {200 if way == "role" else 204: 1, 409: 1}
    owners = await session.exec(select(Membership.user_id).where(Membership.role == "owner"))
    assert len(owners.all()) == 1


async def test_an_invitation_is_for_a_verified_address(
    app: FastAPI, client: Browser, session: AsyncSession, mailbox: Mailbox
) -> None:
    await owner(client)
    token = await invite(client, mailbox, role="admin")
    async with browser(app) as eve, browser(app) as mallory:
        await register(eve, EVE.upper())
        await register(mallory, "mallory@example.com")
        await verify(session, "mallory@example.com")
        # The link was passed on, or seen by somebody else.
        for who, status in [(mallory, 404), (eve, 403)]:
            assert (await who.post(ACCEPT, json={"token": token})).status_code == status
        await verify(session, EVE)
        for wrong in ("", "x", "\u00e9", token[:-1]):
            assert (await eve.post(ACCEPT, json={"token": wrong})).status_code == 404
        joined = await eve.post(ACCEPT, json={"token": token})
        assert (joined.status_code, joined.json()["role"]) == (200, "admin")
        assert (await eve.post(ACCEPT, json={"token": token})).status_code == 404
    member = await client.post(f"{ACME}/invitations", json={"email": EVE})
    assert (member.status_code, member.json()["code"]) == (409, "already_member")
    nowhere = await client.post(f"{ACME}/invitations", json={"email": "nowhere"})
    assert (nowhere.status_code, nowhere.json()["field"]) == (422, "email")
    as_owner = await client.post(f"{ACME}/invitations", json={"email": "x@example.com", "role": "owner"})
    assert as_owner.status_code == 422


async def test_twenty_acceptances_at_once_join_once(
    app: FastAPI, client: Browser, session: AsyncSession, mailbox: Mailbox
) -> None:
    await owner(client)
    token = await invite(client, mailbox)
    async with browser(app) as eve:
        await register(eve, EVE)
        await verify(session, EVE)
        answers = await asyncio.gather(*(eve.post(ACCEPT, json={"token": token}) for _ in range(20)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 404: 19}


async def test_invitations_end(
    app: FastAPI, client: Browser, session: AsyncSession, mailbox: Mailbox, travel: Travel
) -> None:
    await owner(client)
    replaced, revoked = await invite(client, mailbox), await invite(client, mailbox)
    (listed,) = (await client.get(f"{ACME}/invitations")).json()
    assert listed.keys() == {"id", "email", "role", "invited_by", "created_at", "expires_at"}
    assert listed["invited_by"] == (await client.get(f"{API}/me")).json()["id"]
    assert (await client.delete(f"{ACME}/invitations/{listed['id']}")).status_code == 204
    assert (await client.delete(f"{ACME}/invitations/{listed['id']}")).status_code == 404
    async with browser(app) as eve:
        await register(eve, EVE)
        await verify(session, EVE)
        late = await invite(client, mailbox)
        (row,) = (await session.exec(select(Invitation))).all()
        assert row.token_hash
        assert late not in row.token_hash
        travel(timedelta(days=7, seconds=1))
        assert (await client.get(f"{ACME}/invitations")).json() == []
        for token in (replaced, revoked, late):
            assert (await eve.post(ACCEPT, json={"token": token})).status_code == 404
    travel(timedelta(days=9))
    await sweep(session)
    assert not (await session.exec(select(Invitation))).all()


async def test_a_mail_that_comes_too_late_says_nothing(
    client: Browser, session: AsyncSession, mailbox: Mailbox
) -> None:
    await owner(client)
    await client.post(f"{ACME}/invitations", json={"email": EVE})
    (row,) = (await session.exec(select(Invitation))).all()
    await session.delete(row)
    await session.commit()
    assert EVE not in {mail.to for mail in await mailbox.delivered()}


async def test_an_invited_member_stays_what_they_are(
    app: FastAPI, client: Browser, session: AsyncSession, mailbox: Mailbox
) -> None:
    await owner(client)
    token = await invite(client, mailbox)
    async with browser(app) as eve:
        await join(client, eve, session, EVE, "admin")
        await verify(session, EVE)
        assert (await eve.post(ACCEPT, json={"token": token})).json()["role"] == "admin"


async def test_the_link_of_the_mail_leads_to_a_page(
    app: FastAPI, client: Browser, session: AsyncSession, mailbox: Mailbox, tab: Tab
) -> None:
    await owner(client)
    tab.route = f"/invitation?token={await invite(client, mailbox)}"
    async with browser(app) as eve:
        await arrive(eve)
        await invitation(tab.page)
        assert tab.left.pop().startswith("/login?next=%2Finvitation")
        await register(eve, EVE)
        await arrive(eve)
        drawn = await invitation(tab.page)
        await buttons(drawn)["Join"]()
        assert "Confirm your email" in tab.show_dialog.call_args.args[0].content
        await verify(session, EVE)
        await buttons(drawn)["Join"]()
        assert "Welcome. You belong to Acme now, as member." in repr(drawn)
        assert (await eve.get(ACME)).status_code == 200
