"""Pages without Flet's client: a tab that notes what it is told, and a person's clicks and keys."""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, cast
from unittest.mock import AsyncMock, Mock

import flet as ft
import pytest

from app.components.frontend import ui
from app.components.frontend.auth_gate import SessionGate
from app.components.frontend.connection import connect
from tests.plugins.auth import Browser

BUTTONS = ft.TextButton | ft.OutlinedButton | ft.FilledButton | ft.IconButton | ft.PopupMenuItem


class Tab:
    """A Flet page, as far as these pages use one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.route = "/login"
        self.left: list[str] = []
        self.update, self.show_dialog, self.pop_dialog, self.push_route = Mock(), Mock(), Mock(), AsyncMock()
        monkeypatch.setattr(ui, "leave", AsyncMock(side_effect=self.left.append))
        monkeypatch.setattr(ft, "context", Mock(page=self))
        monkeypatch.setattr(ft.FilledButton, "update", Mock())
        monkeypatch.setattr(ft.TextField, "focus", AsyncMock())

    @property
    def page(self) -> ft.Page:
        return cast(ft.Page, self)


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Tab:
    return Tab(monkeypatch)


async def arrive(client: Browser) -> None:
    """Connect with the browser's cookies, as the gate lets the running handler see it."""
    pairs = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    headers = [(b"host", b"localhost"), (b"cookie", pairs.encode()), (b"user-agent", b"Firefox/1 Linux")]
    scope = {"type": "websocket", "path": "/ws", "client": ("127.0.0.1", 1), "headers": headers}
    connect(scope)
    await SessionGate(AsyncMock())(scope, AsyncMock(), AsyncMock())


def parts(control: Any) -> Iterator[Any]:
    """A control and all that stands in it."""
    if isinstance(control, list):
        for item in control:
            yield from parts(item)
    elif isinstance(control, ft.BaseControl):
        yield control
        for name in ("controls", "content", "title", "subtitle", "trailing", "actions", "items"):
            yield from parts(getattr(control, name, None))


def buttons(control: ft.Control) -> dict[str, Callable[[], Awaitable[None]]]:
    """What clicks on the buttons do, by what stands on them, or what they say they are."""

    def click(handler: Any) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            if inspect.isawaitable(result := handler()):
                await result

        return run

    found = (one for one in parts(control) if isinstance(one, BUTTONS))
    return {str(getattr(one, "content", None) or one.tooltip): click(one.on_click) for one in found}


async def submit(control: ft.Control, **values: str) -> dict[str, str]:
    """Write into fields by their label, press Enter in the last, and read what then stands beside them."""
    fields = {str(one.label): one for one in parts(control) if isinstance(one, ft.TextField)}
    for label, value in values.items():
        fields[label].value = value
    await cast(Any, fields[list(values)[-1]].on_submit)()
    return {label: str(field.error) for label, field in fields.items() if field.error}
