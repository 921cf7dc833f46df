"""What the store of the cache is asked for, and what it answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The keys of one value."""

    # Holds the group's generation. A value counts only under the one it was begun in: a new one forgets the
    # whole group, along with what is being made at that moment.
    group: str
    value: str
    # Held by whoever makes the value. Who forgets or sets the value takes it away from them.
    lock: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a place."""

    # None: the store is away.
    generation: bytes | None
    stored: bytes | None
    # Whether the one who asks is the one to make the value.
    mine: bool = False

    @property
    def raw(self) -> bytes | None:
        """The value; None where there is none of this generation."""
        if self.generation is None or self.stored is None or not self.stored.startswith(self.generation):
            return None
        return self.stored[len(self.generation) :]
