"""Values in the memory of one process: bounded, and gone with it."""

import time
from dataclasses import dataclass
from secrets import token_hex

from cachetools import TLRUCache

from app.components.cache.entry import Found, Place
from app.components.cache.settings import CacheSettings
from app.core.config import settings

# What every group begins with: all who ask share one call only where they see the same generation.
FIRST = token_hex(16)


@dataclass(frozen=True, slots=True)
class Kept:
    """A value with its generation before it, and how long it is kept."""

    stored: bytes
    seconds: float


def _end(_key: str, kept: Kept, now: float) -> float:
    return now + kept.seconds


class MemoryStore:
    """The store of one process. It has its answers at once; it is asked like one that is elsewhere."""

    # Nobody waits: within the process, those who ask share one call.
    lock_seconds = 0.0

    def __init__(self) -> None:
        size = settings(CacheSettings).cache_max_entries
        self._values: TLRUCache[str, Kept] = TLRUCache(size, _end, time.monotonic)
        self._generations: dict[str, str] = {}
        self._locks: dict[str, str] = {}

    async def look(self, place: Place) -> Found:
        """What stands there."""
        generation, kept = self._generations.setdefault(place.group, FIRST), self._values.get(place.value)
        return Found(generation.encode(), kept.stored if kept else None)

    async def claim(self, place: Place, token: str) -> Found:
        """What stands there, and the lock: whoever asks last has it."""
        generation = self._generations.setdefault(place.group, token)
        self._locks[place.lock] = token
        kept = self._values.get(place.value)
        return Found(generation.encode(), kept.stored if kept else None, mine=True)

    async def settle(
        self, place: Place, token: str, generation: bytes | None, raw: bytes | None, seconds: float
    ) -> None:
        """The value that was made under this claim, None for none; it is not kept where the lock is lost."""
        if self._locks.get(place.lock) != token:
            return
        del self._locks[place.lock]
        if raw is not None and generation is not None:
            self._values[place.value] = Kept(generation + raw, seconds)

    async def put(self, place: Place, token: str, raw: bytes, seconds: float) -> bool:
        """Keep a value, whoever is making one."""
        generation = self._generations.setdefault(place.group, token)
        self._locks.pop(place.lock, None)
        self._values[place.value] = Kept(generation.encode() + raw, seconds)
        return True

    async def drop(self, place: Place) -> bool:
        """Forget a value, also one that is being made."""
        self._locks.pop(place.lock, None)
        self._values.pop(place.value, None)
        return True

    async def renew(self, group: str, token: str) -> bool:
        """Forget a group."""
        self._generations[group] = token
        return True
