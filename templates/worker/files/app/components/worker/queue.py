"""The queue: what this worker runs it holds by a lease, and others take over what nobody holds any more."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncGenerator, Callable
from functools import partial
from uuid import uuid4

from redis.exceptions import RedisError
from taskiq import AckableMessage, AsyncBroker, BrokerMessage, TaskiqMessage

from app.components.worker import stream
from app.components.worker.settings import WorkerSettings
from app.components.worker.stream import Entry
from app.core.config import settings
from app.core.logging import get_logger

log = get_logger(__name__)
LOOK_ROUND_SECONDS = 1.0
# A newer version of the app may know what this one does not: it is asked for five minutes.
STRANGE_TIMES, STRANGE_SECONDS = 10, 30.0


class HeldMessage(AckableMessage):
    """A task that this process holds."""

    entry: bytes


class StreamQueue(AsyncBroker):
    """
    Delivers each task at least once.

    A task stays in the stream until it is done. Whoever runs it renews its lease; once nobody does, the next
    worker takes it over, and a task that outlives too many workers is laid aside.
    """

    def __init__(self) -> None:
        super().__init__()
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        # What this process runs now.
        self.held: set[bytes] = set()
        # Asked each time round: a cancellation can be lost on the way through a client that is being closed.
        self.is_stopping: Callable[[], bool] = lambda: False
        # From here on, what ends has been handed back: it is no outcome of the task.
        self.is_leaving = False
        self._looked_round = 0.0

    async def kick(self, message: BrokerMessage) -> None:
        """Send a task; its label `wait_seconds` says how much later it is due."""
        await stream.send(message.message, float(message.labels.get("wait_seconds", 0)))

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """
        The next task for this worker, each time it has room for one.

        An outage of Redis does not get through: who asks knows what is running, and has to outlive it.
        """
        is_open = False
        while not self.is_stopping():
            try:
                if not is_open:
                    await stream.open_stream()
                is_open = True
                known = [entry for entry in await self._next() if await self._is_known(*entry)]
            except (RedisError, OSError) as error:
                log.warning("redis_is_down", error=repr(error))
                # It may have forgotten the stream.
                is_open = False
                await asyncio.sleep(LOOK_ROUND_SECONDS)
                continue
            for entry, data in known:
                self.held.add(entry)
                yield HeldMessage(data=data, ack=partial(stream.end, entry), entry=entry)

    async def renew(self) -> None:
        """Say that what this process holds is still being worked on."""
        if self.held:
            await stream.renew(self.name, list(self.held))

    async def lay_aside(self, data: bytes, why: str, entry: bytes | None = None) -> None:
        """Keep a task where a person finds it. The log is told what kind of reason it is, not what with."""
        await stream.lay_aside(data, why, entry)
        message = self._message_in(data)
        log.warning("task_laid_aside", task=message and message.task_name, why=why.partition(":")[0])

    async def hand_back(self) -> int:
        """Leave: what this worker has not done waits for another one. Says how many tasks those are."""
        self.is_leaving = True
        return await stream.hand_back(self.name)

    async def _next(self) -> list[Entry]:
        if time.monotonic() - self._looked_round < LOOK_ROUND_SECONDS:
            return await stream.read(self.name)
        await stream.bring_due()
        configured = settings(WorkerSettings)
        found = await stream.take_over(self.name, configured.task_lease_seconds, self.held)
        if found is None:
            self._looked_round = time.monotonic()
            return await stream.read(self.name)
        # Where one worker died, more may be waiting: the next look is at once.
        (entry, data), deliveries = found
        if deliveries <= configured.task_deliveries:
            return [(entry, data)]
        await self.lay_aside(data, "the workers that ran it did not live to end it", entry)
        return []

    async def _is_known(self, entry: bytes, data: bytes) -> bool:
        message = self._message_in(data)
        if message and self.find_task(message.task_name):
            return True
        strange = int(message.labels.get("strange", 0)) + 1 if message else STRANGE_TIMES + 1
        if message is None or strange > STRANGE_TIMES:
            await self.lay_aside(data, "there is no task of that name here", entry)
        else:
            again = message.model_copy(update={"labels": message.labels | {"strange": strange}})
            await stream.put_off(entry, self.formatter.dumps(again).message, STRANGE_SECONDS)
            log.warning("task_put_off", task=message.task_name, why="there is no task of that name here")
        return False

    def _message_in(self, data: bytes) -> TaskiqMessage | None:
        try:
            return self.formatter.loads(data)
        except ValueError:
            return None
