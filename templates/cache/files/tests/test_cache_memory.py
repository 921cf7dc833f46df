"""What only a cache in memory has to be asked."""

from pydantic import TypeAdapter

from app.components.cache.cache import MISSING, Cache
from tests.conftest import Configure


async def test_what_was_not_asked_for_the_longest_makes_room(configure: Configure) -> None:
    configure(cache_max_entries=2)
    numbers = Cache("numbers", TypeAdapter(int), seconds=60)
    await numbers.set("one", 1)
    await numbers.set("two", 2)
    assert await numbers.get("one") == 1
    await numbers.set("three", 3)
    assert [await numbers.get(key) for key in ("one", "two", "three")] == [1, MISSING, 3]


async def test_a_value_that_is_changed_by_its_reader_stays_what_it_was() -> None:
    lists = Cache("lists", TypeAdapter(list[int]), seconds=60)
    kept = [1]
    await lists.set("k", kept)
    kept.append(2)
    read = await lists.get("k")
    assert read == [1]
    assert isinstance(read, list)
    read.append(3)
    assert await lists.get("k") == [1]
