"""The stream in which tasks wait, and the places beside it. A task moves from one to another in one step."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from redis.exceptions import ResponseError

from app.core.redis import redis

WAITING, GROUP = "tasks:waiting", "workers"
# Sorted by the second, in Redis's own time, at which each is due.
LATER = "tasks:later"
DEAD = "tasks:dead"
BLOCK_MILLISECONDS = 1000
LONGEST_WHY = 1000
FORGET_WORKER_MILLISECONDS = 24 * 3600 * 1000

# The id of an entry, and the task in it.
Entry = tuple[bytes, bytes]

BRING_DUE = """
local time = redis.call('TIME')
local now = time[1] .. '.' .. string.format('%06d', time[2])
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 100)
for _, task in ipairs(due) do
    redis.call('XADD', KEYS[2], '*', 'data', task)
    redis.call('ZREM', KEYS[1], task)
end
return #due
"""
RENEW = """
for at = 3, #ARGV do
    if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[at], ARGV[at], 1, ARGV[2]) == 1 then
        redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[at], 'JUSTID')
    end
end
"""
# A worker that is forgotten takes along what it was given: it must have nothing any more.
FORGET = """
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
end
"""


def tasks_in(entries: object) -> list[Entry]:
    """Entries as this client answers with them, which its types leave open."""
    found = cast(list[tuple[bytes, dict[bytes, bytes]]], entries or [])
    return [(entry, fields[b"data"]) for entry, fields in found]


async def open_stream() -> None:
    """Make the stream and its group, where they are not there."""
    try:
        # From the beginning: what was sent before the first worker came is waiting for it.
        await redis().xgroup_create(WAITING, GROUP, id="0", mkstream=True)
    except ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


async def send(data: bytes, wait_seconds: float = 0) -> None:
    """Add a task, due now or later."""
    if wait_seconds <= 0:
        await redis().xadd(WAITING, {"data": data})
    else:
        await redis().zadd(LATER, {data: await _now() + wait_seconds})


async def bring_due() -> None:
    """Move what is due by now to where it waits."""
    await redis().eval(BRING_DUE, 2, LATER, WAITING)


async def read(worker: str) -> list[Entry]:
    """The next task, for this worker from now on; none after a while without any."""
    answer = await redis().xreadgroup(GROUP, worker, {WAITING: ">"}, count=1, block=BLOCK_MILLISECONDS)
    streams = cast(list[tuple[bytes, object]], answer or [])
    return [entry for _, entries in streams for entry in tasks_in(entries)]


async def take_over(worker: str, lease_seconds: float, held: Collection[bytes]) -> tuple[Entry, int] | None:
    """A task whose worker has given no sign of life for that long, and how often it was given to one."""
    start: object = b"0-0"
    while True:
        lease = int(lease_seconds * 1000)
        answer = await redis().xautoclaim(WAITING, GROUP, worker, lease, start_id=cast(str, start), count=1)
        start, found = cast(Sequence[object], answer)[:2]
        for entry, data in tasks_in(found):
            # None: its worker has ended it after all. Held: it is our own, which was too busy to say so.
            pending = await redis().xpending_range(WAITING, GROUP, entry, entry, 1)
            for state in cast(list[dict[str, int]], pending):
                if entry not in held:
                    return (entry, data), state["times_delivered"]
        # One look sees ten entries; the cursor leads past those that are being worked on.
        if start == b"0-0":
            return None


async def renew(worker: str, entries: Sequence[bytes]) -> None:
    """Say that these are still being worked on; what another one has taken over by now stays there."""
    await redis().eval(RENEW, 1, WAITING, GROUP, worker, *entries)


async def end(entry: bytes) -> None:
    """It is done: take it out."""
    async with redis().pipeline() as pipe:
        await _take_out(pipe, entry).execute()


async def put_off(entry: bytes, data: bytes, wait_seconds: float) -> None:
    """Have it come again later, in these words."""
    due = await _now() + wait_seconds
    async with redis().pipeline() as pipe:
        pipe.zadd(LATER, {data: due})
        await _take_out(pipe, entry).execute()


async def lay_aside(data: bytes, why: str, entry: bytes | None = None) -> None:
    """Keep a task where a person finds it."""
    async with redis().pipeline() as pipe:
        pipe.xadd(DEAD, {"data": data, "why": why[:LONGEST_WHY]})
        await (pipe if entry is None else _take_out(pipe, entry)).execute()


async def hand_back(worker: str) -> int:
    """What this worker was given and has not done waits for another one; says how many tasks those are."""
    answer = await redis().xpending_range(WAITING, GROUP, "-", "+", 10_000, consumername=worker)
    mine = [one["message_id"] for one in cast(list[dict[str, bytes]], answer)]
    for entry in mine:
        for _, data in tasks_in(await redis().xrange(WAITING, entry, entry)):
            async with redis().pipeline() as pipe:
                pipe.xadd(WAITING, {"data": data})
                await _take_out(pipe, entry).execute()
    await redis().eval(FORGET, 1, WAITING, GROUP, worker)
    return len(mine)


async def forget_dead_workers() -> None:
    """Those that were killed left their names behind."""
    await open_stream()
    for one in await redis().xinfo_consumers(WAITING, GROUP):
        if one["idle"] > FORGET_WORKER_MILLISECONDS:
            await redis().eval(FORGET, 1, WAITING, GROUP, one["name"])


def _take_out(pipe: Any, entry: bytes) -> Any:
    pipe.xack(WAITING, GROUP, entry)
    pipe.xdel(WAITING, entry)
    return pipe


async def _now() -> float:
    seconds, microseconds = await redis().time()
    return seconds + microseconds / 1e6
