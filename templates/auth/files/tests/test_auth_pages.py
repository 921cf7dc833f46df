"""The pages for signing in, driven as Flet would drive them, and the gate ahead of them."""

import time
from typing import Any, cast
from unittest.mock import AsyncMock

import flet as ft
import pytest
from fastapi import FastAPI
from starlette.types import Message

from app.components.frontend.auth_gate import SessionGate
from app.components.frontend.connection import belongs_to, connect
from app.components.frontend.views.auth.account import account
from app.components.frontend.views.auth.bar import account_corner
from app.components.frontend.views.auth.landing import landing
from app.components.frontend.views.auth.login import login
from app.components.frontend.views.auth.register import register as register_page
from app.components.frontend.views.auth.sessions import device
from app.services.auth import cookies
from tests.plugins.auth import EMAIL, PASSWORD, Browser, cookie, held, register, sign_in
from tests.plugins.pages import Tab, arrive, buttons, parts

PAGE = {"Accept": "text/html"}


async def fill(control: ft.Control, **values: Any) -> dict[str, str | None]:
    """Write into the fields, press Enter, and read what then stands beside them."""
    fields = {
        str(one.label).split(" ")[0].lower(): one for one in parts(control) if isinstance(one, ft.TextField)
    }
    for name, value in values.items():
        fields[name].value = value
    await cast(Any, fields["password"].on_submit)()
    return {name: cast(str | None, field.error) for name, field in fields.items() if field.error}


async def test_a_page_load_brings_a_nonce(client: Browser) -> None:
    await client.get("/login", headers=PAGE)
    nonce = held(client, "nonce")
    assert nonce
    await client.get("/login", headers=PAGE)
    assert held(client, "nonce") == nonce


async def test_a_session_that_dozed_off_is_brought_back_by_a_script(client: Browser) -> None:
    await register(client)
    client.cookies.delete(cookies.name_of("session"))
    answer = await client.get("/app", headers=PAGE)
    assert '<script src="/session.js" data-resume defer>' in answer.text
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_socket_waits_for_the_script() -> None:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    marker = cookie("signed_in", str(int(time.time()) - 1))["Cookie"].encode()
    scope = {"type": "websocket", "path": "/ws", "client": ("127.0.0.1", 1), "headers": [(b"cookie", marker)]}
    connect(scope)
    await SessionGate(AsyncMock(side_effect=AssertionError))(scope, AsyncMock(), send)
    assert said == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("draw", [register_page, login])
async def test_a_form_ends_in_cookies_no_script_can_read(draw: Any, client: Browser, tab: Tab) -> None:
    if draw is login:
        await register(client)
        client.cookies.clear()
    await client.get("/login", headers=PAGE)
    await arrive(client)
    tab.route = "/login?next=/app%3Fx=1"
    assert await fill(await draw(tab.page), email=EMAIL, password=PASSWORD) == {}
    answer = await client.get(tab.left[-1])
    assert answer.status_code == 303
    assert answer.headers["location"] == "/app?x=1"
    assert held(client, "session")
    assert all(
        "httponly" in one.lower() for one in answer.headers.get_list("set-cookie") if "aegis_session" in one
    )
    assert (await client.get(tab.left[-1])).status_code != 303 or not held(client, "session")


async def test_errors_stand_beside_their_field(client: Browser, tab: Tab) -> None:
    await register(client)
    client.cookies.clear()
    await client.get("/login", headers=PAGE)
    await arrive(client)
    drawn = await login(tab.page)
    assert list(await fill(drawn, email="", password="")) == ["email", "password"]
    assert list(await fill(drawn, email=EMAIL, password="not the one")) == ["password"]
    assert list(await fill(drawn, email=7, password=PASSWORD)) == ["email"]
    assert list(await fill(await register_page(tab.page), email=EMAIL, password=PASSWORD)) == ["email"]
    assert tab.left == []


async def test_a_browser_without_cookies_is_told_so(app: FastAPI, client: Browser, tab: Tab) -> None:
    assert app
    await arrive(client)
    tab.route = "/register?error=ticket"
    assert "cookies" in str(await fill(await register_page(tab.page), email=EMAIL, password=PASSWORD))
    assert "too long" in repr(await login(tab.page))


async def test_the_account_page_ends_sessions(client: Browser, tab: Tab) -> None:
    await register(client)
    client.cookies.clear()
    await sign_in(client)
    await arrive(client)
    drawn = await account(tab.page)
    assert EMAIL in repr(drawn)
    click = buttons(drawn)
    await click["End"]()
    assert "End" not in buttons(drawn)
    corner = buttons(await account_corner(tab.page))
    assert "Account" in corner
    for draw in (login, register_page):
        await draw(tab.page)
        assert tab.left.pop() == "/app"

    await corner["Sign out"]()
    assert tab.left.pop() == "/login"
    await click["End"]()
    assert tab.left.pop().startswith("/login?next=")
    await corner["Sign out"]()
    assert tab.left.pop() == "/login"
    for page in (account, landing):
        await page(tab.page)
        assert tab.left.pop().startswith("/login?next=")
    await account_corner(tab.page)
    assert tab.left.pop() == tab.route


async def test_nobody_is_offered_to_sign_in(client: Browser, tab: Tab) -> None:
    await arrive(client)
    belongs_to("")
    tab.route = "/"
    assert "Sign in" in repr(await account_corner(tab.page))


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge on Windows"),
        ("Firefox/132.0", "Firefox"),
        ("curl/8.5", "curl/8.5"),
        ("", "Unknown device"),
    ],
)
def test_devices_have_names(user_agent: str, words: str) -> None:
    assert device(user_agent) == words
