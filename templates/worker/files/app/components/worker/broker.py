"""How a function becomes a task: `@task()`."""

import logging
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from taskiq import AsyncTaskiqDecoratedTask

from app.components.worker.queue import StreamQueue
from app.components.worker.results import Results
from app.components.worker.retries import Retries
from app.core.config import ROOT

P = ParamSpec("P")
R = TypeVar("R")
Work = Coroutine[Any, Any, R]
# It tells the values of arguments.
logging.getLogger("taskiq.receiver.params_parser").setLevel(logging.ERROR)
queue = StreamQueue()
queue.result_backend = Results()
queue.add_middlewares(Retries(queue))


def task(
    *, retries: int = 3, first_wait: float = 5, time_limit: float = 60
) -> Callable[[Callable[P, Work[R]]], AsyncTaskiqDecoratedTask[P, Work[R]]]:
    """
    Make a function a task: `await it.kiq(...)` sends it.

    A try may take `time_limit` seconds. After a failure there are as many `retries`, the first one about
    `first_wait` seconds later, each next one twice as late.
    """
    return queue.task(timeout=time_limit, retries=retries, first_wait=first_wait)


@task(retries=0, time_limit=5)
async def ping() -> str:
    """Goes the way of every task."""
    return "pong"


def find_tasks() -> None:
    """Import every `app/services/<service>/tasks.py`; a worker knows what has been imported."""
    for file in sorted((ROOT / "app" / "services").glob("*/tasks.py")):
        import_module(f"app.services.{file.parent.name}.tasks")
