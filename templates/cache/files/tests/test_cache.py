"""What the cache keeps, forgets and refuses, wherever it keeps it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

import pytest
from pydantic import BaseModel, SecretStr, TypeAdapter

from app.components.cache.cache import MISSING, Cache, forget_group
from app.components.cache.codec import UnfitError
from app.components.cache.decorator import Cached, cached
from app.components.cache.figures import CacheFigures, cache_figures
from tests.conftest import Configure


class Price(BaseModel):
    amount: Decimal
    since: date


class Maker:
    """Counts what it is asked for; `go` lets it answer."""

    def __init__(self, answer: str = "made") -> None:
        self.calls = 0
        self.answer = answer
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> str:
        self.calls += 1
        self.begun.set()
        await self.go.wait()
        return self.answer


async def all_have_missed(count: int) -> None:
    """Until that many have looked in vain: whoever looks later may find what was made meanwhile."""
    async with asyncio.timeout(10):
        while (await cache_figures()).misses < count:  # noqa: ASYNC110, nobody announces it
            await asyncio.sleep(0.01)


def texts(name: str = "texts", *, version: int = 1, group: str | None = None) -> Cache[str]:
    return Cache(name, TypeAdapter(str), seconds=60, version=version, group=group)


async def test_what_is_kept_is_what_was_set_until_it_is_deleted() -> None:
    prices = Cache("prices", TypeAdapter(Price), seconds=60)
    price = Price(amount=Decimal("9.90"), since=date(2026, 11, 22))
    assert await prices.get("42") is MISSING
    assert await prices.set("42", price)
    assert await prices.get("42") == price
    assert await prices.get("43") is MISSING
    assert await prices.delete("42")
    assert await prices.get("42") is MISSING
    assert await cache_figures() == CacheFigures(hits=1, misses=3)


async def test_a_function_is_asked_once_for_the_same_arguments() -> None:
    asked: list[tuple[int, str]] = []

    @cached(seconds=60)
    async def line(number: int, unit: str = "kg") -> str:
        asked.append((number, unit))
        return f"{number} {unit}"

    assert [await line(1), await line(number=1), await line(1, "kg")] == ["1 kg"] * 3
    assert await line(2) == "2 kg"
    assert asked == [(1, "kg"), (2, "kg")]
    await line.forget(1)
    assert [await line(1), await line(2)] == ["1 kg", "2 kg"]
    assert len(asked) == 3
    await line.forget_all()
    assert [await line(1), await line(2)] == ["1 kg", "2 kg"]
    assert len(asked) == 5


async def test_none_is_an_answer_like_any_other() -> None:
    calls = []

    @cached(seconds=60)
    async def find(name: str) -> int | None:
        calls.append(name)
        return None

    assert [await find("nobody"), await find("nobody")] == [None, None]
    assert calls == ["nobody"]


async def test_those_who_ask_at_once_share_one_call() -> None:
    maker, cache = Maker(), texts()
    asking = [asyncio.create_task(cache.get_or_make("k", maker)) for _ in range(20)]
    await all_have_missed(20)
    await maker.begun.wait()
    # Whoever goes away, even the first, takes nothing from the others.
    asking.pop(0).cancel()
    maker.go.set()
    assert await asyncio.gather(*asking) == ["made"] * 19
    assert maker.calls == 1
    assert await cache_figures() == CacheFigures(misses=20)


async def test_who_comes_while_the_first_value_of_a_group_is_made_shares_the_call() -> None:
    maker, cache = Maker(), texts()
    first = asyncio.create_task(cache.get_or_make("k", maker))
    await maker.begun.wait()
    late = asyncio.create_task(cache.get_or_make("k", maker))
    await asyncio.sleep(0)
    maker.go.set()
    assert [await first, await late] == ["made", "made"]
    assert maker.calls == 1


async def test_an_error_goes_to_all_who_wait_and_is_not_kept() -> None:
    maker, cache = Maker(), texts()

    async def fails() -> str:
        await maker()
        raise ValueError("no answer")

    asking = [asyncio.create_task(cache.get_or_make("k", fails))]
    await maker.begun.wait()
    # Also to who comes late: nothing was ever kept in this group before the first one asked.
    asking += [asyncio.create_task(cache.get_or_make("k", fails)) for _ in range(2)]
    await all_have_missed(3)
    maker.go.set()
    errors = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(each) for each in errors] == [ValueError] * 3
    assert await cache.get_or_make("k", maker) == "made"
    assert maker.calls == 2


CHANGES: dict[str, Callable[[Cache[str]], Awaitable[bool]]] = {
    "deleted": lambda cache: cache.delete("k"),
    "set": lambda cache: cache.set("k", "new"),
    "forgotten": lambda cache: cache.forget_all(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_what_changes_while_it_is_made_stays_changed(
    change: Callable[[Cache[str]], Awaitable[bool]], configure: Configure
) -> None:
    # Between processes: whoever comes after a group was forgotten waits for whoever began before.
    configure(cache_lock_seconds=0.2)
    old, new, cache = Maker("old"), Maker("new"), texts()
    asking = asyncio.create_task(cache.get_or_make("k", old))
    await old.begun.wait()
    assert await change(cache)
    # Who asks from now on does not get what was begun before.
    new.go.set()
    assert await cache.get_or_make("k", new) == "new"
    old.go.set()
    assert await asking == "old"
    assert await cache.get("k") == "new"


async def test_another_version_does_not_read_it() -> None:
    await texts(version=1).set("k", "old")
    assert await texts(version=2).get("k") is MISSING
    assert await texts(version=1).get("k") == "old"


async def test_a_group_is_forgotten_together() -> None:
    one, two, other = texts("one", group="all"), texts("two", group="all"), texts("other")
    for cache in (one, two, other):
        await cache.set("k", "kept")
    assert await forget_group("all")
    assert [await cache.get("k") for cache in (one, two, other)] == [MISSING, MISSING, "kept"]


async def test_a_value_of_another_shape_is_none() -> None:
    await texts().set("k", "text")
    numbers = Cache("texts", TypeAdapter(int), seconds=60)
    assert await numbers.get("k") is MISSING


async def test_its_time_runs_out() -> None:
    short = Cache("short", TypeAdapter(str), seconds=0.05)
    await short.set("k", "kept")
    await asyncio.sleep(0.1)
    assert await short.get("k") is MISSING


async def test_a_secret_is_neither_a_value_nor_a_key() -> None:
    async def make() -> SecretStr:
        return SecretStr("sesame")

    @cached(seconds=60)
    async def greet(secret: SecretStr) -> str:
        return secret.get_secret_value()

    secrets = Cache("secrets", TypeAdapter(SecretStr), seconds=60)
    with pytest.raises(UnfitError):
        await secrets.set("k", SecretStr("sesame"))
    with pytest.raises(UnfitError):
        await greet(SecretStr("sesame"))
    # Made, it is handed out, and said to be unfit.
    assert (await secrets.get_or_make("k", make)).get_secret_value() == "sesame"
    assert await secrets.get("k") is MISSING
    assert (await cache_figures()).errors == 1


async def test_a_value_of_another_type_is_refused() -> None:
    @cached(seconds=60)
    async def double(number: int) -> int:
        return number * 2

    with pytest.raises(UnfitError):
        # The type checker knows as well: it complains of mutes that nothing needs.
        await double("2")  # type: ignore[arg-type]
    numbers: Cache[object] = Cache("numbers", TypeAdapter(int), seconds=60)
    with pytest.raises(UnfitError):
        await numbers.set("k", "text")


def test_a_key_needs_types_and_names() -> None:
    async def spread(*numbers: int) -> int:
        return sum(numbers)

    with pytest.raises(TypeError, match="numbers"):
        cached(seconds=60)(spread)


def test_a_cached_function_is_still_called_what_it_was() -> None:
    @cached(seconds=60)
    async def area(width: int, height: int) -> int:
        """Its doc."""
        return width * height

    assert isinstance(area, Cached)
    assert (vars(area)["__name__"], area.__doc__) == ("area", "Its doc.")
