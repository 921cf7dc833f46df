"""The dashboard: what it says of parts, that none holds up another, and that it stops when nobody looks."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import Mock

import flet as ft
import pytest
from fastapi import FastAPI

from app.components.backend.parts import CHECKS
from app.components.dashboard import look as looking
from app.components.dashboard import page as page_module
from app.components.dashboard.board import board
from app.components.dashboard.card import Card, State
from app.components.dashboard.look import Seen, look
from app.components.dashboard.page import Watched
from app.components.dashboard.parts import CARDS

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def _two_parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Parts of the test's own stand in for those of the project."""
    monkeypatch.setattr(looking, "CHECKS", {})
    monkeypatch.setattr(looking, "CARDS", {"well": well})
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 0.05)
    yield
    looking._asked.clear()  # noqa: SLF001, they were of this test's event loop


async def well() -> Card:
    return Card({"Tasks": 3})


async def hangs() -> Card:
    await asyncio.Event().wait()
    return Card({})


async def test_every_part_of_the_project_has_a_card(app: FastAPI) -> None:
    assert app
    seen = await look()
    assert {one.part for one in seen} == {*CHECKS, *CARDS}
    told = {one.part: one for one in seen}
    for part in ("application", *CHECKS):
        assert told[part].card.state == State.WELL
        assert told[part].milliseconds is not None
    assert "Environment" in repr(board(seen, NOW))


@pytest.mark.usefixtures("_two_parts")
async def test_a_part_without_a_card_shows_its_check(monkeypatch: pytest.MonkeyPatch) -> None:
    async def check() -> None: ...

    monkeypatch.setattr(looking, "CHECKS", {"queue": check})
    assert [(one.part, one.card.state) for one in await look()] == [
        ("well", State.WELL),
        ("queue", State.WELL),
    ]


@pytest.mark.usefixtures("_two_parts")
async def test_a_part_that_hangs_is_slow_and_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "CARDS", {"stuck": hangs, "well": well})
    stuck, other = await look()
    assert (stuck.card.state, stuck.milliseconds) == (State.SLOW, None)
    assert other.card.facts == {"Tasks": 3}
    assert "No answer in time: Stuck" in repr(board([stuck, other], NOW))


@pytest.mark.usefixtures("_two_parts")
async def test_a_part_that_never_ends_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    end, asked = asyncio.Event(), []

    async def stubborn() -> Card:
        asked.append(1)
        while not end.is_set():
            try:
                await end.wait()
            except asyncio.CancelledError:
                continue
        return Card({})

    monkeypatch.setattr(looking, "CARDS", {"stubborn": stubborn})
    for _ in range(3):
        assert (await look())[0].card.state == State.SLOW
    assert asked == [1]
    end.set()


@pytest.mark.usefixtures("_two_parts")
async def test_who_looks_at_once_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def counted() -> Card:
        asked.append(1)
        await asyncio.sleep(0)
        return Card({})

    monkeypatch.setattr(looking, "CARDS", {"counted": counted})
    await asyncio.gather(*(look() for _ in range(5)))
    assert asked == [1]


@pytest.mark.usefixtures("_two_parts")
async def test_what_is_wrong_is_in_the_log_and_not_on_the_page(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken() -> Card:
        raise ConnectionError("postgresql://app:the-password@db")

    monkeypatch.setattr(looking, "CARDS", {"broken": broken, "well": well})
    drawn = repr(board(await look(), NOW))
    assert "Down: Broken" in drawn
    assert "the-password" not in drawn
    assert "part_is_down" in caplog.text


def test_the_worst_stands_on_top() -> None:
    parts = [Seen(state.name, Card({}, state, "Do something."), 12.3) for state in State]
    for worst, words in [(5, "Down: Down"), (4, "No answer in time: Slow"), (3, "Needs a look: Strained")]:
        assert words in repr(board(parts[:worst], NOW))
    assert "All is well" in repr(board(parts[:2], NOW))
    assert "12 ms" in repr(board(parts, NOW))


class Shown:
    """A tab with the page in it; `shows` are the looks it was sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = SimpleNamespace(connection=object())
        self.on_connect: Any = None
        self.looks = 0
        self.looked = asyncio.Event()
        self.page = Watched(cast(ft.Page, self))
        monkeypatch.setattr(Watched, "look", self._look)
        monkeypatch.setattr(Watched, "update", Mock())
        monkeypatch.setattr(page_module, "settings", lambda _: SimpleNamespace(dashboard_refresh_seconds=0))

    async def _look(self, *_: object) -> None:
        self.looks += 1
        if self.looks >= 3:
            self.looked.set()

    @property
    def watching(self) -> asyncio.Task[None]:
        task = self.page._watching  # noqa: SLF001, what must not be left over
        assert task is not None
        return task


async def test_an_open_page_looks_again_until_it_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(monkeypatch)
    shown.page.did_mount()
    await asyncio.wait_for(shown.looked.wait(), 10)
    first = shown.watching
    # A client can say at any time that it connects.
    shown.on_connect()
    assert shown.watching is first
    shown.page.will_unmount()
    await asyncio.wait({first}, timeout=10)
    assert first.cancelled()
    assert shown.on_connect is None


async def test_a_tab_that_is_gone_ends_it_and_one_that_comes_back_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = Shown(monkeypatch)
    shown.page.did_mount()
    await asyncio.wait_for(shown.looked.wait(), 10)
    shown.session.connection = None
    await asyncio.wait_for(shown.watching, 10)
    shown.looks, shown.looked, shown.session.connection = 0, asyncio.Event(), object()
    shown.on_connect()
    await asyncio.wait_for(shown.looked.wait(), 10)
    shown.page.will_unmount()


async def test_a_page_that_was_never_shown_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(monkeypatch)
    shown.page.will_unmount()
    assert shown.looks == 0
