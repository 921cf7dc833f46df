"""The pages of account life: each handler asks the service, with the identity of the handshake."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flet as ft
import pytest
from sqlmodel import select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend.views.auth.account import account
from app.components.frontend.views.auth.again import sign_in_again
from app.components.frontend.views.auth.confirm import confirm_email, verify_email
from app.components.frontend.views.auth.forgotten import forgot_password, reset_password
from app.components.frontend.views.auth.landing import landing
from app.models.user import User
from tests.plugins.auth import API, EMAIL, PASSWORD, Browser, Travel, held, register, sign_in
from tests.plugins.mail import Mailbox
from tests.plugins.pages import Tab, arrive, buttons, submit

NEXT, OTHER = "another secret 8", "grace@example.com"
CURRENT, NEW = "Current password", "New password"
PAGE = {"Accept": "text/html"}


@pytest.fixture
async def ada(client: Browser, tab: Tab) -> Browser:
    """Somebody signed in, whose tab is connected."""
    await client.get("/login", headers=PAGE)
    await register(client)
    await arrive(client)
    tab.route = "/account"
    return client


def said(tab: Tab) -> str:
    """What stands at the foot of the page."""
    return str(tab.show_dialog.call_args.args[0].content)


async def test_where_one_lands(ada: Browser, tab: Tab) -> None:
    assert f"You are signed in as {EMAIL}." in repr(await landing(tab.page))
    await ada.patch(f"{API}/me", json={"full_name": "Ada"})
    assert "Hello, Ada" in repr(await landing(tab.page))


async def test_changing_the_name(ada: Browser, tab: Tab) -> None:
    assert await submit(await account(tab.page), Name="Ada Lovelace") == {}
    assert (await ada.get(f"{API}/me")).json()["full_name"] == "Ada Lovelace"
    assert list(await submit(await account(tab.page), Name="\0")) == ["Name"]


async def test_changing_the_password(ada: Browser, tab: Tab) -> None:
    page = await account(tab.page)
    assert list(await submit(page, **{CURRENT: "", NEW: ""})) == [CURRENT, NEW]
    assert list(await submit(page, **{CURRENT: "not the one", NEW: NEXT})) == [CURRENT]
    assert list(await submit(page, **{CURRENT: PASSWORD, NEW: "short"})) == [NEW]
    assert await submit(page, **{CURRENT: PASSWORD, NEW: NEXT}) == {}
    assert "Your password is changed" in said(tab)
    assert PASSWORD not in repr(page)
    assert NEXT not in repr(page)
    assert (await sign_in(ada, password=NEXT)).status_code == 200


async def test_changing_the_address(ada: Browser, tab: Tab, mailbox: Mailbox) -> None:
    await buttons(await account(tab.page))["Send a link to verify it"]()
    (verify,) = await mailbox.delivered()
    tab.route = f"/verify-email?token={verify.token}"
    await buttons(await verify_email(tab.page))["Confirm"]()
    assert "Verified." in repr(await account(tab.page))

    assert list(await submit(await account(tab.page), **{"New email": EMAIL})) == ["New email"]
    assert await submit(await account(tab.page), **{"New email": OTHER}) == {}
    (change,) = await mailbox.delivered()
    tab.route = f"/confirm-email?token={change.token}"
    page = await confirm_email(tab.page)
    await buttons(page)["Confirm"]()
    assert f"{OTHER} is confirmed" in repr(page)
    assert (await ada.get(f"{API}/me")).json()["email"] == OTHER
    await buttons(await confirm_email(tab.page))["Confirm"]()
    assert "used up" in said(tab)


@pytest.mark.parametrize("draw", [verify_email, confirm_email, sign_in_again, account])
async def test_nobody_is_sent_to_sign_in_and_back(draw: Any, client: Browser, tab: Tab) -> None:
    await arrive(client)
    tab.route = "/verify-email?token=abc"
    await draw(tab.page)
    assert parse_qs(urlsplit(tab.left.pop()).query)["next"] == [tab.route]


async def test_what_matters_asks_for_the_password_again(
    ada: Browser, tab: Tab, travel: Travel, mailbox: Mailbox
) -> None:
    page = await account(tab.page)
    await mailbox.delivered()
    travel(timedelta(minutes=11))
    assert await submit(page, **{CURRENT: PASSWORD, NEW: NEXT}) == {}
    await submit(page, **{"New email": OTHER})
    await buttons(page)["Delete account"]()
    await buttons(tab.show_dialog.call_args.args[0])["Delete for good"]()
    assert [call.args for call in tab.push_route.call_args_list] == [("/sign-in-again?next=%2Faccount",)] * 3
    assert await mailbox.delivered() == []
    assert (await ada.get(f"{API}/me")).status_code == 200

    tab.route = "/sign-in-again?next=/account"
    again = await sign_in_again(tab.page)
    assert list(await submit(again, Password="not the one")) == ["Password"]
    assert await submit(again, Password=PASSWORD) == {}
    answer = await ada.get(tab.left.pop())
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")


async def test_leaving(ada: Browser, tab: Tab, session: AsyncSession) -> None:
    await buttons(await account(tab.page))["Delete account"]()
    delete = buttons(tab.show_dialog.call_args.args[0])["Delete for good"]
    await delete()
    assert tab.left.pop() == "/"
    assert (await ada.get(f"{API}/me")).status_code == 401
    assert (await session.exec(select(User))).all() == []
    await delete()
    assert tab.left.pop().startswith("/login")


async def test_the_way_back_in(client: Browser, tab: Tab, mailbox: Mailbox) -> None:
    await register(client)
    await mailbox.delivered()
    client.cookies.clear()
    await client.get("/login", headers=PAGE)
    await arrive(client)
    page = await forgot_password(tab.page)
    assert list(await submit(page, Email="")) == ["Email"]
    assert await submit(page, Email=EMAIL) == {}
    assert "on its way" in repr(page)
    (sent,) = await mailbox.delivered()

    tab.route = f"/reset-password?token={sent.token}"
    page = await reset_password(tab.page)
    assert list(await submit(page, **{NEW: "short"})) == [NEW]
    assert await submit(page, **{NEW: NEXT}) == {}
    assert (await client.get(tab.left.pop())).headers["location"] == "/app"
    assert held(client, "session")
    assert "used up" in str(await submit(page, **{NEW: NEXT}))


async def test_a_first_password_by_mail(
    ada: Browser, tab: Tab, session: AsyncSession, mailbox: Mailbox
) -> None:
    assert ada
    await session.exec(update(User).values(password_hash=None))
    await session.commit()
    page = await account(tab.page)
    assert CURRENT not in repr(page)
    await buttons(page)["Set one by mail"]()
    assert "/reset-password" in (await mailbox.delivered())[-1].text
    assert isinstance(tab.show_dialog.call_args.args[0], ft.SnackBar)
