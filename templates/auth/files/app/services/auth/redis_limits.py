"""
Attempts counted in Redis.

Each act is one script, which nothing comes between. Of the libraries, `limits` does not go with this Redis
client, and none has waits that double.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from redis.exceptions import RedisError

from app.core.config import ConfigError, settings
from app.core.redis import RedisSettings, close_redis, redis, unreachable

# A request that waits for longer is better told to come back.
ANSWER_SECONDS = 3.0
MILLISECOND = timedelta(milliseconds=1)
# In: now, and for each key how many attempts, the window, how many waits there are, and these. Out: 0, or
# until when one of them is shut; then none is counted. What is kept goes by itself, with its window.
TAKE = """
local now, at, changes = tonumber(ARGV[1]), 2, {}
for index, key in ipairs(KEYS) do
  local row = redis.call('HMGET', key, 'hits', 'shut_until', 'forget_at')
  local hits, shut, forget = tonumber(row[1] or 0), tonumber(row[2] or 0), tonumber(row[3] or 0)
  local most, window, waits = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  if shut > now then return shut end
  local over = forget <= now
  hits = over and 1 or hits + 1
  if over or waits > 0 then forget = now + window end
  shut = 0
  if hits >= most and waits > 0 then
    shut = now + tonumber(ARGV[at + 2 + math.min(hits - most + 1, waits)])
  elseif hits >= most then
    shut = forget
  end
  changes[index] = {hits, shut, forget}
  at = at + 3 + waits
end
for index, key in ipairs(KEYS) do
  local hits, shut, forget = unpack(changes[index])
  redis.call('HSET', key, 'hits', hits, 'shut_until', shut, 'forget_at', forget)
  redis.call('PEXPIRE', key, forget - now)
end
return 0
"""
# In: for each key, whether all of it is forgiven. Else one attempt is.
GIVE_BACK = """
for index, key in ipairs(KEYS) do
  local hits = tonumber(redis.call('HGET', key, 'hits') or 0)
  if ARGV[index] == '1' then
    redis.call('DEL', key)
  elseif hits > 0 then
    redis.call('HSET', key, 'hits', hits - 1, 'shut_until', 0)
  end
end
"""


class Limit(Protocol):
    """What is counted; see `app.services.auth.limits`."""

    @property
    def key(self) -> str: ...
    @property
    def most(self) -> int: ...
    @property
    def window(self) -> timedelta: ...
    @property
    def delays(self) -> tuple[timedelta, ...]: ...


async def take(limits: Sequence[Limit], now: datetime) -> datetime | None:
    """Counts an attempt under all limits, or under none and says until when one of them is shut."""
    told: list[int] = [round(now.timestamp() * 1000)]
    for limit in limits:
        told += [limit.most, limit.window // MILLISECOND, len(limit.delays)]
        told += [delay // MILLISECOND for delay in limit.delays]
    shut_until = await _run(TAKE, limits, told)
    return datetime.fromtimestamp(shut_until / 1000, UTC) if shut_until else None


async def give_back(limits: Sequence[Limit]) -> None:
    """Takes an attempt back, and all of them where there are delays."""
    await _run(GIVE_BACK, limits, [int(bool(limit.delays)) for limit in limits])


async def _run(script: str, limits: Sequence[Limit], told: Sequence[int]) -> int:
    keys = [f"auth:limit:{limit.key}" for limit in limits]
    async with asyncio.timeout(ANSWER_SECONDS):
        return int(await redis().eval(script, len(keys), *keys, *map(str, told)) or 0)


def check_memory() -> None:
    """Refuses a Redis that drops keys when its memory is full: who is locked out would be let in."""

    async def ask() -> bool:
        try:
            memory = await redis().info("memory")
        finally:
            await close_redis()
        return not memory["maxmemory"] or memory["maxmemory_policy"] == "noeviction"

    try:
        keeps = asyncio.run(ask())
    except (RedisError, OSError) as error:
        raise ConfigError(unreachable(error)) from error
    if not keeps:
        place = settings(RedisSettings).place
        raise ConfigError(f"Redis at {place} may drop limits: its maxmemory-policy has to be noeviction.")
