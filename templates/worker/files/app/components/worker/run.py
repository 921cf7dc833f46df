"""The worker process."""

import asyncio
import os
from contextlib import suppress

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError
from taskiq import AckableMessage
from taskiq.acks import AcknowledgeType
from taskiq.receiver import Receiver

from app.components.worker.broker import find_tasks, queue
from app.components.worker.once import forget_old_keys
from app.components.worker.queue import HeldMessage
from app.components.worker.settings import WorkerSettings
from app.components.worker.status import say_alive
from app.components.worker.stream import forget_dead_workers
from app.core.config import settings
from app.core.db import dispose
from app.core.logging import get_logger
from app.core.process import prepare_process, until_told
from app.core.redis import close_redis, prepare_redis

log = get_logger(__name__)
SWEEP_SECONDS = 3600.0


def run_worker() -> None:
    """Run background tasks until told to stop; any number of these may run at once."""
    prepare_process()
    prepare_redis()
    find_tasks()
    asyncio.run(_work_and_leave())


class LettingGo(Receiver):
    """Holds a task as long as it runs it, however that ends."""

    async def callback(self, message: bytes | AckableMessage, raise_err: bool = False) -> None:
        """Run a task; one that could not be acknowledged comes again when its lease is over."""
        try:
            await super().callback(message, raise_err)
        finally:
            if isinstance(message, HeldMessage):
                queue.held.discard(message.entry)


async def _work_and_leave() -> None:
    if await until_told("worker", work):
        # What was handed back still runs here, perhaps in threads that asyncio would wait for.
        os._exit(0)


async def work(stop: asyncio.Event) -> int:
    """Run tasks until `stop` is set; says how many had to be handed back unfinished."""
    queue.is_worker_process, queue.is_leaving, queue.is_stopping = True, False, stop.is_set
    left = asyncio.Event()
    beside = [asyncio.create_task(_keep_alive(left)), asyncio.create_task(_sweep(left))]
    log.info("worker_started", worker=queue.name, tasks=sorted(queue.get_all_tasks()))
    try:
        configured = settings(WorkerSettings)
        receiver = LettingGo(
            queue,
            max_async_tasks=configured.worker_concurrency,
            run_startup=False,
            ack_type=AcknowledgeType.WHEN_SAVED,
            wait_tasks_timeout=configured.worker_grace_seconds,
        )
        await receiver.listen(stop)
        unfinished = await _hand_back()
        log.info("worker_stopped", worker=queue.name, handed_back=unfinished)
        return unfinished
    finally:
        queue.is_leaving = True
        # Not cancelled: a statement that is broken off may leave its connection in any state.
        left.set()
        await asyncio.gather(*beside)
        await dispose()
        await close_redis()


async def _hand_back() -> int:
    try:
        return await queue.hand_back()
    except (RedisError, OSError) as error:
        # Their leases end by themselves.
        log.warning("not_handed_back", error=repr(error))
        return len(queue.held)


async def _keep_alive(left: asyncio.Event) -> None:
    """Renew what is held, three times a lease: one that fails is no matter."""
    while not left.is_set():
        with suppress(RedisError, OSError):
            await queue.renew()
            await say_alive()
        await _pause(left, settings(WorkerSettings).task_lease_seconds / 3)


async def _sweep(left: asyncio.Event) -> None:
    while not left.is_set():
        try:
            await forget_old_keys()
            await forget_dead_workers()
        except (SQLAlchemyError, RedisError, OSError) as error:
            log.warning("not_swept", error=type(error).__name__)
        await _pause(left, SWEEP_SECONDS)


async def _pause(end: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(end.wait(), seconds)
