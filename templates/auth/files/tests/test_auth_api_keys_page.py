"""The card with API keys, driven as Flet would drive it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast
from unittest.mock import AsyncMock, Mock

import flet as ft

from app.components.frontend.auth_gate import SessionGate
from app.components.frontend.connection import connect
from app.components.frontend.views.auth.api_keys import api_keys_card
from tests.plugins.auth import API, Browser, Travel, bearer, register


async def _arrive(client: Browser) -> None:
    """Connect with the browser's cookies, as the gate lets the running handler see it."""
    pairs = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    headers = [(b"host", b"localhost"), (b"cookie", pairs.encode())]
    scope = {"type": "websocket", "path": "/ws", "client": ("127.0.0.1", 1), "headers": headers}
    connect(scope)
    await SessionGate(AsyncMock())(scope, AsyncMock(), AsyncMock())


def _all(control: Any, kind: type[Any]) -> Iterator[Any]:
    """Every control of a kind, wherever it stands in another."""
    if isinstance(control, list):
        for item in control:
            yield from _all(item, kind)
    elif isinstance(control, ft.BaseControl):
        if isinstance(control, kind):
            yield control
        for name in ("controls", "content", "trailing"):
            yield from _all(getattr(control, name, None), kind)


async def test_a_key_is_made_shown_once_and_revoked(client: Browser, travel: Travel) -> None:
    await register(client)
    await _arrive(client)
    page = Mock()
    card = await api_keys_card(cast(ft.Page, page))
    (name,), (make,), (writes,) = (
        list(_all(card, kind)) for kind in (ft.TextField, ft.FilledButton, ft.Checkbox)
    )
    for wrong in ("", 7):
        name.value = wrong
        await make.on_click()
        assert "1 to 100 characters" in name.error

    name.value, writes.value = "Nightly import", True
    await make.on_click()
    (key,) = [str(text.value) for text in _all(card, ft.Text) if str(text.value).startswith("aegis_key_")]
    assert (await client.get(f"{API}/me", headers=bearer(key))).status_code == 200
    redrawn = await api_keys_card(cast(ft.Page, page))
    assert key not in [text.value for text in _all(redrawn, ft.Text)]

    (revoke,) = _all(redrawn, ft.TextButton)
    travel(timedelta(minutes=11))
    await revoke.on_click()
    assert "Sign in again" in page.show_dialog.call_args.args[0].content
    travel(timedelta())
    await revoke.on_click()
    assert (await client.get(f"{API}/me", headers=bearer(key))).status_code == 401
    assert list(_all(redrawn, ft.ListTile)) == []
