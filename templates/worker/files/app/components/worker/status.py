"""How the queue is doing, and what lies in its dead-letter place."""

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from redis.exceptions import ResponseError

from app.components.worker.broker import queue
from app.components.worker.settings import WorkerSettings
from app.components.worker.stream import DEAD, GROUP, LATER, WAITING, tasks_in
from app.core.config import settings
from app.core.redis import redis

ALIVE = "tasks:worker:"
ID = re.compile(r"\d{1,18}-\d{1,18}")
# What is left behind when a task is sent anew.
OF_THIS_TRY = {"tried", "wait_seconds", "strange"}


@dataclass(frozen=True)
class QueueStatus:
    """Numbers of tasks, and the workers that are there."""

    waiting: int
    running: int
    later: int
    dead: int
    workers: list[dict[str, Any]]


@dataclass(frozen=True)
class DeadTask:
    """A task that was laid aside, and why."""

    id: str
    name: str
    arguments: dict[str, Any]
    why: str


async def say_alive() -> None:
    """Leave a sign of life that fades after a lease."""
    lease = settings(WorkerSettings).task_lease_seconds
    content = json.dumps({"name": queue.name, "running": len(queue.held)})
    await redis().set(f"{ALIVE}{queue.name}", content, px=int(lease * 1000))


async def queue_status() -> QueueStatus:
    """Count what waits, runs, is due later and was laid aside."""
    try:
        running = (await redis().xpending(WAITING, GROUP))["pending"]
        # Asked for by name: to look through all keys takes long where there are many.
        known = await redis().xinfo_consumers(WAITING, GROUP)
    except ResponseError:
        # No worker was ever there.
        running, known = 0, []
    names = [f"{ALIVE}{one['name'].decode()}" for one in known]
    alive = await redis().mget(names) if names else []
    return QueueStatus(
        waiting=await redis().xlen(WAITING) - running,
        running=running,
        later=await redis().zcard(LATER),
        dead=await redis().xlen(DEAD),
        workers=sorted((json.loads(one) for one in alive if one), key=lambda one: str(one["name"])),
    )


async def dead_tasks() -> list[DeadTask]:
    """What was laid aside, the oldest first."""
    entries = cast(list[tuple[bytes, dict[bytes, bytes]]], await redis().xrange(DEAD))
    return [_described(entry.decode(), fields) for entry, fields in entries]


def _described(entry: str, fields: dict[bytes, bytes]) -> DeadTask:
    why = fields[b"why"].decode()
    try:
        message = queue.formatter.loads(fields[b"data"])
    except ValueError:
        return DeadTask(entry, "?", {}, why)
    return DeadTask(entry, message.task_name, {"args": message.args, "kwargs": message.kwargs}, why)


async def requeue(entry: str) -> bool:
    """Send one again, with all its retries before it; False where there is no task of that id."""
    for found, data in tasks_in(await redis().xrange(DEAD, *_exactly(entry))):
        try:
            message = queue.formatter.loads(data)
        except ValueError:
            return False
        labels = {key: value for key, value in message.labels.items() if key not in OF_THIS_TRY}
        again = queue.formatter.dumps(message.model_copy(update={"labels": labels}))
        async with redis().pipeline() as pipe:
            pipe.xadd(WAITING, {"data": again.message})
            pipe.xdel(DEAD, found)
            await pipe.execute()
        return True
    return False


async def forget(entry: str) -> bool:
    """Throw one away; False where there is none of that id."""
    return bool(await redis().xdel(DEAD, _exactly(entry)[0]))


def _exactly(entry: str) -> tuple[str, str]:
    """A range of one; what cannot be an id is one that nothing has."""
    known = entry if ID.fullmatch(entry) else "0-1"
    return known, known
