"""The pages: what the browser is sent, who may connect, and what happens when a page fails."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import AsyncMock

import flet as ft
import httpx2
import pytest
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from app.components.frontend import pages
from app.components.frontend.connection import belongs_to, connect, connection
from app.components.frontend.parts import VIEWS
from app.components.frontend.shield import shield
from app.components.frontend.views import home as home_view


class Tab:
    """As much of a Flet page as the pages use."""

    def __init__(self, route: str = "/") -> None:
        self.route = route
        self.title = ""
        self.session = SimpleNamespace(error=None)
        self.views: list[ft.View] = []
        self.dialogs: list[ft.SnackBar] = []

    def update(self) -> None:
        pass

    def show_dialog(self, dialog: ft.SnackBar) -> None:
        self.dialogs.append(dialog)


def as_page(tab: Tab) -> ft.Page:
    return cast(ft.Page, tab)


async def begin(tab: Tab) -> None:
    """Begin a tab as nobody in particular."""
    connect({"type": "websocket", "client": ("10.0.0.9", 1), "headers": []})
    await pages.main(as_page(tab))


async def test_the_index_page_runs_under_a_strict_policy(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'sha256-" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    assert '<link rel="stylesheet" href="/page.css">' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def socket(**headers: str) -> Scope:
    raw = [(name.encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()]
    return {"type": "websocket", "scheme": "ws", "path": "/ws", "client": ("10.0.0.9", 1), "headers": raw}


async def knock(app: Any, scope: Scope) -> list[Message]:
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    await app(scope, receive, send)
    return said


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
async def test_a_foreign_page_cannot_connect(origin: str) -> None:
    async def flet(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError("Flet must not see it")

    said = await knock(shield(flet, [], []), socket(origin=origin))
    assert said == [{"type": "websocket.close", "code": 1008}]


async def test_a_session_of_flet_belongs_to_one_owner() -> None:
    seen: list[Any] = []

    async def flet(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        seen.append((scope["client"], connection().owner, connection().address))
        await send({"type": "websocket.accept"})

    def gate(owner: str) -> Any:
        def wrap(inner: Any) -> Any:
            async def asked(scope: Scope, receive: Receive, send: Send) -> None:
                belongs_to(owner)
                await inner(scope, receive, send)

            return asked

        return wrap

    for owner in ("ann", "bob", "ann"):
        said = await knock(shield(flet, [gate(owner)], []), socket(origin="http://localhost"))
        assert said == [{"type": "websocket.accept"}]
    assert seen[0] == seen[2]
    assert seen[0][0] != seen[1][0]
    assert seen[0][1:] == ("ann", "10.0.0.9")


async def test_a_socket_that_flet_no_longer_hears_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.components.frontend.shield.DEAF_SECONDS", 0)

    async def flet(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
        await asyncio.Event().wait()

    said = await knock(shield(flet, [], []), socket())
    assert said == [{"type": "websocket.accept"}]


async def test_the_first_page_shows_what_is_well(app: FastAPI) -> None:
    assert app
    tab = Tab()
    await begin(tab)
    assert "Welcome to" in repr(tab.views)
    assert tab.title


async def test_the_first_page_says_what_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_view, "readiness", AsyncMock(return_value={"database": False}))
    assert "Not answering" in repr(await home_view.home(as_page(Tab())))


async def test_an_unknown_address_says_so() -> None:
    tab = Tab("/nowhere")
    await begin(tab)
    assert "Nothing is here" in repr(tab.views)


async def test_a_page_that_fails_shows_a_reference_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_page: ft.Page) -> ft.Control:
        raise LookupError("the secret reason")

    monkeypatch.setitem(VIEWS, "/broken", ("Broken", broken))
    tab = Tab("/broken")
    await begin(tab)
    assert "This page cannot be shown" in repr(tab.views)
    assert "secret reason" not in repr(tab.views)

    cast(Any, tab.session).error("Traceback: the secret reason")
    assert "secret reason" not in repr(tab.dialogs)
    assert "quote" in repr(tab.dialogs)
