"""
Values in Redis, shared by all processes; while it is away, nothing is kept and nothing fails.

Of all processes that miss a value one makes it, by a short lock with a token. Recomputing early by chance
(XFetch; Vattani, Chierichetti, Lowenstein, VLDB 2015) needs no lock, but makes things more than once, and is
of no help for what was never made.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from secrets import token_hex
from typing import TypeVar

from redis.exceptions import RedisError

from app.components.cache.entry import Found, Place
from app.components.cache.figures import counted
from app.components.cache.settings import CacheSettings
from app.core.config import settings
from app.core.logging import get_logger
from app.core.redis import redis

log = get_logger(__name__)
R = TypeVar("R")
# A cache that answers no sooner than this is of no use.
ANSWER_SECONDS = 1.0
RETRY_SECONDS = 2.0
NOTHING = Found(None, None)
# Keeps a value, if there is one, and gives the lock back; for the one that still holds it.
SETTLE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
return redis.call('DEL', KEYS[1])
"""


class RedisStore:
    """The store of one process; it remembers whether Redis is away."""

    def __init__(self) -> None:
        self._away = False
        self._next_try = 0.0

    @property
    def lock_seconds(self) -> float:
        """How long a value may take to be made, as far as the other processes are concerned."""
        return settings(CacheSettings).cache_lock_seconds

    async def look(self, place: Place) -> Found:
        """What stands there."""

        async def ask() -> Found:
            found = _found(await redis().mget(place.group, place.value))
            if found.generation is None:
                # All who ask share one call only where they see the same generation, the very first ones too.
                await redis().set(place.group, token_hex(16), nx=True)
                found = _found(await redis().mget(place.group, place.value))
            return found

        return await self._asked(ask, NOTHING)

    async def claim(self, place: Place, token: str) -> Found:
        """What stands there, and the lock, unless another one has it."""

        async def ask() -> Found:
            async with redis().pipeline() as together:
                # A generation is no number: counted anew after a loss, it would be an old one again.
                together.set(place.group, token, nx=True)
                together.set(place.lock, token, nx=True, px=_milliseconds(self.lock_seconds))
                together.mget(place.group, place.value)
                _, locked, stored = await together.execute()
            return _found(stored, mine=bool(locked))

        return await self._asked(ask, Found(None, None, mine=True))

    async def settle(
        self, place: Place, token: str, generation: bytes | None, raw: bytes | None, seconds: float
    ) -> None:
        """The value that was made under this claim, None for none; it is not kept where the lock is lost."""

        async def ask() -> None:
            kept = b"" if raw is None else generation + raw if generation else b""
            await redis().eval(SETTLE, 2, place.lock, place.value, token, kept, _milliseconds(seconds))

        if generation is not None:
            await self._asked(ask, None)

    async def put(self, place: Place, token: str, raw: bytes, seconds: float) -> bool:
        """Keep a value, whoever is making one; whether that could be said."""

        async def ask() -> bool:
            known = await redis().set(place.group, token, nx=True, get=True)
            generation = known if isinstance(known, bytes) else token.encode()
            async with redis().pipeline() as together:
                together.set(place.value, generation + raw, px=_milliseconds(seconds))
                together.delete(place.lock)
                await together.execute()
            return True

        return await self._asked(ask, otherwise=False)

    async def drop(self, place: Place) -> bool:
        """Forget a value, also one that is being made; whether that could be said."""

        async def ask() -> bool:
            await redis().delete(place.value, place.lock)
            return True

        return await self._asked(ask, otherwise=False)

    async def renew(self, group: str, token: str) -> bool:
        """Forget a group; whether that could be said."""

        async def ask() -> bool:
            await redis().set(group, token)
            return True

        return await self._asked(ask, otherwise=False)

    async def _asked(self, ask: Callable[[], Awaitable[R]], otherwise: R) -> R:
        """What Redis says; while it is away, one call now and then finds out whether it is back."""
        if self._away and time.monotonic() < self._next_try:
            counted.errors += 1
            return otherwise
        self._next_try = time.monotonic() + RETRY_SECONDS
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await ask()
        except (RedisError, OSError) as error:
            counted.errors += 1
            if not self._away:
                log.warning("cache_is_away", error=type(error).__name__)
            self._away = True
            return otherwise
        if self._away:
            log.info("cache_is_back")
        self._away = False
        return answer


def _found(answer: Sequence[object], *, mine: bool = False) -> Found:
    generation, stored = (each if isinstance(each, bytes) else None for each in answer)
    return Found(generation, stored, mine)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
