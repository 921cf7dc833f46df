"""What becomes of a task that failed."""

import secrets
from contextvars import ContextVar
from typing import Any

from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult
from taskiq.exceptions import NoResultError

from app.components.worker.queue import StreamQueue
from app.core.logging import get_logger

log = get_logger(__name__)
LONGEST_WAIT_SECONDS = 3600.0
# Each task that is run is an asyncio task of its own, with a context of its own.
AS_SENT: ContextVar[TaskiqMessage] = ContextVar("as_sent")


class PermanentError(Exception):
    """Raised by a task that no retry would help."""


class Retries(TaskiqMiddleware):
    """Sends it again, each time later; once that is of no use, lays it aside."""

    def __init__(self, queue: StreamQueue) -> None:
        super().__init__()
        self.queue = queue

    def pre_execute(self, message: TaskiqMessage) -> TaskiqMessage:
        """A task may change what it was given; what is sent again is what was sent."""
        AS_SENT.set(message.model_copy(deep=True))
        return message

    async def on_error(
        self, message: TaskiqMessage, result: TaskiqResult[Any], exception: BaseException
    ) -> None:
        """The task is acknowledged only after this, so that it is never nowhere."""
        if self.queue.is_leaving:
            raise exception
        message = AS_SENT.get()
        labels = message.labels
        tried = int(labels.get("tried", 0)) + 1
        if tried > int(labels["retries"]) or isinstance(exception, PermanentError):
            data = self.queue.formatter.dumps(message).message
            await self.queue.lay_aside(data, f"{type(exception).__name__}: {exception}")
            return
        wait = wait_seconds(float(labels["first_wait"]), tried)
        again = message.model_copy(update={"labels": labels | {"tried": tried, "wait_seconds": wait}})
        await self.queue.kick(self.queue.formatter.dumps(again))
        log.info("task_tried_again", task=message.task_name, tried=tried, wait=round(wait, 1))
        # Whoever waits for what it comes to waits for the last try.
        result.error = NoResultError()


def wait_seconds(first: float, tried: int) -> float:
    """Twice as long with each try; half of it is chance, so that what failed together comes back apart."""
    longest = min(first * 2.0 ** (tried - 1), LONGEST_WAIT_SECONDS)
    return longest * (0.5 + secrets.randbelow(501) / 1000)
