"""What tasks came to, kept in Redis for a while. JSON, never pickle: reading it runs nothing."""

import json
from typing import Any

from taskiq import AsyncResultBackend, TaskiqResult

from app.components.worker.settings import WorkerSettings
from app.core.config import settings
from app.core.redis import redis


class TaskFailedError(Exception):
    """What whoever waits for a task gets when it failed: the kind of error, and its words."""


class Results(AsyncResultBackend[Any]):
    """One key a task, which goes by itself."""

    async def set_result(self, task_id: str, result: TaskiqResult[Any]) -> None:
        """Keep what a task came to."""
        error = None if result.error is None else f"{type(result.error).__name__}: {result.error}"
        content = json.dumps({"value": result.return_value, "error": error, "seconds": result.execution_time})
        await redis().set(_key(task_id), content, ex=settings(WorkerSettings).task_result_seconds)

    async def is_result_ready(self, task_id: str) -> bool:
        """Whether the task is done, well or not."""
        return bool(await redis().exists(_key(task_id)))

    async def get_result(self, task_id: str, with_logs: bool = False) -> TaskiqResult[Any]:  # noqa: ARG002, there are none
        """What it came to; only to be asked for once it is there."""
        content = json.loads(await redis().get(_key(task_id)) or "{}")
        error = content.get("error")
        return TaskiqResult(
            is_err=error is not None,
            return_value=content.get("value"),
            execution_time=content.get("seconds", 0),
            error=None if error is None else TaskFailedError(error),
        )


def _key(task_id: str) -> str:
    return f"tasks:result:{task_id}"
