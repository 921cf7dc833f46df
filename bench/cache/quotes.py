"""What the cache figures are about: one small answer, made each time, kept by the project's cache, or got from Redis."""

import os
import time
from collections.abc import Awaitable, Callable
from itertools import count

from app.components.cache.decorator import cached
from fastapi import FastAPI, Response
from pydantic import BaseModel


class Quote(BaseModel):
    """An answer of the usual kind."""

    article: str
    cents: int
    currency: str


async def plain(article: str) -> Quote:
    return Quote(article=article, cents=4200, currency="EUR")


# As it stands in Redis.
RAW = Quote(article="42", cents=4200, currency="EUR").model_dump_json().encode()
quote = cached(seconds=3600)(plain)
fresh = count()


async def there() -> bytes:
    return (await quote("42")).model_dump_json().encode()


async def missed() -> bytes:
    return (await quote(f"{os.getpid()}-{next(fresh)}")).model_dump_json().encode()


async def made() -> bytes:
    return (await plain("42")).model_dump_json().encode()


WAYS: dict[str, Callable[[], Awaitable[bytes | None]]] = {"plain": made, "cached": there, "missed": missed}
if "REDIS_URL" in os.environ:
    from redis.asyncio import Redis

    client = Redis.from_url(os.environ["REDIS_URL"])

    async def got() -> bytes | None:
        """A bare GET: no check of what it is, and nothing made where it is away."""
        return await client.get("quote")

    WAYS["GET"] = got

app = FastAPI()


@app.put("/quote")
async def prepare() -> None:
    if "GET" in WAYS:
        await client.set("quote", RAW)
    await there()


@app.get("/requests/{way}")
async def answer(way: str) -> Response:
    return Response(await WAYS[way](), media_type="application/json")


@app.get("/calls/{way}")
async def call(way: str, times: int) -> float:
    """Microseconds a call, one after the other, without anything of a request."""
    begun = time.perf_counter()
    for _ in range(times):
        await WAYS[way]()
    return (time.perf_counter() - begun) / times * 1e6
