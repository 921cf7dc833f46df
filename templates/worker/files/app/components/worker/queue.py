"""Where tasks wait: a Redis stream; a worker holds what it runs by a lease."""

import os
import socket
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import cast
from uuid import uuid4

from redis.exceptions import ResponseError
from taskiq import AckableMessage, AsyncBroker, BrokerMessage

from app.components.worker.settings import WorkerSettings
from app.core.config import settings
from app.core.logging import get_logger
from app.core.redis import redis

log = get_logger(__name__)
WAITING, GROUP = "tasks:waiting", "workers"
# Sorted by the second, in Redis's own time, at which each is due.
LATER = "tasks:later"
DEAD = "tasks:dead"
BLOCK_MILLISECONDS = 1000
LOOK_ROUND_SECONDS = 1.0

# In one step, or two workers would each bring the same one.
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

# The id of an entry, and the task in it.
Entry = tuple[bytes, bytes]


def tasks_in(entries: object) -> list[Entry]:
    """Entries as this client answers with them, which its types leave open."""
    found = cast(list[tuple[bytes, dict[bytes, bytes]]], entries or [])
    return [(entry, fields[b"data"]) for entry, fields in found]


class StreamQueue(AsyncBroker):
    """
    Delivers each task at least once.

    A task stays in the stream until it is done. Whoever runs it renews its lease; once nobody does, the next
    worker takes it over, and a task that outlives too many workers is laid aside.
    """

    def __init__(self) -> None:
        super().__init__()
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        # What this process runs now: entries of the stream, with their content.
        self.held: dict[bytes, bytes] = {}
        # From here on, what ends has been handed back: it is no outcome of the task.
        self.is_leaving = False

    async def kick(self, message: BrokerMessage) -> None:
        """Send a task; its label `wait_seconds` says how much later it is due."""
        wait = float(message.labels.get("wait_seconds", 0))
        if wait <= 0:
            await redis().xadd(WAITING, {"data": message.message})
            return
        seconds, microseconds = await redis().time()
        await redis().zadd(LATER, {message.message: seconds + microseconds / 1e6 + wait})

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """The next task for this worker, each time it has room for one."""
        await self._make_group()
        looked_round = 0.0
        while True:
            taken: list[Entry] = []
            if time.monotonic() - looked_round >= LOOK_ROUND_SECONDS:
                await redis().eval(BRING_DUE, 2, LATER, WAITING)
                taken = await self._take_over()
                # Where one worker died, more may be waiting.
                looked_round = 0.0 if taken else time.monotonic()
            for entry, data in taken or await self._read():
                if self._is_known(data):
                    self.held[entry] = data
                    yield AckableMessage(data=data, ack=self._done(entry))
                else:
                    await self.lay_aside(data, "there is no task of that name here", entry)

    async def renew(self) -> None:
        """Say that what this process holds is still being worked on."""
        if self.held:
            await redis().xclaim(WAITING, GROUP, self.name, 0, list(self.held), justid=True)

    async def lay_aside(self, data: bytes, why: str, entry: bytes | None = None) -> None:
        """Keep a task where a person finds it; with its entry, out of the stream in the same step."""
        async with redis().pipeline() as pipe:
            pipe.xadd(DEAD, {"data": data, "why": why[:1000]})
            if entry is not None:
                pipe.xack(WAITING, GROUP, entry)
                pipe.xdel(WAITING, entry)
            await pipe.execute()
        log.warning("task_laid_aside", task=self._name_of(data), why=why)

    async def hand_back(self) -> int:
        """Leave: what this worker has not done waits for another one. Says how many tasks those are."""
        self.is_leaving = True
        answer = await redis().xpending_range(WAITING, GROUP, "-", "+", 10_000, consumername=self.name)
        mine = [one["message_id"] for one in cast(list[dict[str, bytes]], answer)]
        for entry in mine:
            for _, data in tasks_in(await redis().xrange(WAITING, entry, entry)):
                async with redis().pipeline() as pipe:
                    pipe.xadd(WAITING, {"data": data})
                    pipe.xack(WAITING, GROUP, entry)
                    pipe.xdel(WAITING, entry)
                    await pipe.execute()
        await redis().xgroup_delconsumer(WAITING, GROUP, self.name)
        return len(mine)

    async def _make_group(self) -> None:
        try:
            # From the beginning: what was sent before the first worker came is waiting for it.
            await redis().xgroup_create(WAITING, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    async def _read(self) -> list[Entry]:
        answer = await redis().xreadgroup(GROUP, self.name, {WAITING: ">"}, count=1, block=BLOCK_MILLISECONDS)
        streams = cast(list[tuple[bytes, object]], answer or [])
        return [entry for _, entries in streams for entry in tasks_in(entries)]

    async def _take_over(self) -> list[Entry]:
        """A task whose worker has given no sign of life for the length of a lease."""
        configured = settings(WorkerSettings)
        lease = int(configured.task_lease_seconds * 1000)
        answer = await redis().xautoclaim(WAITING, GROUP, self.name, lease, count=1)
        taken = []
        for entry, data in tasks_in(cast(list[object], answer)[1]):
            # This process has it, but was too busy to say so.
            if entry in self.held:
                continue
            pending = await redis().xpending_range(WAITING, GROUP, entry, entry, 1)
            [state] = cast(list[dict[str, int]], pending)
            if state["times_delivered"] > configured.task_deliveries:
                await self.lay_aside(data, "the workers that ran it did not live to end it", entry)
            else:
                taken.append((entry, data))
        return taken

    def _done(self, entry: bytes) -> Callable[[], Awaitable[None]]:
        async def done() -> None:
            async with redis().pipeline() as pipe:
                pipe.xack(WAITING, GROUP, entry)
                pipe.xdel(WAITING, entry)
                await pipe.execute()
            self.held.pop(entry, None)

        return done

    def _name_of(self, data: bytes) -> str | None:
        try:
            return self.formatter.loads(data).task_name
        except ValueError:
            return None

    def _is_known(self, data: bytes) -> bool:
        name = self._name_of(data)
        return name is not None and self.find_task(name) is not None
