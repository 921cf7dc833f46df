"""What only a cache in Redis has to be asked: other processes, and outages."""

import asyncio

import pytest
from pydantic import TypeAdapter
from structlog.testing import capture_logs

from app.components.cache import redis_store
from app.components.cache.cache import MISSING, Cache, store
from app.components.cache.figures import cache_figures
from app.components.cache.redis_store import RedisStore
from app.core.redis import close_redis, redis
from tests.conftest import Configure

AWAY = "redis://127.0.0.1:1/0"


def numbers() -> Cache[int]:
    """As another process would have it: nothing is shared but Redis."""
    return Cache("numbers", TypeAdapter(int), seconds=60)


async def test_other_processes_wait_for_the_one_that_makes_it() -> None:
    calls, go = [], asyncio.Event()

    async def make() -> int:
        calls.append(1)
        await go.wait()
        return 42

    asking = [asyncio.create_task(numbers().get_or_make("k", make)) for _ in range(5)]
    await asyncio.sleep(0.1)
    go.set()
    assert await asyncio.gather(*asking) == [42] * 5
    assert calls == [1]
    assert await redis().keys("*:lock") == []


async def test_when_the_maker_takes_too_long_another_one_makes_it(configure: Configure) -> None:
    configure(cache_lock_seconds=0.2)
    begun, go = asyncio.Event(), asyncio.Event()

    async def hang() -> int:
        begun.set()
        await go.wait()
        return 0

    async def make() -> int:
        return 42

    late = asyncio.create_task(numbers().get_or_make("k", hang))
    await begun.wait()
    assert await numbers().get_or_make("k", make) == 42
    go.set()
    assert await late == 0
    assert await numbers().get("k") == 42


async def test_who_waited_too_long_helps_themselves_and_keeps_nothing(configure: Configure) -> None:
    configure(cache_lock_seconds=0.05)

    async def make() -> int:
        return 42

    await numbers().set("other", 1)
    place = numbers()._place("k")  # noqa: SLF001, held for ever, which no process does
    await redis().set(place.lock, "somebody")
    assert await numbers().get_or_make("k", make) == 42
    assert await numbers().get("k") is MISSING


async def test_a_lost_generation_forgets_rather_than_revives() -> None:
    await numbers().set("k", 1)
    await redis().delete("cache:group:numbers")
    assert await numbers().get("k") is MISSING
    await numbers().set("other", 2)
    assert await numbers().get("k") is MISSING


async def test_values_end_by_themselves_and_are_plain_json() -> None:
    await numbers().set("k", 42)
    (key,) = await redis().keys("cache:value:*")
    assert 0 < await redis().pttl(key) <= 60_000
    stored = await redis().get(key)
    assert isinstance(stored, bytes)
    assert stored[32:] == b"42"


async def test_without_redis_everything_is_made_anew_and_one_line_says_so(
    configure: Configure, monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    calls = []

    async def make() -> int:
        calls.append(1)
        return len(calls)

    assert await numbers().get_or_make("k", make) == 1
    await close_redis()
    configure(redis_url=AWAY)
    with capture_logs() as said:
        assert [await numbers().get_or_make("k", make) for _ in range(3)] == [2, 3, 4]
        told = [await numbers().set("k", 5), await numbers().delete("k"), await numbers().forget_all()]
        assert told == [False] * 3
        assert await numbers().get("k") is MISSING
        assert cache_figures().errors > 3
        await close_redis()
        configure(redis_url=redis_url)
        # Not yet: it is not asked with every call.
        assert await numbers().get("k") is MISSING
        monkeypatch.setattr(store(), "_next_try", 0.0)
        assert await numbers().get("k") == 1
    assert [line["event"] for line in said] == ["cache_is_away", "cache_is_back"]


async def test_a_redis_that_hangs_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_store, "ANSWER_SECONDS", 0.05)
    await redis().client_pause(300)
    assert not await RedisStore().renew("cache:group:any", "token")
    await redis().client_unpause()
