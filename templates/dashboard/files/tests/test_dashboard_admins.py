"""The dashboard is for admins, and they are asked for with every look."""

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from app.components.dashboard import page as page_module
from app.components.dashboard.corner import dashboard_corner
from app.components.dashboard.page import Watched, dashboard
from app.components.frontend.connection import belongs_to
from tests.plugins.auth import EMAIL, Browser, register
from tests.plugins.backend import browser
from tests.plugins.pages import Tab, arrive
from tests.test_auth_roles import EVE, give


@pytest.fixture(autouse=True)
def _here(tab: Tab) -> None:
    tab.route = "/dashboard"


async def test_an_admin_sees_it_until_they_are_none_any_more(app: FastAPI, client: Browser, tab: Tab) -> None:
    await register(client)
    await give(EMAIL, "admin")
    async with browser(app) as eve:
        await register(eve, EVE)
        await give(EVE, "admin")
    await arrive(client)
    assert (await dashboard_corner(tab.page)).visible
    page = await dashboard(tab.page)
    assert isinstance(page, Watched)
    assert "Application" in repr(page)
    assert "Live sessions" in repr(page)

    await give(EMAIL, "user")
    await page.look()
    assert not (await dashboard_corner(tab.page)).visible
    assert "does not permit" in repr(page)
    assert "Application" not in repr(page)
    # It does not look a second time.
    await page._watch()  # noqa: SLF001


async def test_nobody_and_ordinary_people_see_nothing_of_it(client: Browser, tab: Tab) -> None:
    await register(client)
    await arrive(client)
    assert "does not permit" in repr(await dashboard(tab.page))
    belongs_to("")
    assert not (await dashboard_corner(tab.page)).visible
    assert "Application" not in repr(await dashboard(tab.page))
    assert tab.left == ["/login?next=%2Fdashboard"]


async def test_while_nobody_can_tell_it_shows_nothing(
    client: Browser, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(client)
    await give(EMAIL, "admin")
    await arrive(client)

    def away(_page: object) -> None:
        raise OperationalError("SELECT the secret", None, OSError())

    monkeypatch.setattr(page_module, "as_actor", away)
    drawn = repr(await dashboard(tab.page))
    assert "does not answer" in drawn
    assert "secret" not in drawn
    assert "Application" not in drawn
