"""The pages of administration, driven as Flet would drive them, by people who may and people who may not."""

from datetime import timedelta
from typing import Any, cast

import flet as ft
import pytest
from fastapi import FastAPI

from app.components.frontend.connection import belongs_to
from app.components.frontend.views.auth.administration import admin_corner
from app.components.frontend.views.auth.audit import audit
from app.components.frontend.views.auth.users import users
from tests.plugins.auth import API, EMAIL, Browser, Travel, register
from tests.plugins.backend import browser
from tests.plugins.pages import Tab, arrive, parts
from tests.test_auth_roles import EVE, give


@pytest.fixture(autouse=True)
def _here(tab: Tab) -> None:
    tab.route = "/admin/users"


def texts(control: Any) -> str:
    """All that can be read in a control."""
    return "\n".join(str(one.value) for one in parts(control) if isinstance(one, ft.Text | ft.TextField))


def buttons(control: Any) -> dict[str, Any]:
    """The handlers of its buttons, by what stands on them or what they are about."""
    kinds = ft.TextButton | ft.OutlinedButton
    return {str(one.tooltip or one.content): one.on_click for one in parts(control) if isinstance(one, kinds)}


async def test_an_admin_looks_after_accounts(app: FastAPI, client: Browser, tab: Tab) -> None:
    await register(client)
    await give(EMAIL, "admin")
    async with browser(app) as eve:
        await register(eve, EVE)
        await arrive(client)
        assert (await admin_corner(tab.page)).visible
        drawn = await users(tab.page)
        assert f"2 accounts\n{EMAIL}\nAdmin\n{EVE}\nUser" in texts(drawn)

        await buttons(drawn)[f"Switch off: {EVE}"]()
        assert f"{EVE}\nUser · Switched off" in texts(drawn)
        assert (await eve.get(f"{API}/me")).status_code == 401
        await buttons(drawn)[f"Switch on: {EVE}"]()
        await buttons(drawn)[f"Make admin: {EVE}"]()
        assert f"{EVE}\nAdmin" in texts(drawn)
        await buttons(drawn)[f"Make ordinary user: {EVE}"]()
        await buttons(drawn)[f"Make ordinary user: {EMAIL}"]()
        assert "last admin" in tab.show_dialog.call_args.args[0].content

        search = next(one for one in parts(drawn) if isinstance(one, ft.TextField))
        for words, count in [("eve", "1 account"), (7, "2 accounts"), ("nobody", "0 accounts")]:
            search.value = cast(Any, words)
            await cast(Any, search.on_submit)()
            assert count in texts(drawn).split("\n")
        await buttons(drawn)["Show more"]()


async def test_the_trail_reads_well(client: Browser, tab: Tab) -> None:
    await register(client)
    await give(EMAIL, "admin")
    await arrive(client)
    drawn = await audit(tab.page)
    assert f"Role changed admin: {EMAIL}" in texts(drawn)
    assert f"Registered: {EMAIL}" in texts(drawn)
    await buttons(drawn)["Show earlier ones"]()


async def test_a_button_that_was_left_over_does_nothing(app: FastAPI, client: Browser, tab: Tab) -> None:
    """Whoever can fire the handler, it acts for the person of the handshake."""
    await register(client)
    await give(EMAIL, "admin")
    await arrive(client)
    drawn = await users(tab.page)
    async with browser(app) as eve:
        await register(eve, EVE)
        await arrive(eve)
        await buttons(drawn)[f"Switch off: {EMAIL}"]()
        assert "does not permit" in tab.show_dialog.call_args.args[0].content
        assert "does not permit" in texts(drawn)
        for page in (users, audit):
            assert "does not permit" in texts(await page(tab.page))
        assert not (await admin_corner(tab.page)).visible
    assert (await client.get(f"{API}/me")).status_code == 200

    belongs_to("")
    assert not (await admin_corner(tab.page)).visible
    await buttons(drawn)["Show more"]()
    await users(tab.page)
    assert tab.left == ["/login?next=%2Fadmin%2Fusers"] * 2


async def test_a_role_asks_for_a_recent_sign_in(client: Browser, tab: Tab, travel: Travel) -> None:
    await register(client)
    await give(EMAIL, "admin")
    await arrive(client)
    drawn = await users(tab.page)
    travel(timedelta(minutes=11))
    await buttons(drawn)[f"Make ordinary user: {EMAIL}"]()
    assert f"{EMAIL}\nAdmin" in texts(drawn)
    tab.push_route.assert_awaited_once_with("/sign-in-again?next=%2Fadmin%2Fusers")
