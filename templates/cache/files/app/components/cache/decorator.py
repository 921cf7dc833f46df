"""`@cached`: what an async function answers is kept for a while."""

import inspect
from collections.abc import Awaitable, Callable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

from pydantic import TypeAdapter

from app.components.cache.cache import Cache
from app.components.cache.codec import encode

P = ParamSpec("P")
R = TypeVar("R")
NAMELESS = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Cached(Generic[P, R]):
    """A function whose answers are kept; called as before."""

    def __init__(
        self, function: Callable[P, Awaitable[R]], *, seconds: float, version: int, group: str | None
    ) -> None:
        self._function = function
        self._signature = inspect.signature(function)
        hints = get_type_hints(function, include_extras=True)
        name = f"{function.__module__}.{function.__qualname__}"
        for parameter in self._signature.parameters.values():
            if parameter.kind in NAMELESS or parameter.name not in hints:
                raise TypeError(f"{name}: {parameter.name} needs a type, and may be no *args or **kwargs")
        answer: TypeAdapter[R] = TypeAdapter(hints.pop("return"))
        self._kinds: dict[str, TypeAdapter[Any]] = {each: TypeAdapter(kind) for each, kind in hints.items()}
        self._cache = Cache(name, answer, seconds=seconds, version=version, group=group)
        update_wrapper(self, function)

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self._cache.get_or_make(
            self._key(*args, **kwargs), lambda: self._function(*args, **kwargs)
        )

    async def forget(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Make this answer anew the next time; False where the store could not be told."""
        return await self._cache.delete(self._key(*args, **kwargs))

    async def forget_all(self) -> bool:
        """Make all answers of the group anew; False where the store could not be told."""
        return await self._cache.forget_all()

    def _key(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """All arguments, each as JSON of its type: what JSON cannot tell apart is refused."""
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        parts = [encode(self._kinds[name], value).decode() for name, value in bound.arguments.items()]
        return f"[{','.join(parts)}]"


def cached(
    *, seconds: float, version: int = 1, group: str | None = None
) -> Callable[[Callable[P, Awaitable[R]]], Cached[P, R]]:
    """
    Keep the answers of an async function, by its arguments.

    Raise the version when the function means or returns something else. Functions of one group are forgotten
    together.
    """

    def wrap(function: Callable[P, Awaitable[R]]) -> Cached[P, R]:
        return Cached(function, seconds=seconds, version=version, group=group)

    return wrap
