"""One look at all parts: each is asked beside the others, and none waits for another."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.components.backend.parts import CHECKS
from app.components.dashboard.card import Card, State
from app.components.dashboard.parts import CARDS
from app.core.logging import get_logger

log = get_logger(__name__)
PATIENCE_SECONDS = 3.0
# What is being asked now: all who look get the same answer, and a part that hangs is asked once.
_asked: dict[str, asyncio.Task["Seen"]] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one part, and how long it took; nothing where there was no answer."""

    part: str
    card: Card
    milliseconds: float | None = None


async def look() -> list[Seen]:
    """How all parts are; those that do not answer in time are slow, those that fail are down."""
    cards = CARDS | {part: _checked(check) for part, check in CHECKS.items() if part not in CARDS}
    tasks = {part: _ask(part, card) for part, card in cards.items()}
    await asyncio.wait(tasks.values(), timeout=PATIENCE_SECONDS)
    return [task.result() if task.done() else _slow(part) for part, task in tasks.items()]


def _checked(check: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[Card]]:
    """A card for a part that has only a check."""

    async def card() -> Card:
        await check()
        return Card({})

    return card


def _ask(part: str, card: Callable[[], Awaitable[Card]]) -> asyncio.Task[Seen]:
    async def ask() -> Seen:
        began = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await card()
        except TimeoutError:
            return _slow(part)
        except Exception as error:  # noqa: BLE001, whatever is wrong with a part, the others are still to be told
            # Its words may hold an address or a secret: the log has them, the page has not.
            log.warning("part_is_down", part=part, error=repr(error))
            return Seen(part, Card({}, State.DOWN))
        return Seen(part, answer, (time.monotonic() - began) * 1000)

    if part not in _asked:
        _asked[part] = asyncio.create_task(ask())
        _asked[part].add_done_callback(lambda _: _asked.pop(part))
    return _asked[part]


def _slow(part: str) -> Seen:
    return Seen(part, Card({}, State.SLOW))
