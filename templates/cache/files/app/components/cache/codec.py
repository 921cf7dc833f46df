"""Values as JSON, of the type that was declared: what others wrote can be wrong, but runs nothing."""

from typing import TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class UnfitError(TypeError):
    """A value that JSON does not give back as it was: a secret, a row of the database, another type."""


def encode(kind: TypeAdapter[T], value: T) -> bytes:
    """The value as JSON; raises UnfitError."""
    try:
        raw = kind.dump_json(value, warnings="error")
        same = bool(kind.validate_json(raw) == value)
    except ValueError as error:
        raise UnfitError(f"A {type(value).__name__} cannot be read back from JSON as what it was.") from error
    if not same:
        raise UnfitError(f"A {type(value).__name__} is something else when it is read back from JSON.")
    return raw
