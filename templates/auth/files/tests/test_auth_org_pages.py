"""The pages of organisations, driven as Flet would drive them, by people who may and people who may not."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import flet as ft
import pytest
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend.connection import belongs_to
from app.components.frontend.views.auth import org as org_module
from app.components.frontend.views.auth.orgs import orgs
from tests.plugins.auth import EMAIL, Browser, Travel, register
from tests.plugins.backend import browser
from tests.plugins.mail import Mailbox
from tests.plugins.pages import Tab, arrive, buttons, parts, submit
from tests.test_auth_admin_pages import texts
from tests.test_auth_orgs import ACME, ORGS, invite, join, owner
from tests.test_auth_roles import EVE

OPEN = "/orgs?open=acme"


@pytest.fixture(autouse=True)
def _here(tab: Tab) -> None:
    tab.route = OPEN


def about(page: ft.Control, email: str) -> dict[str, Callable[[], Awaitable[None]]]:
    """The buttons in the row of one person."""
    (row,) = [one for one in parts(page) if isinstance(one, ft.ListTile) and email in texts(one)]
    return buttons(row)


async def yes(tab: Tab, words: str) -> None:
    """Answers the question that was asked."""
    await buttons(tab.show_dialog.call_args.args[0])[words]()


def said(tab: Tab) -> str:
    """What stands at the foot of the page."""
    return str(tab.show_dialog.call_args.args[0].content)


async def test_making_one_and_finding_it_again(client: Browser, tab: Tab) -> None:
    await register(client)
    await arrive(client)
    tab.route = "/orgs"
    page = await orgs(tab.page)
    assert "You belong to none yet" in texts(page)
    assert list(await submit(page, Name="Acme", Address="Not One")) == ["Address"]
    assert await submit(page, Name="Acme", Address="acme") == {}
    tab.push_route.assert_awaited_once_with(OPEN)
    assert list(await submit(page, Name="Acme", Address="acme")) == ["Address"]
    assert "Acme\nacme · Owner" in texts(await orgs(tab.page))


async def test_its_people(
    app: FastAPI, client: Browser, tab: Tab, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owner(client)
    async with browser(app) as eve:
        await join(client, eve, session, EVE, "member")
        monkeypatch.setattr(org_module, "PAGE", 1)
        await arrive(client)
        page = await orgs(tab.page)
        assert EVE not in texts(page)
        await buttons(page)["Show more"]()
        await about(page, EVE)["Make admin"]()
        assert f"{EVE}\nAdmin" in texts(page)
        await about(page, EMAIL)["Make member"]()
        assert "needs an owner" in said(tab)

        await arrive(eve)
        seen = await orgs(tab.page)
        await buttons(seen)["Show more"]()
        assert about(seen, EMAIL) == {}
        assert list(about(seen, EVE)) == ["Make member"]

        await arrive(client)
        await about(page, EVE)["Hand over"]()
        await yes(tab, "Hand over")
        assert "you are its admin" in texts(page)
        await buttons(page)["Leave"]()
        await yes(tab, "Leave")
        assert tab.push_route.await_args
        assert tab.push_route.await_args.args == ("/orgs",)
        assert (await client.get(ORGS)).json() == []
        await buttons(page)["Make member"]()
        assert texts(page).startswith("This page is not for everybody\nThere is no such organisation.")


async def test_inviting_renaming_and_the_end(
    client: Browser, tab: Tab, travel: Travel, mailbox: Mailbox
) -> None:
    await owner(client)
    await arrive(client)
    page = await orgs(tab.page)
    assert list(await submit(page, Email=EMAIL)) == ["Email"]
    for box in parts(page):
        if isinstance(box, ft.Checkbox):
            box.value = True
    assert await submit(page, Email=EVE) == {}
    assert [mail.to for mail in await mailbox.delivered()] == [EMAIL, EVE]
    assert f"{EVE}\nAdmin · until" in texts(page)
    await about(page, EVE)["Revoke"]()
    assert EVE not in texts(page)
    assert list(await submit(page, Name="")) == ["Name"]
    assert await submit(page, Name="Acme & Sons") == {}
    assert texts(page).startswith("Acme & Sons\n")

    travel(timedelta(minutes=11))
    await buttons(page)["Delete organisation"]()
    await yes(tab, "Delete for good")
    tab.push_route.assert_awaited_once_with("/sign-in-again?next=%2Forgs%3Fopen%3Dacme")
    travel(timedelta())
    await yes(tab, "Delete for good")
    assert (await client.get(ORGS)).json() == []


async def test_buttons_of_others_do_nothing(
    app: FastAPI, client: Browser, tab: Tab, session: AsyncSession, mailbox: Mailbox
) -> None:
    """A stranger or a mere member fires what the owner's page has: it acts for the one of the handshake."""
    await owner(client)
    async with browser(app) as eve, browser(app) as mia, browser(app) as noa:
        await join(client, mia, session, "mia@example.com", "member")
        await join(client, noa, session, "noa@example.com", "member")
        await invite(client, mailbox, "guest@example.com")
        await arrive(client)
        page = await orgs(tab.page)

        async def state() -> list[str]:
            return [(await client.get(ACME + path)).text for path in ("", "/members", "/invitations")]

        before = await state()
        handlers = {
            **about(page, "noa@example.com"),
            **about(page, "guest@example.com"),
            "Delete organisation": buttons(page)["Delete organisation"],
        }
        cards = ft.Column([one for one in parts(page) if isinstance(one, ft.Container)])
        await register(eve, EVE)
        for who, words in ((eve, "no such organisation"), (mia, "does not permit")):
            await arrive(who)
            for name, click in handlers.items():
                await click()
                if name in {"Hand over", "Remove", "Delete organisation"}:
                    await yes(tab, name.replace("organisation", "for good"))
                assert words in said(tab), name
            assert words in (await submit(cards, Email="x@example.com"))["Email"]
            assert words in (await submit(cards, Name="Theirs"))["Name"]
        assert "Make admin" not in texts(await orgs(tab.page))
        assert await state() == before

    belongs_to("")
    await orgs(tab.page)
    await buttons(cards)["Leave"]()
    await yes(tab, "Leave")
    assert tab.left == ["/login?next=%2Forgs%3Fopen%3Dacme"] * 2
