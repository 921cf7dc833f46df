"""What a part of the project tells about itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class State(IntEnum):
    """How a part is, from what needs nobody to what is worst."""

    UNWATCHED = 0
    WELL = 1
    STRAINED = 2
    SLOW = 3
    DOWN = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What matters in a part, and a hint at what to do. Whoever cannot make one raises: the part is down."""

    facts: Mapping[str, object]
    state: State = State.WELL
    hint: str = ""
