"""A worker in the test's own process, and tasks that last as long as one test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

import pytest
from taskiq import AsyncTaskiqTask, TaskiqResult

from app.components.worker.broker import queue
from app.components.worker.run import work

R = TypeVar("R")
Worker = Callable[[], AbstractAsyncContextManager[None]]
PATIENCE_SECONDS = 10


@pytest.fixture(autouse=True)
def _own_tasks() -> Iterator[None]:
    """Tasks that a test declares are gone after it, and so is what it left unfinished."""
    before = dict(queue.local_task_registry)
    yield
    queue.local_task_registry = before
    queue.held.clear()


@pytest.fixture
def worker() -> Worker:
    """`async with worker():` runs tasks until the block ends."""

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        stop = asyncio.Event()
        working = asyncio.create_task(work(stop))
        try:
            yield
        finally:
            stop.set()
            await working

    return running


async def outcome(sent: AsyncTaskiqTask[R]) -> TaskiqResult[R]:
    """What a task comes to, once it has."""
    return await sent.wait_result(check_interval=0.01, timeout=PATIENCE_SECONDS)


async def until(happened: Callable[[], Awaitable[bool]]) -> None:
    """Waits for something that another process or task does, and that nobody announces."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await happened():  # noqa: ASYNC110, there is no event for what Redis holds
            await asyncio.sleep(0.01)
