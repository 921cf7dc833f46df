"""A cache that knows nothing of the test before."""

from collections.abc import Iterator

import pytest

from app.components.cache.cache import store
from app.components.cache.figures import counted


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    store.cache_clear()
    counted.hits = counted.misses = counted.errors = 0
    yield
    store.cache_clear()
