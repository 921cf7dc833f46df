"""How well the cache does."""

from dataclasses import dataclass, replace


@dataclass(slots=True)
class CacheFigures:
    """Counted since the process started."""

    hits: int = 0
    misses: int = 0
    # What the store could not be asked, and values that could not be kept.
    errors: int = 0


counted = CacheFigures()


def cache_figures() -> CacheFigures:
    """The figures of this moment, for metrics."""
    return replace(counted)
